"""Problems of handling issues (D…): deadlines, extensions, states, and the office's own table of holidays."""

from typing import Final

from zyw.codes import Code, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CODES: Final = (
    Code("D001", _E, "节假日表这一行不能用", "“{值}”不能用：{原因}", "一行写四项：起,止,安排,名称，如 2027-02-05,2027-02-11,放假,春节。",
         "少一天假期，按工作日算的期限就会早一天。", "2027-02-30,,放假,春节", 2),
)  # fmt: skip
