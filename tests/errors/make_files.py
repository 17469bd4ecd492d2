"""Write the reproducing files of this folder: one folder a code, whose `zyw check` gives that code.

Run `python -m tests.errors.make_files` after a change; the files are committed and byte-stable. Codes that no folder can
give (no right to read, a name on the command line, a write that fails) stand in `skipped.txt` with the reason.
"""

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests import old_formats as old

HERE: Final = Path(__file__).parent
HEAD: Final = ["序号", "学校名称", "检查日期", "问题类别", "问题描述", "扣分", "整改情况"]
ROWS: Final = [
    ["1", "第一中学", "2024-03-01", "纪律", "迟到两人", "0.5", "已整改"],
    ["2", "第二中学", "2024-03-02", "纪律", "课堂松散", "1", "已整改"],
    ["3", "第三小学", "2024-03-03", "安全", "通道堵塞", "2", "整改中"],
    ["4", "第四小学", "2024-03-04", "卫生", "垃圾未清", "0.5", "已整改"],
]
TABLE: Final = (HEAD, *ROWS)


def workbook(rows: Sequence[Sequence[str]] = TABLE, sheet: str = "台账", properties: Sequence[str] = ()) -> bytes:
    """Return a workbook of text cells, byte-stable."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime.datetime(2024, 4, 1, tzinfo=datetime.UTC)})
    for name in properties:
        book.set_custom_property(name, "1")
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def patched(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return a zip with parts replaced, added, or (None) dropped."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {info.filename: old.read(info) for info in old.infolist()}
        for name, part in {**parts, **changes}.items():
            if part is not None:
                new.writestr(zipfile.ZipInfo(name, (1980, 1, 31, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


SHEET: Final = "xl/worksheets/sheet1.xml"
STRINGS: Final = "xl/sharedStrings.xml"


def part(data: bytes, name: str) -> bytes:
    """Return one part of a zip."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def sheet_xml(cells: str, tail: str = "") -> bytes:
    """Return a worksheet part with the given rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<worksheet xmlns="{space}"><sheetData>{cells}</sheetData>{tail}</worksheet>'.encode()


def ole(stream: str) -> bytes:
    """Return the beginning of an OLE file that names a stream; enough to be known by, nothing to be read."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le").ljust(512, b"\x00")


def csv_text(rows: Sequence[Sequence[str]] = TABLE, delimiter: str = ",") -> str:
    """Return a text table."""
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def files() -> dict[str, bytes]:
    """Return {path under this folder: content}."""
    good, text = workbook(), csv_text()
    strings = part(good, STRINGS)
    doctype = b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]><sst '
    unclosed = text.replace("2,第二中学", '2,"第二中学')
    ragged = csv_text([HEAD, *ROWS * 20, *([[*ROWS[0], "多", "余"]] * 60)])
    return {
        "F003/空文件.xlsx": b"",
        "F004/台账.xlsx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        "F005/台账.xls": old.xls({"台账": old.table(TABLE)}, extra=old.LOCKED),
        "F006/台账.xlsx": good[:-200],
        "F007/台账.xlsx": patched(good, {SHEET: sheet_xml(" " * 1_500_000)}),
        "F008/台账.xlsx": patched(
            good,
            {
                SHEET: sheet_xml(
                    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
                )
            },
        ),
        "F009/台账.xlsx": patched(good, {STRINGS: strings.replace(b"<sst ", doctype)}),
        "F010/台账.xlsx": patched(good, {"xl/styles.xml": b"<styleSheet><cellXfs><xf numFmtId='x'></cellXfs>"}),
        "F012/台账.csv": text.encode(),
        "F012/~$台账.csv": b"\x06clerk".ljust(165, b" "),
        "F013/台账.csv": text.encode(),
        "F013/~WRL0001.tmp": b"x",
        "F014/台账.csv": text.encode(),
        "F014/通知.docx": b"PK\x03\x04",
        "F015/台账.csv": text.encode() + "5,第五小学".encode("gbk") + b"\xff\r\n",
        "F016/台账.csv": unclosed.encode(),
        "F017/台账.csv": text.replace("通道堵塞", "通道,堵塞").encode(),
        "F018/台账.csv": text.replace("通道", "通\x00道").encode(),
        "F019/台账.csv": text.replace("通道", "通" * 140_000).encode("gbk"),
        "F020/台账.csv": text.replace("第三小学", "????").encode(),
        "F021/台账.xls": csv_text(delimiter="\t").encode("gbk"),
        "F022/台账.xls": "<html><meta charset=gbk><body>登录已过期，请重新登录</body></html>".encode("gbk"),
        "F023/通知.pdf": b"%PDF-1.7\n",
        "F024/台账.xlsm": patched(good, {"xl/vbaProject.bin": ole("VBA")}),
        "F025/台账.xls": b"\x09\x04\x06\x00\x00\x00\x10\x00".ljust(512, b"\x00"),
        "F027/台账.csv": ragged.encode(),
        "F029/台账.xls": old.xls({"台账": old.table(TABLE)}),
        "F029/command.txt": "zyw check . --limit 内存=1\n".encode(),
        "F030/台账.xls": old.xls({"台账": old.table(TABLE) + old.formula(5, 5, 0.0)}),
        "F031/台账.csv": text.encode(),
        "F031/command.txt": "zyw check . --limit 行数=很多\n".encode(),
    }


