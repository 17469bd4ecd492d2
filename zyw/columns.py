"""The columns of every table: name, other names in the wild, type, secrecy (input-formats.md A4).

A header is compared by `header_key`: widths, blanks, line breaks, bracketed remarks (（必填）), traditional characters
and a closing colon do not matter. A *weak* name means the field only when no better column stands beside it
(责任部门 is the unit only where there is no 学校).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Final

from zyw.cells import key


class Kind(Enum):
    """What the cells of a column hold; decides how they are read and what a fault in them means."""

    TEXT = "文字"
    FREE = "长文字"  # people write sentences: numbers of persons are masked as it is read
    UNIT = "单位"
    PERSON = "人名"
    CODE = "编号"
    DATE = "日期"
    DEADLINE = "期限"
    NUMBER = "数字"
    YES_NO = "是否"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table: `names` are its other names, `weak` those that count only for want of a better one."""

    name: str
    kind: Kind = Kind.TEXT
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One kind of table. It is recognised when every group of `required` has a column; `unit` names its unit field.

    There is one of each, so tables are the same only when they are one (and quick to look up by).
    """

    name: str
    fields: tuple[Field, ...]
    required: tuple[tuple[str, ...], ...]
    unit: str = "单位"
    marks: tuple[str, ...] = ()
    """Fields that hardly occur elsewhere: they weigh double when two tables fit."""

    def field(self, name: str) -> Field:
        """Return the field of that name; raises `KeyError`."""
        return _by_name(self)[name]


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_UNIT_NAMES: Final = _names(
    "单位名称 学校名称 学校 学校(园)名称 学校(幼儿园)名称 校名 幼儿园 园所名称 所在学校 所在单位 工作单位 所属学校"
)
_OWNER_NAMES: Final = _names(
    "责任单位 被检查单位 受检单位 整改责任单位 整改单位 被查单位 受检学校 涉及学校 涉及单位 被反映单位"
)
_WEAK_OWNERS: Final = _names("承办单位 主办单位 牵头单位 诉求归口 责任部门 填报单位")
_ROSTER: Final = Table(
    "名册",
    (
        Field(
            "单位名称",
            Kind.UNIT,
            _names("学校名称 学校 单位 学校(园)名称 学校(幼儿园)名称 校名 单位全称 学校全称 幼儿园名称"),
        ),
        Field("代码", Kind.CODE, _names("学校代码 单位代码 学校标识码 机构代码 编码")),
        Field(
            "学段", Kind.TEXT, _names("学校类型 办学类型 学校类别 单位类别 办学层次 单位类型 分组"), _names("类别 类型")
        ),
        Field("简称", Kind.TEXT, _names("学校简称 单位简称 别名 常用名")),
        Field("曾用名", Kind.TEXT, _names("原名 原校名 旧称 更名前名称")),
        Field("在职人数", Kind.NUMBER, _names("教职工数 编制数 教职工人数 在编人数 教师数 教职工总数")),
        Field("主要负责人", Kind.PERSON, _names("校长 园长 负责人 校(园)长 校长姓名 负责人姓名 学校负责人 主要领导")),
        Field("联系领导", Kind.TEXT, _names("包保领导 挂点领导 联系局领导 责任领导")),
        Field("包保股室", Kind.TEXT, _names("联系股室 包保科室 联系科室 责任股室")),
    ),
    (
        ("单位名称",),
        ("代码", "学段", "简称", "曾用名", "在职人数", "主要负责人", "联系领导", "包保股室"),
    ),
    unit="单位名称",
    marks=("学段", "在职人数", "主要负责人", "简称", "曾用名"),
)
_STAFF: Final = Table(
    "人员",
    (
        Field("姓名", Kind.PERSON, _names("教师姓名 职工姓名 人员姓名")),
        Field("工号", Kind.CODE, _names("职工号 教工号 人员编号")),
        Field("单位", Kind.UNIT, _UNIT_NAMES),
        Field("职务", Kind.TEXT, _names("现任职务 岗位")),
        Field("职务层级", Kind.TEXT, _names("层级 职级")),
    ),
    (("姓名",), ("单位",), ("职务", "职务层级", "工号")),
)
_PROCESS: Final = (
    Field("撤销时间", Kind.DATE, _names("撤销日期 撤销决定时间")),
    Field("解除时间", Kind.DATE, _names("解除日期 处分解除时间")),
    Field("决定机关", Kind.TEXT, _names("处理机关 决定单位 处理单位 作出机关")),
    Field("文号", Kind.CODE, _names("决定文号 处理文号 文件号 处分文号")),
    Field("工号", Kind.CODE, _names("职工号 教工号 人员编号")),
)
_ISSUES: Final = Table(
    "问题台账",
    (
        Field("单位", Kind.UNIT, (*_UNIT_NAMES, *_OWNER_NAMES), _WEAK_OWNERS),
        Field(
            "编号",
            Kind.CODE,
            _names("台账编号 工单编号 线索编号 信访件编号 市受理编号 转办单工单编号 问题编号 热线单号 信访编号"),
        ),
        Field(
            "问题",
            Kind.FREE,
            _names(
                "存在问题 问题表现 具体内容 问题描述 反映问题 存在的问题 存在的安全隐患 诉求内容 "
                "议定事项 反馈问题 主要问题 问题内容 反映内容 "
                "问题事项 反映的问题 检查发现问题 发现的问题 发现问题 工单内容"
            ),
            _names("标题 工单标题 内容 整治问题 整改内容"),
        ),
        Field("类别", Kind.TEXT, _names("问题类型 问题类别 诉求类型 内容分类 线索类型 整治问题 问题分类")),
        Field("具体表现", Kind.TEXT, _names("表现形式 具体情形")),
        Field(
            "来源",
            Kind.TEXT,
            _names("线索来源 问题来源 诉求渠道 事项来源 举报方式 问题线索来源 热线来源 发现渠道 信访方式"),
        ),
        Field("发现方式", Kind.TEXT, _names("上报方式")),
        Field(
            "发现日",
            Kind.DATE,
            _names(
                "检查日期 登记日期 发现时间 交办时间 反映日期 发现日期 检查时间 登记时间 排查时间 受理时间 受理日期"
            ),
        ),
        Field("协办", Kind.TEXT, _names("协办单位 配合部门 会办单位 配合单位")),
        Field("领导", Kind.TEXT, _names("责任领导 牵头领导 牵头人 包保领导 分管领导 牵头区领导")),
        Field("责任人", Kind.TEXT, _names("整改责任人 整改人 直接责任人 经办人")),
        Field("措施", Kind.FREE, _names("整改措施 工作措施 解决措施 处理措施 整改要求")),
        Field(
            "期限",
            Kind.DEADLINE,
            _names(
                "整改时限 整改期限 完成时限 完成期限 截止时间 办结期限 处理时限 "
                "进度安排 整改完成时限 办理时限 限期 完成截止时间"
            ),
        ),
        Field(
            "完成日",
            Kind.DATE,
            _names("整改完成时间 整改到位时间 办结时间 完成时间 回复时间 完成日期 办结日期 整改完成日期"),
        ),
        Field(
            "状态",
            Kind.TEXT,
            _names("完成情况 整改情况 落实情况 进展情况 办理状态 处理进度 整改进度 工单状态 整改状态 处置状态"),
            _names("是否整改到位 是否完成 是否整改"),
        ),
        Field("是否销号", Kind.TEXT, _names("是否闭环 销号情况")),
        Field("销号日", Kind.DATE, _names("销号时间 闭环时间 复查通过时间 验收时间 销号日期")),
        Field("复查人", Kind.TEXT, _names("销号人 验收人 复核人")),
        Field("等级", Kind.TEXT, _names("隐患等级 风险等级 严重程度 紧急程度")),
        Field("扣分", Kind.NUMBER, _names("分值 扣减分 扣分值")),
        Field("情节", Kind.TEXT, _names("情节轻重")),
        Field(
            "当事人", Kind.PERSON, _names("被反映人 被举报人 被投诉人 责任当事人 被追责人 受处理人 涉事人员 当事教师")
        ),
        Field("职务", Kind.TEXT, _names("当事人职务 被反映人职务 岗位 身份")),
        Field("办理方式", Kind.TEXT, _names("处理方法 办理类型 交办方式")),
        Field("核实", Kind.YES_NO, _names("是否核实 核实情况 是否属实 是否查实")),
        Field("答复", Kind.FREE, _names("答复情况 回复内容 答复内容 转办单回复内容")),
        Field("佐证", Kind.TEXT, _names("佐证材料 附件 证明材料")),
        Field(
            "处理结果",
            Kind.TEXT,
            _names("追责情况 处分情况 责任追究 处理情况 追责方式 处理方式 处分种类 处理意见 问责情况"),
        ),
        Field("处理时间", Kind.DATE, _names("处理日期 决定时间 决定日期 追责时间 追责日期 处分时间")),
        Field("案号", Kind.CODE, _names("案件编号 追责编号")),
        *_PROCESS,
        Field("备注", Kind.FREE, _names("说明 附注")),
    ),
    (("单位",), ("问题", "类别")),
    marks=("问题", "类别", "措施", "期限", "状态"),
)
_SANCTIONS: Final = Table(
    "追责台账",
    (
        Field("案号", Kind.CODE, _names("案件编号 追责编号")),
        Field("单位", Kind.UNIT, (*_UNIT_NAMES, "责任单位", "涉及学校", "涉及单位")),
        Field(
            "姓名",
            Kind.PERSON,
            _names("当事人 被追责人 受处理人 被追责对象 追责对象 处理对象 被问责人 责任人 被处理人"),
        ),
        Field("职务", Kind.TEXT, _names("岗位 身份 当事人职务 现任职务")),
        Field("职务层级", Kind.TEXT, _names("层级")),
        Field("事由", Kind.FREE, _names("追责事由 违纪事实 问责事由 主要问题 处理事由 原因")),
        Field("类别", Kind.TEXT, _names("问题类别 问题类型")),
        Field("情节", Kind.TEXT, _names("情节轻重")),
        Field(
            "处理方式",
            Kind.TEXT,
            _names("处理结果 追责方式 处分种类 处理种类 追责情况 问责方式 处分(处理)种类 处理措施 责任追究方式"),
        ),
        Field("处理时间", Kind.DATE, _names("处理日期 决定时间 决定日期 追责时间 追责日期 处分时间 问责时间")),
        Field("来源", Kind.TEXT, _names("问题来源 线索来源 问题线索来源")),
        Field("是否核实", Kind.YES_NO, _names("核实情况 是否查实 核实 是否属实")),
        Field("提醒日期", Kind.DATE, _names("提醒时间 谈话提醒时间")),
        Field("复核结果", Kind.TEXT, _names("申诉结果 复核情况 申诉复核结果")),
        *_PROCESS,
        Field("备注", Kind.FREE, _names("说明 附注")),
    ),
    (("单位",), ("姓名",), ("处理方式",)),
    marks=("姓名", "处理方式", "事由", "案号"),
)
_SUBMISSIONS: Final = Table(
    "材料报送",
    (
        Field("单位", Kind.UNIT, (*_UNIT_NAMES, "报送单位"), _names("填报单位")),
        Field("材料名称", Kind.TEXT, _names("材料 报送材料 文件名称 资料名称 应报材料")),
        Field("份数", Kind.NUMBER, _names("数量 报送份数")),
        Field("报送日", Kind.DATE, _names("报送时间 报送日期 上报时间 上报日期 收到时间 交送时间")),
        Field("应报日", Kind.DEADLINE, _names("应报时间 应报日期 截止时间 报送时限 截止日期 报送期限")),
        Field("备注", Kind.FREE, _names("说明 附注")),
    ),
    (("单位",), ("材料名称",)),
    marks=("材料名称", "应报日", "报送日", "份数"),
)
_TASKS: Final = Table(
    "任务台账",
    (
        Field("单位", Kind.UNIT, ("责任单位", *_UNIT_NAMES)),
        Field("工作方面", Kind.TEXT, _names("方面 工作领域")),
        Field("任务", Kind.FREE, _names("工作任务 任务名称 重点任务 任务内容 目标任务")),
        Field("计量单位", Kind.TEXT, _names("计量")),
        Field("目标", Kind.NUMBER, _names("目标值 年度目标 任务数")),
        Field("完成", Kind.NUMBER, _names("完成值 完成数 实际完成")),
        Field("期限", Kind.DEADLINE, _names("完成时限 完成期限 完成时间")),
        Field("牵头领导", Kind.TEXT, _names("责任领导 牵头人")),
        Field("责任股室", Kind.TEXT, _names("责任科室 责任部门")),
        Field("责任人", Kind.TEXT),
        Field("进展", Kind.FREE, _names("进展情况 落实情况")),
    ),
    (("任务",), ("目标", "完成", "进展"), ("单位", "责任股室", "责任人", "牵头领导")),
    marks=("任务", "目标", "完成"),
)
_ACTIVITIES: Final = Table(
    "活动台账",
    (
        Field("单位", Kind.UNIT, _UNIT_NAMES),
        Field("人员", Kind.TEXT, _names("参加人员 姓名")),
        Field("活动", Kind.TEXT, _names("活动名称 活动内容 活动类型")),
        Field("日期", Kind.DATE, _names("活动日期 活动时间 时间")),
        Field("次数", Kind.NUMBER),
        Field("人次", Kind.NUMBER, _names("参加人次 参加人数")),
        Field("媒体", Kind.TEXT, _names("刊发媒体")),
        Field("采用级别", Kind.TEXT, _names("级别")),
    ),
    (("单位",), ("活动",)),
    marks=("活动", "采用级别", "人次"),
)
SURVEY: Final = "测评"
ROW_NUMBERS: Final = frozenset(("序号", "序", "no", "no."))
"""Labels (as `header_key` has them) of a column that numbers rows: it is never an identifier."""
EARLIER_NUMBER, SOURCE_FILE, SOURCE_ROW = "原序号", "来源文件", "来源行"
PASSED_ON: Final = frozenset((EARLIER_NUMBER, SOURCE_FILE, SOURCE_ROW))
"""Columns by which `zyw merge` and `zyw split` say where a row came from: a row is the same row without them."""
TABLES: Final = (_ROSTER, _ISSUES, _SANCTIONS, _SUBMISSIONS, _TASKS, _ACTIVITIES, _STAFF)

TRADITIONAL: Final = str.maketrans(
    "學園臺賬帳問題處結類別發現時間責單職務號碼說備註報應實際內無門據對擔當銷舉證減況錄領導貫進該辦復覆覈"
    "額數龍縣鄉鎮級紀違規開關係稱簡舊區東確認誡談話調離崗編決負機員個從來書長種製專聯繫絡師農點項佈標準滿"
    "評測議訴請熱線轉協達審計統採體層罰獎懲電訪險隱歸細則節嚴輕圖課範勞動檢監衛樣寫參與環資質誤執屬續驗閉"
    "後頭牽為於條貝補訊聽聲義場縱橫優壞嘆攝贊齡貧費繳納總終經組紙緊維穩權狀態遲遞選週還適",
    "学园台账账问题处结类别发现时间责单职务号码说备注报应实际内无门据对担当销举证减况录领导贯进该办复复核"
    "额数龙县乡镇级纪违规开关系称简旧区东确认诫谈话调离岗编决负机员个从来书长种制专联系络师农点项布标准满"
    "评测议诉请热线转协达审计统采体层罚奖惩电访险隐归细则节严轻图课范劳动检监卫样写参与环资质误执属续验闭"
    "后头牵为于条贝补讯听声义场纵横优坏叹摄赞龄贫费缴纳总终经组纸紧维稳权状态迟递选周还适",
)
_REMARK: Final = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_SECRET: Final = re.compile(
    "举报人|反映人|投诉人|信访人|求助人|来电|联系电话|联系方式|联系人|手机|电话|求助号码|联系号码|诉求号码|诉求方|身份证|证件号|"
    "住址|住所|详细地址|家庭地址|昵称|来源详情|用户标识|用户id|您的姓名|您的电话|微信|(?<![a-z])ip(?![a-z])|提交者|答题人"
)
_ACCUSED: Final = re.compile("被(举报|反映|投诉|信访)人")


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
    text = _ACCUSED.sub("", key(label).translate(TRADITIONAL))
    if _SECRET.search(text):
        return True
    accused = _ACCUSED.search(key(label)) or re.search("被|当事人|责任", text)
    return "姓名" in text and table in ("问题台账", SURVEY) and not accused


@cache
def _by_name(table: Table) -> Mapping[str, Field]:
    return {f.name: f for f in table.fields}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names of one table's columns, ready to look up: header key → field name."""

    strong: Mapping[str, str] = field(default_factory=dict)
    weak: Mapping[str, str] = field(default_factory=dict)

    def knows_any(self, words: set[str]) -> bool:
        """Say whether one of the header keys in `words` names a column of the table."""
        return not (words.isdisjoint(self.strong) and words.isdisjoint(self.weak))


@cache
def lexicon(table: Table) -> Lexicon:
    """Return the other names of `table`'s columns; the first field that claims a name has it."""
    strong: dict[str, str] = {}
    weak: dict[str, str] = {}
    for each in table.fields:
        for name in (each.name, *each.names):
            strong.setdefault(header_key(name), each.name)
            strong.setdefault(key(name), each.name)
        for name in each.weak:
            weak.setdefault(header_key(name), each.name)
    return Lexicon(strong, {name: f for name, f in weak.items() if name not in strong})


def table(name: str) -> Table:
    """Return the table of that name; raises `KeyError`."""
    return {t.name: t for t in TABLES}[name]
