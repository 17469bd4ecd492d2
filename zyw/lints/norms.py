"""Norms that schemes of education offices cite, with their status: 现行, 修订 or 废止, and where that was read.

A status that was not read in the text of the norm itself is `verified` False: it is shown as 未核实 and decides
nothing. Sources are named as the domain notes name them; the figures a scheme takes from a norm are the scheme's own.
"""

import re
from dataclasses import dataclass
from typing import Final

IN_FORCE, REVISED, REPEALED = "现行", "修订", "废止"


@dataclass(frozen=True, slots=True)
class KnownNorm:
    """One norm: its name without 《》, brackets and 中华人民共和国, other names, status since a day, and what follows it."""

    name: str
    status: str
    since: str
    told: str
    source: str
    verified: bool = True
    others: tuple[str, ...] = ()


NORMS: Final = (
    KnownNorm("行政监察法", REPEALED, "2018-03-20", "2018-03-20 废止，职能由《监察法》接续", "监察法（2018）附则"),
    KnownNorm("党内监督条例试行", REPEALED, "2016-10-27", "2016-10-27 起由《中国共产党党内监督条例》取代",
              "中国共产党党内监督条例（2016）"),
    KnownNorm("信访条例", REPEALED, "2022-05-01", "2022-05-01 起由《信访工作条例》取代", "信访工作条例（2022-02-25）"),
    KnownNorm("信访工作条例", IN_FORCE, "2022-05-01", "2022-05-01 施行", "信访工作条例（2022-02-25）"),
    KnownNorm("公职人员政务处分法", IN_FORCE, "2020-07-01", "2020-07-01 施行", "公职人员政务处分法（2020-06-20）"),
    KnownNorm("公务员法", REVISED, "2019-06-01", "2018-12-29 修订，2019-06-01 施行；引用旧条文的请核对条号",
              "公务员法（2018-12-29）"),
    KnownNorm("纪律处分条例", REVISED, "2024-01-01", "2023 年修订，警告、严重警告的影响期与旧条文不同；请核对",
              "中国共产党纪律处分条例（2023 修订）第十条"),
    KnownNorm("问责条例", REVISED, "2019-09-01", "2019 年修订；引用 2016 年条文的请核对条号", "中国共产党问责条例（2019）",
              verified=False),
    KnownNorm("行政机关公务员处分条例", REVISED, "2020-07-01",
              "与《公职人员政务处分法》不一致的，适用政务处分法；请核对", "政务处分法的适用说明", verified=False),
    KnownNorm("事业单位工作人员处分暂行规定", REPEALED, "2023-11-06",
              "2023 年由《事业单位工作人员处分规定》取代，记过、降低岗位等级的影响不同", "事业单位工作人员处分规定（2023）",
              verified=False),
    KnownNorm("事业单位人事管理条例", IN_FORCE, "2014-07-01", "2014-07-01 施行", "事业单位人事管理条例（2014-04-25）"),
    KnownNorm("政府信息公开条例", REVISED, "2019-05-15", "2019-04-03 修订：答复二十个工作日；引用旧条文的请核对",
              "政府信息公开条例（2019-04-03）"),
    KnownNorm("中小学教师违反职业道德行为处理办法", REVISED, "2018-11-08",
              "2018 年修订，取消资格不少于 24 个月；旧文仍在流传，请核对", "教师违反职业道德行为处理办法（2018 修订）",
              verified=False),
    KnownNorm("教育督导问责办法", IN_FORCE, "2021-09-01", "2021-09-01 施行", "国教督〔2021〕2号", verified=False),
    KnownNorm("党组织处理规定试行", IN_FORCE, "2021-03-19", "2021-03-19 印发；诫勉、通报不在其列", "中国共产党组织处理规定（试行）第三条",
              verified=False, others=("组织处理规定试行",)),
)  # fmt: skip
_OWNERS: Final = ("中华人民共和国", "中国共产党", "中国")


def find_norm(name: str) -> KnownNorm | None:
    """Return what is known of a norm, by its name without brackets, quotes and the issuing body; None when nothing is.

    >>> find_norm("《中华人民共和国行政监察法》").status
    '废止'
    """
    bare = re.sub(r"[《》（）()〔〕\s]", "", name)
    for owner in _OWNERS:
        bare = bare.removeprefix(owner)
    return next((norm for norm in NORMS if bare in (norm.name, *norm.others)), None)