ROSTER: Final = "学校名称,学段,简称\r\n第一中学,初中,一中\r\n第二中学,初中,实小\r\n实验小学,小学,实小\r\n"
SANCTIONS: Final = "单位,姓名,职务,处理方式,处理时间,是否核实\r\n"


def sanction(when: str = "2012-04-02", verified: str = "是", unit: str = "第一中学") -> str:
    """Return a small 追责台账 as csv."""
    return f"{SANCTIONS}{unit},王某,教师,通报批评,{when},{verified}\r\n"


def hidden() -> bytes:
    """Return a workbook with a hidden row and a hidden sheet."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2024, 4, 1, tzinfo=datetime.UTC)})
    for name in ("台账", "旧台账"):
        page = book.add_worksheet(name)
        for number, row in enumerate(TABLE):
            page.write_row(number, 0, row)
    page.hide()
    book.worksheets()[0].set_row(2, None, None, {"hidden": True})
    book.close()
    return out.getvalue()


def concealed() -> bytes:
    """Return a workbook with a hidden column and rows that a filter hides."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2024, 4, 1, tzinfo=datetime.UTC)})
    page = book.add_worksheet("台账")
    for number, row in enumerate(TABLE):
        page.write_row(number, 0, row)
    page.set_column(5, 5, None, None, {"hidden": True})
    page.autofilter(0, 0, len(ROWS), len(HEAD) - 1)
    page.filter_column(6, "x == 整改中")
    for number, row in enumerate(ROWS, 1):
        if row[6] != "整改中":
            page.set_row(number, None, None, {"hidden": True})
    book.close()
    return out.getvalue()


