"""Norms that a scheme cites against what is known of them (P020 repealed, P031 revised or not verified)."""

from collections.abc import Iterator

from zyw.decoding import Fields
from zyw.lints.norms import IN_FORCE, REPEALED, find_norm
from zyw.problems import Problem, Verbatim, problem


def check_norms(fields: Fields) -> Iterator[Problem]:
    """Tell of each cited norm that is not what it was, unless the scheme says that it knows (现状)."""
    for each in fields.get("引用文件", ()):
        norm = find_norm(each.get("名称"))
        if norm is None or each.get("现状") or norm.status == IN_FORCE:
            continue
        code = "P020" if norm.status == REPEALED and norm.verified else "P031"
        told = norm.told if norm.verified else f"{norm.told}（未核实）"
        yield problem(code, each.at("名称"), 名称=each.get("名称"), 现状=Verbatim(told))
