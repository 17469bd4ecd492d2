"""Invented towns, schools and persons of the benchmark county; none of them exists."""

from collections.abc import Iterator
from random import Random
from typing import Final, NamedTuple

TOWNS: Final = (
    *("青石", "柳溪", "云塘", "白鹤", "桃坪", "松林", "金沙", "石桥", "长湖", "梅岭"),
    *("双河", "红土", "竹山", "东湾", "西岭", "南塘", "北渡", "龙潭", "枫林", "清泉"),
)
"""20 towns of 15 units each make the 300 units."""

SCHOOLS: Final = (
    ("{}镇中心小学", "{}中心小学", "小学"),
    ("{}镇第一小学", "{}一小", "小学"),
    ("{}镇第二小学", "{}二小", "小学"),
    ("{}镇第三小学", "{}三小", "小学"),
    ("{}镇第四小学", "{}四小", "小学"),
    ("{}镇实验小学", "{}实小", "小学"),
    ("{}镇希望小学", "{}希小", "小学"),
    ("{}镇初级中学", "{}初中", "初中"),
    ("{}镇第二初级中学", "{}二初中", "初中"),
    ("{}镇第三初级中学", "{}三初中", "初中"),
    ("{}镇高级中学", "{}高中", "高中"),
    ("{}镇中心幼儿园", "{}中心园", "幼儿园"),
    ("{}镇第一幼儿园", "{}一幼", "幼儿园"),
    ("{}镇第二幼儿园", "{}二幼", "幼儿园"),
    ("{}镇第三幼儿园", "{}三幼", "幼儿园"),
)
"""Full name, short name and kind (学段) of the units of a town."""

SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余杜叶程苏魏吕丁沈任姚"
GIVEN: Final = (
    "志强建国秀英桂兰晓明丽华海燕文军春梅永红立新玉珍少平国庆光辉德才正义先锋小芳金凤长青思远家兴云飞学礼松柏"
)


class School(NamedTuple):
    """One unit of the county, with its head and its staff (names are distinct within a unit)."""

    name: str
    short: str
    kind: str
    head: str
    staff: tuple[str, ...]

    @property
    def head_title(self) -> str:
        """What the head is called."""
        return "园长" if self.kind == "幼儿园" else "校长"


def county(random: Random, staff: int) -> tuple[School, ...]:
    """Return the 300 units, each with a head and `staff` other persons."""
    schools = []
    for town in TOWNS:
        for name, short, kind in SCHOOLS:
            people = _people(random)
            head, *others = (next(people) for _ in range(staff + 1))
            schools.append(School(name.format(town), short.format(town), kind, head, tuple(others)))
    return tuple(schools)


def _people(random: Random) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        name = random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=random.choice((1, 2, 2, 2))))
        if name not in seen:
            seen.add(name)
            yield name