def numbers(name: str, value: float, *, formula: str = "", shown: str = "") -> bytes:
    """Return a ledger whose last column holds a number, or a formula that shows `shown` (nothing: never calculated)."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2024, 4, 1, tzinfo=datetime.UTC)})
    page = book.add_worksheet("台账")
    page.write_row(0, 0, ["学校名称", "问题描述", name])
    page.write_row(1, 0, ["第一中学", "迟到两人"])
    if formula:
        page.write_formula(1, 2, formula, None, shown)
    else:
        page.write_number(1, 2, value)
    book.close()
    data = out.getvalue()
    return data if shown or not formula else patched(data, {SHEET: part(data, SHEET).replace(b"<v></v>", b"")})


def pinned_files() -> dict[str, str]:
    """Return small workspaces whose zyw.yaml says something of a sheet that does not hold."""
    issues = "学校名称,问题描述,整改时限,诉求号码,诉求号码\r\n第一中学,迟到,2012-06-01,无,第一中学\r\n"
    said = {
        "S013": "{文件: 台账.csv, 表: 不读}",
        "S014": "{文件: 3月台帐.csv, 表: 问题台账}",
        "S015": "{文件: 台账.csv, 列: {H: 责任人}}",
        "S016": "{文件: 台账.csv, 列: {诉求号码: 单位}}",
        "S017": "{文件: 台账.csv, 列: {D: 责任人}}",
        "S018": "{文件: 台账.csv, 列: {C: 份数}}",
        "S019": "{文件: 台账.csv, 表头: 3}",
    }
    yaml = {f"{code}/zyw.yaml": f"方案: dayuan-2011\n读法:\n  - {text}\n" for code, text in said.items()}
    return {**yaml, **{f"{code}/台账.csv": issues for code in said}}


STAFF: Final = "姓名,工号,单位,职务\r\n王某,0021,第一中学,教师\r\n"
FORMER: Final = "学校名称,学段,曾用名\r\n第一中学,初中,老一中（{}）\r\n"
MERGED: Final = "学校名称,学段,并入单位,并入日期\r\n第一小学,小学,,\r\n第四小学,小学,{},2012-08-31\r\n"


def people_files() -> dict[str, str]:
    """Return the files of the codes of units and people in one cell, of former names, of what was learnt."""
    roster = "学校名称,学段,简称\r\n第一中学,初中,一中\r\n第二中学,初中,二中\r\n"
    several = SANCTIONS + "{},{},{},通报批评,2012-04-02,是\r\n"
    work = "方案: dayuan-2011\n"
    return {
        "U009/名册.csv": FORMER.format("2010-08前"),
        "U009/追责.csv": sanction(unit="老一中"),
        "U010/名册.csv": roster,
        "U010/台账.csv": "责任单位,问题描述\r\n一中、二中,迟到\r\n",
        "U011/追责.csv": several.format("第一中学", "王某、李某", "校长、教师"),
        "U012/追责.csv": several.format("第一中学", "王某、李某、赵某", "校长、教师"),
        "U013/名册.csv": roster,
        "U013/追责.csv": several.format("一中、二中", "王某、李某、赵某", "教师"),
        "U014/名册.csv": roster,
        "U014/追责.csv": several.format("一中、二中", "王某、李某", "教师"),
        "U015/zyw.yaml": work,
        "U015/追责.csv": sanction(),
        "U015/command.txt": "zyw check . --learn =第一中学\n",
        "U016/zyw.yaml": work,
        "U016/名册.csv": roster,
        "U016/追责.csv": sanction(),
        "U016/别名.yaml": "别名:\n  - {写法: 二中, 单位: 第一中学, 确认人: 李科长, 日期: 2012-04-01}\n",
        "U017/zyw.yaml": work,
        "U017/名册.csv": roster,
        "U017/追责.csv": sanction(),
        "U017/command.txt": "zyw check . --learn 二中=第一中学\n",
        "U018/追责.csv": sanction(),
        "U018/command.txt": "zyw check . --learn 一种=第一中学\n",
        "U019/人员.csv": STAFF + "王某,0022,第一中学,教师\r\n",
        "U019/追责.csv": sanction(),
        "U020/人员.csv": STAFF + "李某,0021,第一中学,教师\r\n",
        "U021/人员.csv": STAFF,
        "U021/追责.csv": sanction(),
        "U022/zyw.yaml": work,
        "U022/追责.csv": sanction(),
        "U022/command.txt": "zyw check . --learn 一种=第一中学\n",
        "U023/名册.csv": FORMER.format("2010-13前"),
        "U024/名册.csv": MERGED.format("第三小学"),
        "U025/名册.csv": MERGED.format("第一小学"),
    }


def merged_measures() -> bytes:
    """Return a ledger with one problem over three rows, each with a measure of its own."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2024, 4, 1, tzinfo=datetime.UTC)})
    page = book.add_worksheet("整改")
    page.write_row(0, 0, ["编号", "学校", "存在问题", "整改措施", "发现时间", "责任人", "整改时限"])
    for column, text in enumerate(("1", "第一中学", "作业偏多", None, "2024-03-01", "张三", "2024-04-01")):
        if text:
            page.merge_range(1, column, 3, column, text)
    for row, text in enumerate(("公布课表", "抽查作业", "家长会通报"), 1):
        page.write_string(row, 3, text)
    book.close()
    return out.getvalue()


def elements() -> dict[str, str]:
    """Return two ledgers that lack what zhuanxiang-2020 wants every issue to state."""
    head = "台账编号,学校,问题类别,具体内容,目标要求,工作措施,责任部门,牵头人,责任人,进度安排,发现时间"
    row = "1,第一中学,不规范招生,提前登记,免试就近,清除登记,教务处,方某,秦某,2020-05-28,2020-05-11"
    command = "zyw check . --scheme zhuanxiang-2020 --year 2020\n"
    return {
        "K036/台账.csv": f"{head}\r\n{row}\r\n",
        "K036/command.txt": command,
        "K037/台账.csv": f"{head},评估标准\r\n{row},\r\n",
        "K037/command.txt": command,
    }


