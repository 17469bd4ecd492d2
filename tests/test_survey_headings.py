import pytest

from zyw.survey.headings import Heading, Role, parse_heading, role_of, tool_of


@pytest.mark.parametrize(
    ("label", "heading"),
    [
        ("1、您对学校是否满意", Heading(1, "您对学校是否满意")),
        ("1．您对学校是否满意", Heading(1, "您对学校是否满意")),
        ("2:您对学校\n是否满意", Heading(2, "您对学校 是否满意")),
        ("3、(作业负担)", Heading(3, "", "作业负担")),
        ("第3题(作业负担)", Heading(3, "", "作业负担")),
        ("5、请评价以下各项—1.校园环境", Heading(5, "校园环境")),
        ("2.校园环境", Heading(2, "校园环境")),
        ("4.您希望改进:食堂", Heading(4, "您希望改进", "食堂")),
        ("6.其他____{fillblank-a1b2}[请填写]", Heading(6, "其他")),
        ("您对学校是否满意（必填）", Heading(None, "您对学校是否满意")),
    ],
)
def test_what_a_header_says(label: str, heading: Heading) -> None:
    assert parse_heading(label) == heading


@pytest.mark.parametrize(
    ("labels", "tool"),
    [
        ("序号 提交答卷时间 所用时间 来源 来源详情 来自IP 1、学校", "问卷星"),
        ("编号 开始答题时间 结束答题时间 答题时长 清洗数据结果 IP UA Referrer 1.学校", "腾讯问卷"),
        ("提交者（自动） 提交时间（自动） 学校（必填）", "腾讯文档收集表"),
        ("序号 学校 满意度 提交人 提交时间 修改时间 填写时长 IP 浏览器 操作系统", "金数据"),
        ("答题人ID 提交时间 学校", "钉钉或WPS表单"),
    ],
)
def test_the_tool_is_told_by_the_columns_it_adds(labels: str, tool: str) -> None:
    found = tool_of(tuple(labels.split()))
    assert found is not None
    assert found.name == tool


def test_a_table_of_ones_own_has_no_tool() -> None:
    assert tool_of(("学校", "满意", "不满意")) is None


def test_columns_of_a_tool_are_no_questions() -> None:
    tool = tool_of(("提交答卷时间", "来自IP"))
    assert role_of("来自IP", tool) is Role.NETWORK
    assert role_of("提交答卷时间", tool) is Role.SUBMITTED
    assert role_of("1、您对学校是否满意", tool) is None
