"""The results of a month, one function a step of `zyw.agenda.steps`: each gives its files and what it found doubtful.

`told` are the problems of the steps before; a step returns only problems that nobody has told yet.
"""

from dataclasses import replace

from zyw.month.materials import Made, Month
from zyw.problems import Problem

Problems = tuple[Problem, ...]


def ranking(month: Month, told: Problems) -> Made:
    """Return the ranked workbook."""
    from zyw import outputs

    del told
    return {"排名.xlsx": outputs.ranking(month.result, "排名.xlsx", month.level("排名"))}, ()


def tallies(month: Month, told: Problems) -> Made:
    """Return the tables beyond scores, nothing where no table was given to count."""
    from zyw import outputs

    del told
    return outputs.tally_files(month.result, outputs.tallies_of(month.result), month.level("统计表")), ()


def docket(month: Month, told: Problems) -> Made:
    """Return what is due, overdue, closable and wrongly closed; nothing where neither issues nor tasks were given."""
    from zyw.handling.book import docket_workbook
    from zyw.handling.docket import docket as looked_through

    ledger, span = month.result.ledger, month.result.span
    if not _handled(month):
        return {}, ()
    found, doubts = looked_through(ledger, month.result.scheme, span.as_of)

    def place(origin: int) -> str:
        return str(ledger.origins.locate(origin))

    made = docket_workbook(found, place, month.level("督办"), ledger.missing_inputs)
    return {"督办.xlsx": made}, _untold(month, told, doubts)


def board(month: Month, told: Problems) -> Made:
    """Return the board."""
    from zyw import outputs

    del told
    return outputs.board(month.facts, month.level("看板"), month.desk.office), ()


def bulletin(month: Month, told: Problems) -> Made:
    """Return the bulletin, and what is doubtful in its template."""
    return _papers(month, told, "monthly", "督查通报")


def notices(month: Month, told: Problems) -> Made:
    """Return the score notice of each unit, in a folder of their own."""
    return _papers(month, told, "unit", "得分告知单", folder=True)


def urgings(month: Month, told: Problems) -> Made:
    """Return the list of what is urged; nothing where neither issues nor tasks were given."""
    return _papers(month, told, "urge", "催办清单") if _handled(month) else ({}, ())


def pressings(month: Month, told: Problems) -> Made:
    """Return the 督办通知单 of each unit that something is overdue or due soon at."""
    return _papers(month, told, "notice", "督办通知单", folder=True) if _handled(month) else ({}, ())


def rectification(month: Month, told: Problems) -> Made:
    """Return 整改台账, 销号清单 and 整改报告, the units' own in a folder; nothing where no issues were given."""
    if "问题台账" not in month.result.ledger.given:
        return {}, ()
    return _papers(month, told, "rectification", "整改")


def survey(month: Month, told: Problems) -> Made:
    """Return the survey's workbook, nothing where no survey was handed in."""
    from zyw.surveying import month_poll, surveyed, workbook

    wanted, result = month.wanted, month.result
    if "测评" not in result.ledger.given:
        return {}, ()
    poll = month_poll(month.place, result.scheme)
    done = surveyed(wanted.inputs, poll, quiet=wanted.quiet, limit=wanted.limit)
    made = workbook(done, result.span.as_of, month.level("测评"))
    return {"测评.xlsx": made}, _untold(month, told, done.problems)


def data(month: Month, told: Problems) -> Made:
    """Return all scores and places for programs."""
    from zyw import outputs

    del told
    return {"得分.json": outputs.json_bytes(outputs.ranked_payload(month.result))}, ()


def findings(month: Month, told: Problems) -> Made:
    """Return the list of findings: those of the checks and those that the steps before told."""
    from zyw import checklist

    checks = replace(month.checks, problems=(*month.checks.problems, *told))
    return {"问题清单.xlsx": checklist.findings(checks, month.result.span.as_of)}, ()


def _handled(month: Month) -> bool:
    return bool(month.result.ledger.given & {"问题台账", "任务台账"})


def _papers(month: Month, told: Problems, key: str, step: str, *, folder: bool = False) -> Made:
    """Return the files of a paper, each form at its own level unless 密级 says otherwise for the step."""
    from zyw import paperwork

    files, doubts = paperwork.papers(key, month.facts, month.desk, month.levels.get(step))
    inside = f"{step}/" if folder else ""
    return {f"{inside}{name}": content for name, content in files.items()}, _untold(month, told, doubts)


def _untold(month: Month, told: Problems, doubts: Problems) -> Problems:
    known = {(p.code, p.place, p.message) for p in (*month.checks.problems, *told)}
    return tuple(p for p in doubts if (p.code, p.place, p.message) not in known)