def coloured() -> bytes:
    """Return a ledger without a column for the state, whose rows are red, yellow and green."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2024, 4, 1, tzinfo=datetime.UTC)})
    page = book.add_worksheet("台账")
    page.write_row(0, 0, ["学校名称", "问题描述"])
    for number, colour in enumerate(("#FF0000", "#FFFF00", "#00B050"), 1):
        page.write_row(number, 0, ["第一中学", f"问题{number}"], book.add_format({"bg_color": colour}))
    book.close()
    return out.getvalue()


def cell_files() -> dict[str, bytes]:
    """Return the files of the codes of sheets, cells and names."""
    issues = "学校名称,问题描述,整改时限,扣分\r\n第一中学,迟到,{},{}\r\n"
    texts = {
        "S001/说明.csv": "填表说明\r\n一、按实填写\r\n",
        "S002/台账.csv": "单位,类别\r\n第一中学,初中\r\n",
        "S003/台账.csv": "案号,单位,职务,处理方式,处理时间\r\n1,第一中学,教师,通报批评,2012-04-02\r\n",
        "S004/台账.csv": "学校名称,问题描述,扣分,扣分\r\n第一中学,迟到,1,2\r\n",
        "S005/台账.csv": "学校名称,问题描述,举报人,联系电话\r\n第一中学,迟到,某某,无\r\n",
        "S006/台账.csv": "问题类别,问题描述,整改措施,整改时限\r\n作风,迟到,批评,2012-06-01\r\n",
        "S007/台账.csv": "学校名称,问题描述\r\n",
        "S008/食堂菜谱.csv": "周一,周二\r\n面条,米饭\r\n",
        **pinned_files(),
        "S020/热线.csv": "工单编号,诉求内容,承办单位,区交办办结期限,市交办办结期限\r\n1,迟到,第一中学,2024-03-05,2024-03-09\r\n",
        "S021/督办.csv": "学校名称,议定事项,完成时间\r\n第一中学,修食堂,2012-12-31\r\n",
        "L001/追责.csv": sanction("24/3/1"),
        "L002/追责.csv": sanction("2012.2.30"),
        "L004/追责.csv": sanction("3月5日"),
        "L005/台账.csv": issues.format("尽快", "1"),
        "L006/台账.csv": issues.format("2012-06-01", "两分多"),
        "L007/追责.csv": sanction(verified="部分"),
        "L009/追责.csv": "2012年追责台账\r\n" + sanction("3月5日"),
        "L010/追责.csv": SANCTIONS + "第一中学,王某,教师,通报批评,未定,是\r\n" * 201,
        "L013/台账.csv": issues.format("2012-06-01", "1"),
        "L013/股室台账.csv": "序号," + issues.replace("第一中学", "7,第一中学").format("2012-06-01", "1"),
        "L014/追责.csv": sanction(unit="第一中学\u200b"),
        "U001/名册.csv": ROSTER,
        "U001/追责.csv": sanction(unit="第一种学"),
        "U002/追责.csv": sanction(unit=""),
        "U003/名册.csv": ROSTER,
        "U003/追责.csv": sanction(unit="一中"),
        "U004/名册.csv": ROSTER + "第一 中学,小学,\r\n",
        "U005/追责.csv": sanction(),
        "U006/名册.csv": ROSTER,
        "U006/追责.csv": sanction(unit="实小"),
        "U007/名册.csv": ROSTER,
        "U007/台账.csv": "填报单位：第一中学\r\n问题类别,问题描述,整改措施,整改时限\r\n作风,迟到,批评,2012-06-01\r\n",
        "L016/追责.csv": sanction().replace("单位", "案号,单位").replace("第一中学", "1.23457E+17,第一中学"),
        "L017/台账.csv": issues.format("2012年9月底", "1"),
        "L018/名册.csv": ROSTER,
        "L018/台账.csv": "学校名称,问题描述\r\n" + "".join(f"某校{i},迟到\r\n" for i in range(1001)),
        "L019/追责.csv": SANCTIONS + "第一中学,王某、李某,教师,通报批评,2012-04-02,是\r\n" * 201,
        "L020/台账.csv": "学校名称,问题描述,检查日期,整改时限\r\n第一中学,迟到,2012-05-02,15日内\r\n",
        "L022/台账.csv": "学校名称,问题描述,检查日期,整改时限\r\n第一中学,迟到,2099-05-04,3个工作日内\r\n",
        "L021/台账.csv": issues.format("2012-06-01", "-2"),
        **people_files(),
    }
    binary = {
        "L023/台账.xlsx": coloured(),
        "S011/排名.xlsx": workbook(properties=["zyw-output"]),
        "S011/台账.xlsx": workbook(),
        "S012/3月台账.xlsx": workbook(),
        "S012/3月台账(1).xlsx": workbook(),
        "S009/台账.xlsx": hidden(),
        "S010/台账.xlsx": hidden(),
        "F032/台账.xlsx": concealed(),
        "F033/台账.xlsx": concealed(),
        "L003/台账.xlsx": numbers("检查日期", 41001),
        "L008/台账.xlsx": numbers("台账编号", 110101199003078515),
        "L011/台账.xlsx": numbers("扣分", 0, formula="=1/0", shown="#DIV/0!"),
        "L012/台账.xlsx": numbers("扣分", 0, formula="=1+1"),
    }
    return {**{name: text.encode() for name, text in texts.items()}, **binary}


def marked_before() -> bytes:
    """Return a ledger as it was given back for a date, with that date mended since."""
    from zyw.marking.marks import Table, mark
    from zyw.marking.rounds import Finding
    from zyw.problems import Severity

    finding = Finding("L001", Severity.ERROR, "台账", "C2", "检查日期", "“检查日期”读不懂日期“24/3/1”", "改正确。")
    return mark(workbook(TABLE[:2]), [finding], [Table("台账", 1, 6)]).data


def return_files() -> dict[str, bytes]:
    """Return the files of the codes of giving back."""
    several = [[*row[:2], "未定", *row[3:]] for row in ROWS]
    many = [[str(i), "第一中学", f"未定{i}", "纪律", "迟到", "1", ""] for i in range(1, 1004)]
    return {
        "M001/名册.csv": "学校名称,学段\r\n第一中学,初中\r\n第二中学,初中\r\n".encode(),
        "M001/股室台账.xlsx": workbook([HEAD, ["1", "某中学", "2024-03-01", "纪律", "迟到", "1", ""], *ROWS[:2]]),
        "M002/总台账.xlsx": workbook([HEAD, *several]),
        "M003/台账.xlsx": marked_before(),
        "M004/台账.xlsx": workbook(),
        "M005/台账.xlsx": workbook([HEAD, *many]),
        **{f"{code}/command.txt": "zyw check . --return 退回\n".encode() for code in ("M001", "M002", "M003", "M005")},
        "M004/command.txt": "zyw check . --return 退\n".encode(),
    }


ISSUES: Final = "编号,学校名称,问题描述,发现时间,责任人,整改时限,完成情况,完成时间"


def issues(*rows: str, head: str = ISSUES) -> str:
    """Return a 问题台账 as csv."""
    return "\r\n".join((head, *rows, ""))


def closed(**cells: str) -> str:
    """Return an issue ledger of one row that was closed, with columns of its own."""
    fixed = {"完成情况": "已整改", "完成时间": "2012-05-10", "是否销号": "是", "责任人": "王某", "来源": "群众举报"}
    row = {"学校名称": "第一中学", "问题描述": "食堂留样不规范", **fixed, **cells}
    return f"{','.join(row)}\r\n{','.join(row.values())}\r\n"


def check_files() -> dict[str, bytes]:
    """Return the files of the codes of 核对."""
    good = "1,第一中学,食堂留样不规范,2012-05-03,王某,2012-05-20,已整改,2012-05-10"
    late = "2,第一中学,校门口无人疏导,2012-05-03,李某,2012-05-20,正在整改,"
    blank = "{},第一中学,门窗破损第{}处,2012-05-03,,2012-05-20,已整改,2012-05-10"
    measure = "第一中学,{},组织全体学习，提高认识，落实制度\r\n"
    mass = "第一中学,第{}间教室灯管损坏,2012-05-03,2012-05-31\r\n"
    twin = "第一中学,{},2012-05-{},{}\r\n"
    counted = "序号,学校名称,材料名称,份数\r\n"
    returned = "学校名称,问题描述,发现时间,责任人,整改时限\r\n{},楼道堆放杂物,2012-05-03,王某,2012-05-20\r\n"
    texts = {
        "K001/台账.csv": issues(good.replace("王某", "")),
        "K002/台账.csv": issues(*(blank.format(i, i) for i in range(1, 6))),
        "K003/台账.csv": issues(good.replace("2012-05-10", "2012-05-01")),
        "K004/台账.csv": issues(good.replace("2012-05-10", "2092-05-10")),
        "K005/台账.csv": issues(good.replace("2012-05-10", "")),
        "K006/台账.csv": issues(good.replace("已整改", "正在整改")),
        "K007/台账.csv": issues(late),
        "K008/台账.csv": closed(佐证材料=""),
        "K009/台账.csv": closed(答复情况=""),
        "K010/台账.csv": closed(复查人=""),
        "K011/台账.csv": closed(复查人="王某"),
        "K012/台账.csv": "学校名称,问题描述,发现时间,销号时间\r\n" + "".join(mass.format(i) for i in range(1, 13)),
        "K013/台账.csv": "学校名称,问题描述,整改措施\r\n"
        + "".join(measure.format(what) for what in ("教师迟到", "乱收资料费", "食堂不洁")),
        "K014/台账.csv": issues(good.replace("王某", "全体教师")),
        "K015/台账.csv": issues(good.replace("王某", "xx")),
        "K016/名册.csv": "单位名称,学段\r\n鹭垸县第一中学,初中\r\n",
        "K016/台账.csv": "学校名称,问题描述,整改措施\r\n"
        + "鹭垸县第一中学,教师迟到,按蓝田县教育局要求整改\r\n鹭垸县第一中学,食堂不洁,参照蓝田县的办法清洗\r\n",
        "K017/台账.csv": issues(good, good.replace("食堂留样不规范", "门窗破损")),
        "K018/台账.csv": "学校名称,问题描述,发现时间,来源\r\n"
        + twin.format("食堂饭菜不熟，学生拉肚子", "03", "热线")
        + twin.format("食堂饭菜经常不熟，学生拉肚子", "06", "信访"),
        "K020/台账.csv": counted + "".join(f"{i},第一中学,第{i}号材料,1\r\n" for i in (1, 2, 3, 4, 8)),
        "K021/台账.csv": counted
        + "".join(f"{i},第一中学,第{i}号材料,1\r\n" for i in (1, 2, 3, 3, 4)).replace("3号", "三号", 1),
        "K022/台账.csv": counted + "1,第一中学,总结,2\r\n2,第二中学,总结,3\r\n合计,,,6\r\n",
        "K023/名册.csv": ROSTER,
        "K024/名册.csv": ROSTER,
        "K024/第一中学（改）.csv": returned.format("第一中学").replace("杂物", "桌椅"),
        "K026/追责.csv": sanction().replace("王某", ""),
        "K027/追责.csv": "单位,姓名,处理方式,处理时间,撤销时间\r\n第一中学,王某,通报批评,2012-05-08,2012-03-01\r\n",
        "K028/名册.csv": ROSTER,
        "K028/第一中学5月台账.csv": returned.format("第二中学"),
        "K030/台账.csv": "学校名称,问题描述,责任人\r\n"
        + "".join(f"第一中学,第{i}间教室灯管损坏,全体教师\r\n" for i in range(202)),
        "K031/任务台账.csv": "工作方面,任务,计量单位,目标,完成,期限,责任股室\r\n"
        + "教育保障,新增城区学位,个,600,400,2013-12-31,基建股\r\n教育保障,新增城区学位,个,600,600,2013-12-31,计财股\r\n",
    }
    for code, units in (
        ("K023", ("第一中学", "第二中学", "中心小学")),
        ("K024", ("第一中学", "第二中学", "实验小学")),
        ("K025", ("第一中学", "第二中学", "实验小学")),
    ):
        texts |= {f"{code}/{unit}.csv": returned.format(unit) for unit in units}
    texts["K023/名册.csv"] += "中心小学,小学,\r\n"
    return {name: text.encode() for name, text in texts.items()}


def waiver(**cells: str) -> str:
    """Return a 豁免.yaml of one waiver; a cell of "" leaves the key out."""
    fixed = {"代码": "K001", "单位": "第一中学", "理由": "已当面说明", "批准人": "周某", "有效期至": "2099-12-31"}
    lines = [f"    {name}: {text}" for name, text in {**fixed, **cells}.items() if text]
    return "豁免:\n  -" + "\n".join(lines)[3:] + "\n"


def waiver_files() -> dict[str, bytes]:
    """Return the files of the codes of 豁免."""
    waivers = {
        "K040": waiver(),
        "K041": waiver(有效期至="2012-05-31"),
        "K042": waiver(单位=""),
        "K043": waiver(代码="K99"),
        "K044": waiver(位置="台账.csv ▸ E2"),
    }
    ledger = issues("1,第一中学,食堂留样不规范,2012-05-03,王某,2012-05-20,已整改,2012-05-10")
    texts = {f"{code}/台账.csv": ledger for code in waivers}
    texts |= {f"{code}/豁免.yaml": text for code, text in waivers.items()}
    return {name: text.encode() for name, text in texts.items()}


def exchange_files() -> dict[str, bytes]:
    """Return the files of the codes of merging, splitting and comparing, each with its command."""
    head = "学校名称,编号,问题描述,整改情况,备注\r\n"
    row = "{},{},{},{},{}\r\n".format
    merge, split = "zyw merge . -o 总台账.xlsx\n", "zyw split 台账.csv -o 分发\n"
    good = head + row("第一中学", "A1", "迟到两人", "已整改", "")
    many = "".join(row("第一中学", "2012-001", f"迟到{i}人", "已整改", "") for i in range(101))
    roster = "学校名称,学段\r\n第一中学,初中\r\n第二中学,初中\r\n"
    dated = "2012年台账\r\n学校名称,问题描述,检查日期\r\n第一中学,迟到,4月2日\r\n"
    texts = {
        "X001/a.csv": good,
        "X001/b.csv": "序号," + head + "1," + row("第一中学", "A1", "迟到两人", "已整改", ""),
        "X001/command.txt": merge,
        "X002/a.csv": good,
        "X002/b.csv": good.replace("已整改", "正在整改"),
        "X002/command.txt": merge,
        "X004/台账.csv": dated,
        "X004/command.txt": merge,
        "X005/台账.csv": head + row("第一中学", "A1", "迟到两人", "已整改", "家长电话13800138000"),
        "X005/command.txt": merge,
        "X006/台账.csv": head + row("第一中学", "A1", "字" * 40_000, "已整改", ""),
        "X006/command.txt": merge,
        "X007/名册.csv": roster,
        "X007/一中.csv": good,
        "X007/command.txt": merge,
        "X008/一中.csv": good,
        "X008/一中改.csv": good.replace("两人", "三人"),
        "X008/command.txt": merge,
        "X010/台账.csv": good.replace("备注", "").replace("已整改,", "已整改,随手记"),
        "X010/command.txt": merge,
        "X011/名册.csv": roster,
        "X011/command.txt": merge,
        "X012/台账.csv": good,
        "X012/command.txt": split,
        "X013/台账.csv": head + many,
        "X013/command.txt": merge,
        "X021/问题台账.csv": good,
        "X021/追责台账.csv": sanction(),
        "X021/command.txt": "zyw reconcile 问题台账.csv 追责台账.csv\n",
        "X030/command.txt": "zyw form 问题帐 -o 问题.xlsx\n",
        "X031/台账.csv": good,
        "X031/command.txt": "zyw form 问题台账 --roster 台账.csv -o 新表.xlsx\n",
    }
    return {name: text.encode() for name, text in texts.items()}


def scheme_files() -> dict[str, bytes]:
    """Return the folders of the faults that only a scheme's workbook can have."""
    from tests.builders import SCHEMES
    from zyw.located import Table, parse_located
    from zyw.schemebook.writing import scheme_workbook

    tree, _ = parse_located((SCHEMES / "dayuan-2011.yaml").read_text(encoding="utf-8"), "方案.yaml")
    assert isinstance(tree, Table)
    good, _ = scheme_workbook(tree, "dayuan-2011")
    book = part(good, "xl/workbook.xml")
    command = "zyw scheme import 方案.xlsx -o 方案.yaml\n".encode()
    rows = (("编号", "计数", "计数"), ("甲", "行", "批"))
    supposed = "zyw score . --scheme dayuan-2011 --year 2012 --what-if "
    rows_of = {f"{code}/追责台账.csv": sanction().encode() for code in ("C050", "C051", "C052", "C053")}
    tried = {
        "C050/command.txt": f"{supposed}追责台账=撤销\n".encode(),
        "C051/command.txt": f"{supposed}追责台账!行50=撤销\n".encode(),
        "C052/command.txt": f"{supposed}问题台账!行2=撤销\n".encode(),
        "C052/问题台账.csv": "学校名称,编号,检查日期,问题描述\n第一中学,A1,2012-03-01,迟到两人\n".encode(),
        "C053/command.txt": f"{supposed}追责台账!行2=撤销 -o 得分.xlsx\n".encode(),
    }
    made = {
        "P070/方案.xlsx": workbook(),
        "P071/方案.xlsx": workbook(rows, "规则"),
        "P072/方案.xlsx": patched(good, {"xl/workbook.xml": book.replace("处理权限".encode(), "处理权利".encode())}),
        "P073/方案.xlsx": formula(workbook((("编号", "计数"), ("甲", "行")), "规则")),
    }
    return made | rows_of | tried | {f"{name.split('/')[0]}/command.txt": command for name in made}


