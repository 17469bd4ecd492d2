"""The texts of a new workspace: `zyw.yaml` with a comment on every key, and how to work with the folder."""

from collections.abc import Mapping, Sequence

from zyw.decoding import Part


def settings_text(settings: Part, given: Mapping[str, str]) -> str:
    """Return a `zyw.yaml`: each key of `settings` with what it means; those not `given` are commented out."""
    lines = [f"# {settings.meaning}。井号后面的是说明；要用某一项，去掉它前面的井号。"]
    for key in settings.keys:
        must = "，必填" if key.required else ""
        lines += ["", f"# {key.meaning}（{key.kind.label}{must}）"]
        lines.append(f"{key.name}: {_quoted(given[key.name])}" if key.name in given else f"# {key.name}:")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text as YAML takes it literally."""
    plain = text.replace("-", "").replace(".", "").replace("_", "").isalnum() and not text[0].isdigit()
    return text if plain else "'" + text.replace("'", "''") + "'"


def guide(scheme: str, tables: Sequence[str], folder: str) -> str:
    """Return how to work with the folder, for the clerk; lines end as Windows has them."""
    lines = [
        "这个文件夹怎么用",
        "",
        f"方案：{scheme}",
        "",
        f"一、{folder}\\ 里是空白的台账：{'、'.join(tables)}。",
        "    先填名册，每个单位一行；没有名册不能排名。用不到的表可以删去，也可以留着空着。",
        f"    学校报来的文件原样放进 {folder}\\ 就行，不用改格式，文件名随意。",
        "二、查：在这个文件夹的上一级打开命令行，运行（把“文件夹”换成它的名字）",
        "    zyw check 文件夹",
        "    每个问题都写明哪个文件、哪张表、哪一格、怎么改。",
        "三、排名：zyw rank 文件夹 --month 年-月 -o 排名.xlsx",
        "四、整月：zyw run 文件夹 --month 年-月   结果在 输出\\ 里，有排名、通报、各校的告知单。",
        "五、发空表给学校：zyw form 问题台账 --scheme 方案编号 --roster 名册.xlsx -o 问题台账.xlsx",
        "    收齐以后合成一本：zyw merge 报送文件夹 -o 总台账.xlsx",
        "",
        "zyw.yaml 里写着用哪个方案、台账在哪里、谁发文；用记事本打开就能改。",
        "举报人、反映人的姓名、电话、住址不要写进台账；写了的列，读的时候也会丢掉。",
        "程序只提建议，由人决定。",
        "",
    ]
    return "\r\n".join(lines)
