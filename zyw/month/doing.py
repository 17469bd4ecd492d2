"""The month: one lock, everything computed, everything written aside, and only then put in place."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from zyw import pipeline, workspace
from zyw.agenda.steps import Step
from zyw.evidence.deciding import Placed, decide, gone
from zyw.evidence.manifest import Manifest, Output, digest, merged
from zyw.month import placing
from zyw.month.lock import locked
from zyw.month.making import Computed, chosen_steps, compute, with_period
from zyw.options import period
from zyw.periods import Period
from zyw.problems import Place, ZywError, problem


@dataclass(frozen=True, slots=True)
class Orders:
    """How a month is to be done: `target` instead of the usual folder, only some steps, only said and not written."""

    target: str | None = None
    overwrite: bool = False
    only: tuple[str, ...] = ()
    dry: bool = False
    wait: float = 0
    tell: Callable[[Step], None] = lambda step: None


@dataclass(frozen=True, slots=True)
class Done:
    """What a run gave and where it lies: what became of each file in `folder`, in the order of reading."""

    computed: Computed
    folder: Path
    placed: tuple[Placed, ...]
    gone: tuple[str, ...] = ()

    @property
    def result(self) -> pipeline.Result:
        """The result with all problems of the run."""
        return self.computed.result

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that the run made, where they lie."""
        return tuple(each.file for each in self.placed)


def run_month(wanted: pipeline.Wanted, orders: Orders) -> Done:
    """Do the whole month of one folder.

    Results stand in `orders.target`, else in the folder's 输出/2012-05. Raises `ZywError`: no such folder (G033), no
    scheme, period or roster (exit 2), an input that could not be read (G030, exit 3), another run (G040, exit 5), a
    result that cannot be put in place, a month that was sealed (exit 4); then nothing has changed.
    """
    root = Path(wanted.inputs[0])
    if not root.is_dir():
        raise ZywError(problem("G033", Place(str(root)), 名称=root.name or str(root)))
    place = workspace.load(root)
    steps = chosen_steps(orders.only, place)
    wanted = with_period(wanted, place)
    base = Path(orders.target) if orders.target else results_of(root, place) / shown_label(wanted)
    placing.check_open(base)
    if orders.dry:
        return _decided(compute(wanted, place, steps, orders.tell), base, orders)[0]
    with locked(Path(orders.target) if orders.target else root, orders.wait):
        placing.check_open(base)
        computed = compute(wanted, place, steps, orders.tell)
        done, manifest = _decided(computed, base, orders)
        placing.check_placed(base, done.placed, computed.result.read)
        placing.put(base, computed.files, done.placed, done.gone, manifest)
    return done


def results_of(root: Path, place: workspace.Workspace | None) -> Path:
    """Return the folder that holds the months of a folder."""
    return place.results if place else root / workspace.RESULTS


def workspace_folder() -> str:
    """Return the workspace that the present folder lies in; raises `ZywError` G041 (exit 2) when there is none."""
    found = workspace.above(Path())
    if found is None:
        raise ZywError(problem("G041"))
    here = Path().resolve()
    return str(found) if found != here else "."


def known_folder(text: str) -> Path:
    """Return the whole path of a workspace; raises `ZywError` G033 (exit 3) for a folder that is not there."""
    folder = Path(text).resolve()
    if not folder.is_dir():
        raise ZywError(problem("G033", Place(text), 名称=folder.name or text))
    return folder


def label_of(wanted: pipeline.Wanted) -> str:
    """Return the name of the period that is asked for, before anything else is known to be right."""
    return shown_label(with_period(wanted, workspace.load(Path(wanted.inputs[0]))))


def shown_label(wanted: pipeline.Wanted) -> str:
    """Return the name of the folder of the period that is asked for."""
    asked = period(wanted.asked)
    assert asked is not None, "a run without a period was given one"
    return label(asked)


def _decided(computed: Computed, base: Path, orders: Orders) -> tuple[Done, Manifest]:
    """Return what becomes of each file, and the manifest when it has become so."""
    former, lying = placing.former_manifest(base), placing.lying(base)
    hashes = {name: digest(content) for name, content in computed.files.items()}
    placed = decide(hashes, former, lying, overwrite=orders.overwrite)
    away = gone(former, placed, computed.steps, lying)
    outputs = merged(_outputs(computed, hashes, placed), former, computed.steps)
    return Done(computed, base, placed, away), Manifest(computed.made_from, outputs)


def _outputs(computed: Computed, hashes: dict[str, str], placed: tuple[Placed, ...]) -> list[Output]:
    """Return the outputs of a run; where one was laid beside a changed file, that file too as zyw would have it."""
    of = computed.made_from.fingerprint
    made = []
    for each in placed:
        step, sha256 = computed.step_of[each.name], hashes[each.name]
        made.append(Output(each.file, sha256, step, of, each.name if each.file != each.name else ""))
        if each.file != each.name:
            made.append(Output(each.name, sha256, step, of))
    return made


def label(period: Period) -> str:
    """Return the name of a period's folder: `2012-05`, `2012Q1`, `2012`, else both days.

    >>> from datetime import date
    >>> label(Period(date(2012, 5, 1), date(2012, 5, 31))), label(Period(date(2012, 1, 1), date(2012, 3, 31)))
    ('2012-05', '2012Q1')
    """
    from zyw.periods import month_of, quarter_of, school_year_of, year_of

    start = period.start
    quarter = f"{start.year}Q{(start.month + 2) // 3}"
    forms = (
        (f"{start:%Y-%m}", month_of(f"{start:%Y-%m}")),
        (quarter, quarter_of(quarter)),
        (str(start.year), year_of(str(start.year))),
        (f"{start.year}学年", school_year_of(str(start.year))),
    )
    named = (name for name, found in forms if found == period)
    return next(named, f"{start}至{period.end}")