TRIAL: Final = """方案: {编号: 试行, 名称: 某镇试行方案, 发文机关: 某镇教育办, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
规则: [{编号: 检查, 依据: 一, 数据: 问题台账, 计数: 行, 每次: -2}]
办理:
"""


def handling_files() -> dict[str, bytes]:
    """Return the folders of what `zyw overdue` tells."""
    head = "学校名称,问题描述,检查日期,整改时限"
    row = "第一中学,迟到两人,2012-03-01,2012-04-01"
    asked = "zyw overdue 台账.csv --as-of 2012-05-31 --scheme "
    texts = {
        "D001/节假日.csv": "起,止,安排,名称\n2027-02-30,,放假,春节\n",
        "D001/台账.csv": f"{head}\n{row}\n",
        "D002/方案.yaml": f"{TRIAL}  历: 工作日\n",
        "D002/台账.csv": f"{head}\n第一中学,迟到两人,2031-03-03,2031-04-01\n",
        "D002/command.txt": "zyw overdue 台账.csv --as-of 2031-04-08 --scheme 方案.yaml\n",
        "D003/台账.csv": f"{head},延期至,延期理由,延期申请人,延期批准人\n{row},2012-06-30,停工,王某,王某\n",
        "D003/command.txt": f"{asked}dayuan-2011\n",
        "D004/台账.csv": f"{head},延期至\n{row},2012-06-30\n",
        "D004/command.txt": f"{asked}dayuan-2011\n",
        "D005/台账.csv": f"{head},完成日\n{row},2012-03-20\n",
        "D005/command.txt": f"{asked}dayuan-2011\n",
        "D006/台账.csv": f"{head}\n{row}\n",
        "D006/command.txt": "zyw overdue 台账.csv --as-of 2012-05-31\n",
        "D007/方案.yaml": f"{TRIAL}  状态: [{{名称: 整改中, 依据: 一}}, {{名称: 已销号, 依据: 一, 算: 销号}}]\n",
        "D007/台账.csv": f"{head},状态\n{row},快好了\n",
        "D007/command.txt": f"{asked}方案.yaml\n",
        "P040/方案.yaml": f"{TRIAL}  预警:\n"
        "    - {名称: 蓝色预警, 依据: 一, 颜色: 蓝, 逾期天数: {至少: 1, 至多: 7}}\n"
        "    - {名称: 黄色预警, 依据: 一, 颜色: 黄, 逾期天数: {至少: 7}}\n",
        "P040/command.txt": "zyw scheme check 方案.yaml\n",
    }
    return {name: text.encode() for name, text in (texts | process_files()).items()}


