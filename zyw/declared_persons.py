"""The columns of the tables that follow persons and praise: 表彰台账, 轮岗台账, 培养台账, 动态档案 (tangping-2023 三).

None of them gives points. 单位 is the unit a person belongs to; where somebody came from and went to is text, for both
may lie outside the roster (a town's office, a village).
"""

from typing import Final

from zyw.fields import Field, Kind, Table


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_UNIT: Final = Field(
    "单位", Kind.UNIT, _names("单位名称 学校名称 学校 校名 所在学校 所在单位 工作单位 所属学校 现工作单位 幼儿园")
)
_NAME: Final = Field("姓名", Kind.PERSON, _names("教师姓名 职工姓名 人员姓名 干部姓名"))
_NUMBER: Final = Field("工号", Kind.CODE, _names("职工号 教工号 人员编号"))
_POST: Final = Field("职务", Kind.TEXT, _names("现任职务 岗位 身份 现任岗位"))
_REMARK: Final = Field("备注", Kind.FREE, _names("说明 附注"))
_QUARTER: Final = Field("季度", Kind.TEXT, _names("所属季度 记录季度 跟踪季度 考察季度"))

_PRAISE: Final = Table(
    "表彰台账",
    (
        _UNIT,
        Field("姓名", Kind.PERSON, _names("教师姓名 获奖人 受表彰人 表彰对象 先进个人")),
        _POST,
        Field("荣誉", Kind.TEXT, _names("荣誉称号 表彰事项 表彰名称 表彰项目 表扬事项 获奖名称 表彰奖励 称号")),
        Field("事迹", Kind.FREE, _names("主要事迹 表彰事由 表扬事由 先进事迹")),
        Field(
            "表彰日", Kind.DATE, _names("表彰日期 表彰时间 获奖时间 获奖日期 表扬日期 表扬时间"), _names("日期 时间")
        ),
        Field("级别", Kind.TEXT, _names("表彰级别 荣誉级别 获奖级别")),
        Field("表彰机关", Kind.TEXT, _names("表彰单位 颁奖单位 授予单位 授予机关")),
        Field("文号", Kind.CODE, _names("表彰文号 文件号")),
        _REMARK,
    ),
    (("单位",), ("荣誉",)),
    marks=("荣誉", "表彰日", "表彰机关"),
)
_ROTATIONS: Final = Table(
    "轮岗台账",
    (
        _NAME,
        _NUMBER,
        Field("单位", Kind.UNIT, _names("填报学校"), _names("单位 单位名称 学校 学校名称")),
        Field(
            "调出单位",
            Kind.TEXT,
            _names("原单位 原学校 原工作单位 派出单位 派出学校 调出学校 交流前单位 轮岗前单位 流出单位 流出学校"),
        ),
        Field(
            "调入单位",
            Kind.TEXT,
            _names("现单位 现学校 新单位 接收单位 接收学校 调入学校 交流后单位 轮岗后单位 流入单位 流入学校 交流到"),
        ),
        Field("原职务", Kind.TEXT, _names("原岗位 交流前职务 轮岗前岗位 原任职务")),
        Field("现职务", Kind.TEXT, _names("现岗位 新岗位 新任职务 交流后职务 轮岗后岗位 现任职务")),
        Field("方向", Kind.TEXT, _names("交流方向 轮岗方向 流动方向 交流类型 轮岗类型 交流形式 轮岗形式")),
        Field(
            "交流日",
            Kind.DATE,
            _names("交流日期 交流时间 轮岗日期 轮岗时间 调动时间 调动日期 到岗时间"),
            _names("日期 时间"),
        ),
        Field("期满日", Kind.DEADLINE, _names("交流期满 期满时间 轮岗期限 交流期限")),
        _REMARK,
    ),
    (("姓名",), ("调出单位",), ("调入单位",)),
    marks=("调出单位", "调入单位", "方向"),
    unitless=True,
)
_TRAINING: Final = Table(
    "培养台账",
    (
        _NAME,
        _NUMBER,
        _UNIT,
        _POST,
        Field("名单", Kind.TEXT, _names("名单类别 培养类别 人员类别 培养类型 库别 人选类别")),
        Field("标签", Kind.TEXT, _names("人员标签 专长 熟悉领域 重点领域 培养方向 培养领域")),
        Field("一线岗位", Kind.TEXT, _names("派驻岗位 派驻地点 派驻单位 驻村岗位 选派岗位 锻炼岗位")),
        Field("起始日", Kind.DATE, _names("入库时间 入库日期 选派时间 选派日期 派驻时间 派驻日期 列入时间 列入日期")),
        Field("结束日", Kind.DATE, _names("出库时间 出库日期 派驻结束时间 退出时间 退出日期")),
        _QUARTER,
        Field("跟踪日", Kind.DATE, _names("跟踪日期 跟踪时间 考察日期 考察时间")),
        Field("跟踪情况", Kind.FREE, _names("季度跟踪 季度跟踪情况 考察情况 跟踪培养情况 培养情况 跟踪记录")),
        *(
            Field(f"{word}季度", Kind.FREE, _names(f"第{word}季度 {word}季度跟踪 第{word}季度跟踪情况 {word}季度情况"))
            for word in "一二三四"
        ),
        Field("培养人", Kind.TEXT, _names("培养责任人 导师 帮带人 跟踪人")),
        _REMARK,
    ),
    (("姓名",), ("单位",), ("名单", "标签", "一线岗位")),
    marks=("名单", "标签", "一线岗位", "跟踪情况"),
)
_STANDING: Final = Table(
    "动态档案",
    (
        _NAME,
        _NUMBER,
        _UNIT,
        _POST,
        _QUARTER,
        Field("记录日", Kind.DATE, _names("记录日期 记录时间 评定日期 评定时间 了解时间")),
        Field("表现", Kind.TEXT, _names("表现等次 综合表现 综合评价 季度评定 季度表现 评定等次 表现评定")),
        Field("思想", Kind.FREE, _names("思想情况 思想表现 思想状况 思想动态")),
        Field("作风", Kind.FREE, _names("作风情况 作风表现 工作作风 工作表现")),
        Field("关注", Kind.YES_NO, _names("重点关注 是否重点关注 是否关注")),
        Field("帮扶", Kind.FREE, _names("帮扶措施 帮扶情况 转化措施 教育转化措施 帮扶转化措施")),
        Field("帮扶人", Kind.TEXT, _names("帮扶责任人 帮扶联系人 转化责任人")),
        _REMARK,
    ),
    (("姓名",), ("单位",), ("表现", "思想", "作风"), ("季度", "记录日")),
    marks=("表现", "思想", "作风", "帮扶", "季度"),
)
PERSON_TABLES: Final = (_PRAISE, _ROTATIONS, _TRAINING, _STANDING)
