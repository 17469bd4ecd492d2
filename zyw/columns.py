"""Headers compared: what a label means in a table, and which labels identify a complainant.

A header is compared by `header_key`: widths, blanks, line breaks, bracketed remarks (（必填）), traditional characters
and a closing colon do not matter. A *weak* name means the field only when no better column stands beside it
(责任部门 is the unit only where there is no 学校).
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from zyw.cells import key
from zyw.declared import ON_REQUEST, SURVEY, TABLES, UNITLESS
from zyw.fields import Field, Kind, Table

__all__ = [
    "EARLIER_NUMBER",
    "ON_REQUEST",
    "PASSED_ON",
    "ROW_NUMBERS",
    "SOURCE_FILE",
    "SOURCE_ROW",
    "SURVEY",
    "TABLES",
    "TRADITIONAL",
    "UNITLESS",
    "Field",
    "Kind",
    "Lexicon",
    "Table",
    "header_key",
    "is_secret",
    "lexicon",
    "table",
]

ROW_NUMBERS: Final = frozenset(("序号", "序", "no", "no."))
"""Labels (as `header_key` has them) of a column that numbers rows: it is never an identifier."""
EARLIER_NUMBER, SOURCE_FILE, SOURCE_ROW = "原序号", "来源文件", "来源行"
PASSED_ON: Final = frozenset((EARLIER_NUMBER, SOURCE_FILE, SOURCE_ROW))
"""Columns by which `zyw merge` and `zyw split` say where a row came from: a row is the same row without them."""

TRADITIONAL: Final = str.maketrans(
    "學園臺賬帳問題處結類別發現時間責單職務號碼說備註報應實際內無門據對擔當銷舉證減況錄領導貫進該辦復覆覈"
    "額數龍縣鄉鎮級紀違規開關係稱簡舊區東確認誡談話調離崗編決負機員個從來書長種製專聯繫絡師農點項佈標準滿"
    "評測議訴請熱線轉協達審計統採體層罰獎懲電訪險隱歸細則節嚴輕圖課範勞動檢監衛樣寫參與環資質誤執屬續驗閉"
    "後頭牽為於條貝補訊聽聲義場縱橫優壞嘆攝贊齡貧費繳納總終經組紙緊維穩權狀態遲遞選週還適"
    "兒歲濟養業術產設績獲勵榮譽綜圍極糾謹礎筆視連聞預異壓給織網傳觀論顯覽邊館辭顧願園戶",
    "学园台账账问题处结类别发现时间责单职务号码说备注报应实际内无门据对担当销举证减况录领导贯进该办复复核"
    "额数龙县乡镇级纪违规开关系称简旧区东确认诫谈话调离岗编决负机员个从来书长种制专联系络师农点项布标准满"
    "评测议诉请热线转协达审计统采体层罚奖惩电访险隐归细则节严轻图课范劳动检监卫样写参与环资质误执属续验闭"
    "后头牵为于条贝补讯听声义场纵横优坏叹摄赞龄贫费缴纳总终经组纸紧维稳权状态迟递选周还适"
    "儿岁济养业术产设绩获励荣誉综围极纠谨础笔视连闻预异压给织网传观论显览边馆辞顾愿园户",
)
_REMARK: Final = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_SECRET: Final = re.compile(
    "(?:举报|反映|投诉|信访|求助|诉求|上访|来访|来信|写信|检举|控告|留言|咨询|提问)[人者](?!数|次)|来电|联系电话|联系方式|联系人|手机|"
    "电话|座机|(?:求助|联系|诉求|主叫|举报|来访)号码|诉求方|身份证|证件号|(?:居民|公民)身份|住址|住所|户籍|"
    "(?:详细|家庭|联系|通讯|通信|居住)地址|昵称|网名|网友|来源详情|用户标识|用户id|用户名|openid|您的(?:姓名|电话|名字|称呼)|"
    "微信|qq|邮箱|e-?mail|(?<![a-z])ip(?![a-z])|提交者|答题人|市民(?:姓名|名称|信息)|群众姓名|家长(?:姓名|信息)|银行卡|车牌"
)
"""Labels of what identifies a complainant or a respondent: design §4, and its odd spellings in real exports."""
_BESIDE: Final = {
    "问题台账": re.compile("姓名|称呼|性别|年龄|出生|民族|^地址$|^账号$"),
    SURVEY: re.compile("姓名|称呼"),
}
"""In a ledger of issues these are the complainant's, unless the label says whose; in a survey the respondent's."""
_ACCUSED: Final = re.compile("被(?:举报|反映|投诉|信访|检举|控告)[人者]")


@cache
def header_key(label: str) -> str:
    r"""Return a header for comparing.

    >>> header_key("學 校 名\n稱（必填）：")
    '学校名称'
    """
    text = key(label).translate(TRADITIONAL)
    bare = _REMARK.sub("", text)
    return (bare or text).strip("*:：、.。")


@cache
def is_secret(label: str, table: str) -> bool:
    """Say whether a column identifies a complainant or a respondent (design §4): it is dropped as it is read.

    >>> is_secret("举报人姓名", "问题台账"), is_secret("被反映人", "问题台账"), is_secret("姓名", "追责台账")
    (True, False, False)
    """
    plain = key(label).translate(TRADITIONAL)
    text = _ACCUSED.sub("", plain)
    if _SECRET.search(text):
        return True
    accused = text != plain or re.search("被|当事人|责任", text)
    return table in _BESIDE and bool(_BESIDE[table].search(text)) and not accused


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names of one table's columns, ready to look up by header key.

    `weak` gives for a name the fields it may stand for, in the order of the table, each with the name's rank there.
    """

    strong: Mapping[str, str] = field(default_factory=dict)
    weak: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def knows_any(self, words: Set[str]) -> bool:
        """Say whether one of the header keys in `words` names a column of the table."""
        return not (words.isdisjoint(self.strong) and words.isdisjoint(self.weak))


@cache
def lexicon(table: Table) -> Lexicon:
    """Return the other names of `table`'s columns; the first field that claims a name has it."""
    strong: dict[str, str] = {}
    weak: dict[str, dict[str, int]] = {}
    for each in table.fields:
        for name in (each.name, *each.names):
            strong.setdefault(header_key(name), each.name)
            strong.setdefault(key(name), each.name)
    for each in table.fields:
        for rank, name in enumerate(each.weak):
            weak.setdefault(header_key(name), {})[each.name] = rank
    return Lexicon(strong, {name: fields for name, fields in weak.items() if name not in strong})


def table(name: str) -> Table:
    """Return the table of that name; raises `KeyError`."""
    return {t.name: t for t in TABLES}[name]