LAWFUL: Final = """方案: {编号: 试行, 名称: 某镇试行方案, 发文机关: 某镇教育办, 发文日期: 2012-01-01, 考核期: 自然年, 基础分: 100}
职务层级: {主要领导: [校长], 教师: [教师], 其他: 教师}
处理方式: [{名称: 诫勉谈话, 依据: 一}]
"""
DECIDED: Final = "规则: [{编号: 追责, 依据: 一, 数据: 追责台账, 计数: 案件, 每次: -2}]\n"


def process_files() -> dict[str, str]:
    """Return the folders of what due process asks of sanctions and of schemes."""
    steps = "程序: [{步骤: 送达, 依据: 二, 列: 送达时间}, {步骤: 提醒谈话, 依据: 二, 列: 提醒日期, 空白: 提醒}]\n"
    score = "zyw score . --scheme 方案.yaml --year 2012\n"
    roster = "单位名称,学段\n第一中学,初中\n"
    head, row = "单位,姓名,职务,处理方式,处理时间", "第一中学,张三,教师,诫勉谈话,2012-04-02"
    check = "zyw scheme check 方案.yaml\n"
    freed = "第一中学,张三,教师,容错免责,2012-04-02"
    made = {
        "C040/追责台账.csv": f"{head}\n{row}\n",
        "C041/追责台账.csv": f"{head},送达时间,提醒日期\n{row},2012-04-05,\n",
        "C043/追责台账.csv": f"{head},申请复核日\n{row},2012-04-20\n",
        "C044/追责台账.csv": f"{head},事由\n{freed},\n",
    }
    for code in ("C040", "C041", "C043", "C044"):
        free = "免责: [{名称: 容错免责, 依据: 三, 须写理由: 是}]\n" if code == "C044" else ""
        made[f"{code}/方案.yaml"] = LAWFUL + DECIDED + (steps if code in ("C040", "C041") else free)
        made[f"{code}/名册.csv"], made[f"{code}/command.txt"] = roster, score
    last = "规则: [{编号: 末位, 依据: 一, 数据: 名次, 条件: {倒数名次: {至多: 1}}, 计数: 单位, 后果: "
    made["P043/方案.yaml"] = f"{LAWFUL}{last}[{{对象: 个人, 内容: 诫勉谈话}}]}}]\n"
    made["P039/方案.yaml"] = LAWFUL + DECIDED + "程序: [{步骤: 决定文书, 依据: 二, 列: 文号, 次序: 不早于决定}]\n"
    return made | {"P043/command.txt": check, "P039/command.txt": check}


def formula(data: bytes) -> bytes:
    """Return a workbook whose cell B2 holds a formula without a value."""
    sheet = part(data, SHEET)
    at = sheet.index(b'<c r="B2"')
    end = sheet.index(b"</c>", at) + 4
    return patched(data, {SHEET: sheet[:at] + b'<c r="B2"><f>A2</f></c>' + sheet[end:]})


def main() -> None:
    """Write every file."""
    every = {
        **files(),
        **cell_files(),
        **check_files(),
        "L024/台账.xlsx": merged_measures(),
        **{name: text.encode() for name, text in elements().items()},
        **waiver_files(),
        **exchange_files(),
        **return_files(),
        **scheme_files(),
        **handling_files(),
    }
    for name, data in every.items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
