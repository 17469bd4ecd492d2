"""The columns of every table with their other names (input-formats.md A4 and the header rows of A3).

A name that could mean two things stands under both as a weak one, in the order in which it is to be tried.
"""

from typing import Final

from zyw.declared_persons import PERSON_TABLES
from zyw.fields import Field, Kind, Table


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_UNIT_NAMES: Final = _names(
    "单位名称 学校名称 学校 学校(园)名称 学校(幼儿园)名称 校名 幼儿园 园所名称 所在学校 所在单位 工作单位 所属学校"
)
_OWNER_NAMES: Final = _names(
    "责任单位 被检查单位 受检单位 整改责任单位 整改单位 被查单位 受检学校 涉及学校 涉及单位 被反映单位 "
    "被检查学校 被督查单位 责任学校 被审计单位 被投诉单位 问题单位"
)
_WEAK_OWNERS: Final = _names(
    "承办单位 主办单位 牵头单位 办理单位 处理单位 受理部门 承办部门 诉求归口 责任部门 市交办主办单位 填报单位"
)
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
        Field("曾用名", Kind.TEXT, _names("原名 原校名 旧称 旧名 更名前名称 原单位名称 历史名称")),
        Field("更名日期", Kind.DEADLINE, _names("更名时间 改名时间 改名日期 启用现名日期")),
        Field("并入单位", Kind.TEXT, _names("并入学校 合并后单位 合并后学校 合并到 撤并后归入")),
        Field("并入日期", Kind.DEADLINE, _names("并入时间 合并时间 合并日期 撤并时间 撤并日期 停办时间 停办日期")),
        Field("在职人数", Kind.NUMBER, _names("教职工数 编制数 教职工人数 在编人数 教师数 教职工总数")),
        Field("主要负责人", Kind.PERSON, _names("校长 园长 负责人 校(园)长 校长姓名 负责人姓名 学校负责人 主要领导")),
        Field("联系领导", Kind.TEXT, _names("包保领导 包联领导 挂点领导 挂联领导 联系局领导 责任领导")),
        Field("包保股室", Kind.TEXT, _names("联系股室 包联股室 包联科室 包保科室 联系科室 责任股室")),
        Field("主管单位", Kind.TEXT, _names("中心校 管理学校 主管学校 上级单位 管理单位")),
    ),
    (
        ("单位名称",),
        ("代码", "学段", "简称", "曾用名", "在职人数", "主要负责人", "联系领导", "包保股室", "并入单位"),
    ),
    unit="单位名称",
    marks=("学段", "主要负责人", "简称", "曾用名"),
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
_RULED: Final = (
    # What schemes multiply by or count by, and who decided where a scheme gives a range.
    Field("职责", Kind.TEXT, _names("主协办 主办协办 承办职责")),
    Field("批次", Kind.CODE, _names("批号 期次 通报期次 通报批次")),
    Field("级别", Kind.TEXT, _names("检查级别 发现级别 通报级别 交办级别")),
    Field("领导点名", Kind.YES_NO, _names("点名 是否点名 领导批示 是否批示")),
    Field("认定人", Kind.TEXT, _names("决定人 评分人 打分人 裁量人")),
)
_EXTENDED: Final = (
    # An extension counts with a reason and an approver who is not the one who asked; a reopened issue is open again.
    Field(
        "延期至",
        Kind.DATE,
        _names("延长至 延期到 展期至 延期后期限 延期后时限 延期后完成时限 延期完成时间"),
    ),
    Field("延期理由", Kind.FREE, _names("延期原因 延期事由 申请延期理由 申请延期原因")),
    Field("延期申请人", Kind.TEXT, _names("申请延期人 延期申请单位")),
    Field("延期批准人", Kind.TEXT, _names("延期审批人 批准延期人 同意延期人 准予延期人")),
    Field("延期批准日", Kind.DATE, _names("延期批准时间 延期审批时间 批准延期时间 批准延期日期")),
    Field("延期次数", Kind.NUMBER, _names("已延期次数")),
    Field("重开日", Kind.DATE, _names("重新打开日 重新打开时间 重新打开日期 重开时间 重开日期 退回重办时间")),
)
_PROCESS: Final = (
    Field("撤销时间", Kind.DATE, _names("撤销日期 撤销决定时间")),
    Field("解除时间", Kind.DATE, _names("解除日期 处分解除时间")),
    Field("决定机关", Kind.TEXT, _names("处理机关 决定单位 处理单位 作出机关")),
    Field("文号", Kind.CODE, _names("决定文号 处理文号 文件号 处分文号")),
    Field("陈述申辩", Kind.TEXT, _names("陈述申辩情况 是否陈述申辩 听取陈述申辩 是否听取陈述申辩 听取申辩情况")),
    Field("送达时间", Kind.DATE, _names("送达日期 送达日 决定送达时间 决定送达日期 处理决定送达时间")),
    Field(
        "申请复核日",
        Kind.DATE,
        _names("申请复核时间 申请复核日期 复核申请时间 复核申请日期 申诉时间 申诉日期"),
    ),
    Field("复核决定日", Kind.DATE, _names("复核决定时间 复核决定日期 申诉决定时间 申诉决定日期 申诉处理时间")),
    Field("工号", Kind.CODE, _names("职工号 教工号 人员编号")),
)
_ISSUES: Final = Table(
    "问题台账",
    (
        Field("单位", Kind.UNIT, (*_UNIT_NAMES, *_OWNER_NAMES), _WEAK_OWNERS),
        Field(
            "编号",
            Kind.CODE,
            _names(
                "台账编号 工单编号 信访件编号 市受理编号 转办单工单编号 问题编号 热线单号 信访编号 "
                "市级工单号 工单号 受理编号"
            ),
            _names("线索编号 区县受理编号 省信访件编号 平台单号 线上督办单编号"),
        ),
        Field("上级编号", Kind.CODE, _names("省级编号 省级工单号 国家信访编号"), _names("省信访件编号")),
        Field("本级编号", Kind.CODE, _names("区县编号 区级编号 区级工单号 县级编号"), _names("区县受理编号 平台单号")),
        Field("线索号", Kind.CODE, (), _names("线索编号")),
        Field("督办编号", Kind.CODE, _names("督办单编号 督办单号"), _names("线上督办单编号")),
        Field(
            "问题",
            Kind.FREE,
            _names(
                "存在问题 问题表现 具体内容 问题描述 反映问题 存在的问题 存在的安全隐患 诉求内容 "
                "议定事项 反馈问题 主要问题 问题内容 反映内容 "
                "问题事项 反映的问题 检查发现问题 发现的问题 发现问题 工单内容 信访内容 投诉内容 线索内容 "
                "审计发现的问题 审计发现问题 督查发现问题 隐患描述 隐患内容 安全隐患 隐患名称"
            ),
            _names("内容 整改内容 整治问题 工单标题 标题"),
        ),
        Field("事项标题", Kind.FREE, _names("诉求标题 信访标题 线索名称"), _names("工单标题 标题")),
        Field(
            "类别",
            Kind.TEXT,
            _names(
                "问题类型 问题类别 诉求类型 诉求类别 内容分类 线索类型 整治问题 问题分类 隐患类型 隐患类别 脏乱差类型 "
                "信访类别 工单类型 事项类别 整改方面 问题方面"
            ),
            _names("整改内容 方面"),
        ),
        Field("具体表现", Kind.TEXT, _names("表现形式 具体情形")),
        Field(
            "来源",
            Kind.TEXT,
            _names("线索来源 问题来源 诉求渠道 事项来源 举报方式 问题线索来源 热线来源 发现渠道 信访方式"),
            _names("会议名称"),
        ),
        Field("发现方式", Kind.TEXT, _names("上报方式")),
        Field(
            "发现日",
            Kind.DATE,
            _names(
                "检查日期 登记日期 发现时间 交办时间 反映日期 发现日期 检查时间 登记时间 排查时间 受理时间 受理日期 "
                "信访日期 区交办时间 县交办时间 交办日期 排查日期 反映时间"
            ),
            _names("市交办时间 下发时间 会议时间 日期 时间"),
        ),
        Field("上级交办日", Kind.DATE, _names("市级交办时间"), _names("市交办时间")),
        Field("协办", Kind.TEXT, _names("协办单位 配合部门 会办单位 配合单位 市交办协办单位")),
        Field(
            "责任股室", Kind.TEXT, _names("责任科室 责任处室 承办科室 承办股室 牵头股室 牵头科室"), _names("责任部门")
        ),
        Field("领导", Kind.TEXT, _names("责任领导 牵头领导 牵头人 包保领导 分管领导 牵头区领导")),
        Field("责任人", Kind.TEXT, _names("整改责任人 整改人 直接责任人 经办人"), _names("处理人")),
        Field(
            "措施",
            Kind.FREE,
            _names("整改措施 工作措施 解决措施 处理措施 审计整改要求和建议"),
            _names("整改要求 整改建议 有关要求"),
        ),
        Field("目标", Kind.FREE, _names("整改目标 目标要求 工作目标 整治目标")),
        Field("标准", Kind.FREE, _names("评估标准 验收标准 整改标准 销号标准")),
        Field(
            "期限",
            Kind.DEADLINE,
            _names(
                "整改时限 整改期限 完成时限 完成期限 截止时间 办结期限 处理时限 "
                "进度安排 整改完成时限 办理时限 限期 完成截止时间 到期时间 审计整改期限 区交办办结期限 县交办办结期限 "
                "计划完成时间 应办结时间 整改截止时间 办结时限"
            ),
            _names("市交办办结期限"),
        ),
        Field("上级期限", Kind.DEADLINE, _names("市级办结期限 省级办结期限"), _names("市交办办结期限")),
        Field(
            "完成日",
            Kind.DATE,
            _names("整改完成时间 整改到位时间 办结时间 完成时间 回复时间 完成日期 办结日期 整改完成日期 完成/作废时间"),
            _names("督办单办结时间 回复市级时间"),
        ),
        Field(
            "状态",
            Kind.TEXT,
            _names("办理状态 处理进度 整改进度 工单状态 整改状态 处置状态"),
            _names("完成情况 整改情况 落实情况 进展情况 办理情况 进度 是否整改到位 是否完成 是否整改 是否办结"),
        ),
        Field("进展", Kind.FREE, _names("整改进展"), _names("落实情况 进展情况 整改情况 办理情况 完成情况")),
        Field("是否销号", Kind.TEXT, _names("是否闭环 销号情况 是否销账 销账情况")),
        Field("销号日", Kind.DATE, _names("销号时间 闭环时间 复查通过时间 验收时间 销号日期 销账时间 销账日期")),
        Field("复查人", Kind.TEXT, _names("销号人 验收人 复核人")),
        # What the caller answers when called back: the 满意率 of hotline schemes counts these rows.
        Field(
            "群众评价",
            Kind.TEXT,
            _names("满意度 满意情况 群众满意度 满意度评价 评价结果 回访评价 是否满意 群众是否满意 转办单满意度"),
            _names("督办单短信评价满意度"),
        ),
        Field("等级", Kind.TEXT, _names("隐患等级 风险等级 严重程度 紧急程度 脏乱差程度")),
        Field("扣分", Kind.NUMBER, _names("分值 扣减分 扣分值")),
        Field("情节", Kind.TEXT, _names("情节轻重")),
        Field(
            "当事人",
            Kind.PERSON,
            _names(
                "被反映人 被举报人 被投诉人 责任当事人 被追责人 受处理人 涉事人员 当事教师 当事人姓名 被反映人姓名 "
                "被举报人姓名 被投诉人姓名"
            ),
        ),
        Field("职务", Kind.TEXT, _names("当事人职务 被反映人职务 岗位 身份")),
        Field("办理方式", Kind.TEXT, _names("处理方法 办理类型 交办方式")),
        Field("核实", Kind.YES_NO, _names("是否核实 核实情况 是否属实 是否查实")),
        Field(
            "答复", Kind.FREE, _names("答复情况 回复内容 答复内容 转办单回复内容"), _names("督办单回复内容 处置结果")
        ),
        Field("佐证", Kind.TEXT, _names("佐证材料 附件 证明材料")),
        Field(
            "处理结果",
            Kind.TEXT,
            _names("追责情况 处分情况 责任追究 处理情况 追责方式 处理方式 处分种类 处理意见 问责情况"),
        ),
        Field("处理时间", Kind.DATE, _names("处理日期 决定时间 决定日期 追责时间 追责日期 处分时间")),
        Field("案号", Kind.CODE, _names("案件编号 追责编号")),
        *_EXTENDED,
        *_RULED,
        *_PROCESS,
        Field("备注", Kind.FREE, _names("说明 附注")),
    ),
    (("单位",), ("问题", "类别")),
    marks=("问题", "类别", "措施", "期限", "状态"),
    otherwise=(("单位",), ("编号", "期限"), ("期限", "状态", "完成日")),
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
        Field("事由", Kind.FREE, _names("追责事由 违纪事实 问责事由 主要问题 处理事由 原因 违纪违规事实 追责原因")),
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
        Field("材料名称", Kind.TEXT, _names("材料 报送材料 文件名称 资料名称 应报材料 报送内容 材料题目")),
        Field("份数", Kind.NUMBER, _names("数量 报送份数")),
        Field("报送日", Kind.DATE, _names("报送时间 报送日期 上报时间 上报日期 收到时间 交送时间 提交时间 提交日期")),
        Field("是否报送", Kind.YES_NO, _names("报送情况 是否上报 是否已报 是否提交 是否已交 上报情况 是否交齐")),
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
        Field("编号", Kind.CODE, _names("任务编号")),
        Field("任务", Kind.FREE, _names("工作任务 任务名称 重点任务 任务内容 目标任务 主要任务 具体任务 重点工作")),
        Field("计量单位", Kind.TEXT, _names("计量")),
        Field("目标", Kind.NUMBER, _names("目标值 年度目标 任务数 目标数 计划数")),
        Field("完成", Kind.NUMBER, _names("完成值 完成数 实际完成 实际完成数 已完成")),
        Field("期限", Kind.DEADLINE, _names("完成时限 完成期限 完成时间 时限 截止时间")),
        Field("牵头领导", Kind.TEXT, _names("责任领导 牵头人 分管领导")),
        Field("责任股室", Kind.TEXT, _names("责任科室 责任部门 牵头股室 牵头科室")),
        Field("责任人", Kind.TEXT, _names("经办人")),
        Field("亮灯", Kind.TEXT, _names("亮度标记 亮灯情况 预警灯 灯号")),
        Field("进展", Kind.FREE, _names("进展情况 落实情况 完成情况 工作进展")),
        Field("备注", Kind.FREE, _names("说明 附注")),
    ),
    (("任务",), ("目标", "完成", "进展"), ("单位", "责任股室", "责任人", "牵头领导")),
    marks=("任务", "目标", "完成"),
    unitless=True,
)
_ACTIVITIES: Final = Table(
    "活动台账",
    (
        Field("单位", Kind.UNIT, _UNIT_NAMES),
        Field("人员", Kind.TEXT, _names("参加人员 姓名 谈话对象 被谈话人 谈话人员")),
        Field(
            "活动",
            Kind.TEXT,
            _names("活动名称"),
            _names("活动类型 活动内容 活动主题 学习内容 稿件标题 信息标题 简报标题 标题 稿件名称"),
        ),
        Field("类型", Kind.TEXT, _names("活动类别 活动形式 宣传形式 稿件类型 信息类型"), _names("活动类型 类别")),
        Field("日期", Kind.DATE, _names("活动日期 活动时间 开展时间 开展日期 刊发时间"), _names("时间")),
        Field("次数", Kind.NUMBER, _names("场次 期数")),
        Field("人次", Kind.NUMBER, _names("参加人次 参加人数 参与人数")),
        Field("媒体", Kind.TEXT, _names("刊发媒体 采用媒体 发布平台 刊播媒体 媒体名称 采用刊物")),
        Field("采用级别", Kind.TEXT, _names("级别 刊发级别 采用情况 采用单位")),
        Field("批次", Kind.CODE, _names("批号 期次")),
        Field("编号", Kind.CODE),
        Field("认定人", Kind.TEXT, _names("决定人 评分人 打分人")),
        Field("备注", Kind.FREE, _names("说明 附注")),
    ),
    (("单位",), ("活动",)),
    marks=("活动", "采用级别", "人次"),
    otherwise=(("活动",), ("日期", "次数"), ("类型", "媒体", "采用级别")),
    unitless=True,
)
_DECISIONS: Final = Table(
    "认定",
    (
        Field("单位", Kind.UNIT, _UNIT_NAMES),
        Field("规则", Kind.TEXT, _names("认定事项 评分项目 评分事项 考核项目")),
        Field("编号", Kind.CODE, _names("问题编号 台账编号")),
        Field("案号", Kind.CODE, _names("案件编号")),
        Field("姓名", Kind.PERSON, _names("当事人")),
        Field("分值", Kind.NUMBER, _names("认定分值 评分 打分 认定分")),
        Field("认定人", Kind.TEXT, _names("决定人 评分人 打分人 裁量人")),
        Field("认定日", Kind.DATE, _names("认定时间 认定日期 评分日期 评分时间")),
        Field("理由", Kind.FREE, _names("认定理由 评分理由 依据")),
    ),
    (("单位",), ("规则",), ("分值",)),
    marks=("规则", "分值", "认定人"),
)
_OPINIONS: Final = Table(
    "意见汇总",
    (
        Field("单位", Kind.UNIT, _UNIT_NAMES, _names("填报单位")),
        Field("渠道", Kind.TEXT, _names("征求渠道 征求方式 征求意见方式 征求意见渠道 意见渠道 意见来源")),
        Field("方面", Kind.TEXT, _names("意见方面 意见类别 涉及方面 整改方面")),
        Field("条数", Kind.NUMBER, _names("意见条数 征集条数 收集条数 意见数 收集意见数 征求意见条数 收到意见条数")),
        Field("日期", Kind.DATE, _names("汇总日期 截止日期 截至日期 收集日期")),
        Field("备注", Kind.FREE, _names("说明 附注")),
    ),
    (("渠道",), ("条数",)),
    marks=("渠道", "条数", "方面"),
    unitless=True,
)
_INSPECTIONS: Final = Table(
    "巡查记录",
    (
        Field(
            "单位",
            Kind.UNIT,
            (*_UNIT_NAMES, *_names("被检查单位 受检单位 被查单位 受检学校 被检查学校 被督查单位 被巡查学校 受查单位")),
        ),
        Field(
            "检查日",
            Kind.DATE,
            _names("检查日期 检查时间 巡查日期 巡查时间 督查日期 督查时间 视导时间"),
            _names("日期 时间"),
        ),
        Field("检查方式", Kind.TEXT, _names("督查方式 巡查方式 检查形式 督查形式 检查类型 督查类型 巡查类型")),
        Field("检查项目", Kind.TEXT, _names("巡查项目 督查项目 检查内容 巡查内容 督查内容 检查指标 检查要点 视导内容")),
        Field("满分", Kind.NUMBER, _names("标准分 应得分 项目分值 分值")),
        Field("得分", Kind.NUMBER, _names("检查得分 实得分 实际得分 检查评分 评分 打分")),
        Field("存在问题", Kind.FREE, _names("问题 检查发现问题 发现问题 发现的问题 存在的问题 主要问题 问题描述")),
        Field("整改期限", Kind.DEADLINE, _names("整改时限 整改完成时限 限期")),
        Field("整改情况", Kind.TEXT, _names("是否整改 整改状态 整改结果 是否整改到位 是否已整改")),
        Field("整改日", Kind.DATE, _names("整改时间 整改日期 整改完成时间 整改到位时间 整改完成日期")),
        Field("检查人", Kind.TEXT, _names("检查人员 巡查人 巡查人员 督查人 督查人员 检查组 督查组")),
        Field("备注", Kind.FREE, _names("说明 附注")),
    ),
    (("单位",), ("检查项目",), ("得分", "检查方式", "整改情况")),
    marks=("检查项目", "检查方式", "得分", "满分"),
)
SURVEY: Final = "测评"
TABLES: Final = (
    _ROSTER,
    _ISSUES,
    _SANCTIONS,
    _SUBMISSIONS,
    _TASKS,
    _ACTIVITIES,
    _STAFF,
    _DECISIONS,
    _INSPECTIONS,
    _OPINIONS,
    *PERSON_TABLES,
)
UNITLESS: Final = frozenset(each.name for each in TABLES if each.unitless)
"""Tables whose rows may be the office's own."""
ON_REQUEST: Final = frozenset(("巡查记录", "意见汇总", *(each.name for each in PERSON_TABLES)))
"""Tables that not every office keeps: `zyw init` lays out no form of them, `zyw form` makes one."""
