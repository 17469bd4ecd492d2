"""What rules have to do with each other, and the journal's rows: moved points, then what limits take back."""

from zyw.rowset import RowSet
from zyw.ruling.judgement import Judgement
from zyw.ruling.limits import apply_limits, settled
from zyw.ruling.relations import Piece, drop_known_facts, keep_highest
from zyw.ruling.run import Run


def give_way(run: Run, pieces: list[Piece]) -> None:
    """Settle what rules of several tables have to do with each other (in place): 同案不重计, then 取最高 of a 限额."""
    by_rule = {piece.rule.id: at for at, piece in enumerate(pieces)}
    for at, piece in enumerate(list(pieces)):
        earlier = [pieces[by_rule[name]] for name in piece.rule.not_if if name in by_rule]
        if earlier:
            pieces[at] = drop_known_facts(run, piece, earlier)
    for group in run.scheme.together:
        mine = [at for at, piece in enumerate(pieces) if piece.rule.id in group.rules]
        if group.highest and mine:
            told = f"“{group.name}”：同一{group.highest}只计分值最大的一次"
            kept = keep_highest(run, [pieces[at] for at in mine], group.highest, told)
            for at, piece in zip(mine, kept, strict=True):
                pieces[at] = piece


def book(run: Run, found: Judgement) -> None:
    """Book what the rules moved, then what their limits take back, then those of several rules together."""
    cut: dict[str, list[RowSet]] = {}
    for piece in found.pieces:
        rule = piece.rule
        run.book(piece.rows, (rule.id, rule.clause, piece.place))
        cut[rule.id] = apply_limits(run, [piece], rule.limits, (rule.id, rule.clause, piece.place))
        found.extra += [(rule.item, rows) for rows in cut[rule.id]]
    for at, group in enumerate(run.scheme.together):
        pieces = [piece for piece in found.pieces if piece.rule.id in group.rules]
        left = [settled(piece, rows) for piece in pieces for rows in cut[piece.rule.id]]
        items = {piece.rule.item for piece in pieces}
        named = (group.name, group.clause, len(run.scheme.rules) + 1 + at)
        rows = apply_limits(run, [*pieces, *left], group.limits, named)
        found.extra += [(items.pop() if len(items) == 1 else "", each) for each in rows]
