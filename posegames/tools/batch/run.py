"""A batch: every source to results of its own, several at once; what is done already is left as it is."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from posegames.errors import PosegamesError, UsageError
from posegames.seeing.cores import cores
from posegames.tools.batch.crew import Crew, Job
from posegames.tools.batch.finding import Item, Passed, shown
from posegames.tools.batch.jobs import Order, Outcome, ProbeJob, TrackJob, kind_of
from posegames.tools.batch.journal import Entry, Journal, stamp

MOST_JOBS = 8
"""Processes at once where nobody says how many: each takes some 200 MB."""

State = Literal["done", "done before", "done in part", "failed", "passed over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of one source."""

    source: str
    """As it may be shown."""
    state: State
    files: tuple[str, ...] = ()
    """The results, below the folder."""
    figures: dict[str, int] = field(default_factory=dict)
    """Frames, players, poses, dropped."""
    why: str = ""
    """What went wrong, and what to do."""
    short: str = ""
    """The same in brief."""
    bad: bool = False
    """Whether something of it was lost."""


Watch = Callable[[float, float, str], None]
"""Hears how many frames are tracked, of how many (some guessed), and in a few words what is at work."""


def usual_jobs(sources: int) -> int:
    """Return how many processes work at once where nobody says: one a core, a source each."""
    return max(1, min(cores(), sources, MOST_JOBS))


def run(
    found: Sequence[Item | Passed],
    journal: Journal,
    order: Order,
    *,
    jobs: int | None = None,
    again: bool = False,
    watch: Watch,
) -> Generator[Row]:
    """Track all that was `found` into the journal's folder, and yield what became of each, as it is known.

    `jobs` processes share the cores (default: see `usual_jobs`), fewer where there is less to do.
    Closed early, or by Ctrl-C, it ends its processes; what was done until then is whole, the rest not there.
    Raises OSError where the folder cannot be written.
    """
    yield from (
        Row(source=shown(one.path), state="passed over", why=f"{one.why}.", short=one.why, bad=one.bad)
        for one in found
        if isinstance(one, Passed)
    )
    batch = _Batch(journal, order, watch)
    items = [one for one in found if isinstance(one, Item)]
    for item in items:
        if (row := batch.before(item, again=again)) is not None:
            yield row
    count = max(1, min(jobs or usual_jobs(batch.left), batch.left))
    with Crew(count, cores=max(1, cores() // count)) as crew:
        yield from batch.probed(crew)
        yield from batch.tracked(crew)


class _Batch:
    """What is still to be done, and how far it is."""

    def __init__(self, journal: Journal, order: Order, watch: Watch) -> None:
        self._journal, self._order, self._watch = journal, order, watch
        self._digest = order.digest
        self._waiting: list[Item] = []
        self._sources: set[Path] = set()
        """Files that no result may take the place of."""
        self._lengths: dict[str, int | None] = {}
        self._done: dict[str, float] = {}
        """Frames of each, tracked so far."""
        self._words: dict[str, str] = {}
        """What is at work, and where."""

    @property
    def left(self) -> int:
        """How many sources are not done."""
        return len(self._waiting)

    def before(self, item: Item, *, again: bool) -> Row | None:
        """Return the row of an item that is done already; keep the others for later."""
        self._sources.add(Path(item.key))
        mark = stamp(Path(item.spec))
        entry = None if again else self._journal.finished(item.key, options=self._digest, source=mark)
        if entry is None:
            self._waiting.append(item)
            return None
        return _row(item, "done before", entry)

    def probed(self, crew: Crew) -> Iterator[Row]:
        """Ask all that waits how long it is, and yield rows of what cannot be opened."""
        items = {item.spec: item for item in self._waiting}
        for number, (job, length) in enumerate(
            crew.work([ProbeJob(spec, self._order) for spec in items]), start=1
        ):
            if isinstance(length, PosegamesError):
                self._waiting.remove(items[job.name])
                yield _failed(items[job.name], length)
            else:
                self._lengths[job.name] = length
            self._watch(0.0, 0.0, f"looking at {number}/{len(items)} sources")

    def tracked(self, crew: Crew) -> Iterator[Row]:
        """Track all that waits, the longest first, so that none is left over for the end."""
        jobs, plans = [], dict[str, _Plan]()
        for number, item in enumerate(self._waiting):
            endings = self._order.fitting(item.spec)
            if not endings:
                what = f"{', '.join(self._order.forms)}: nothing of that can be made of a {kind_of(item.spec)}."
                yield _failed(item, UsageError(what, now="Choose another --format."))
                continue
            name = self._journal.name(item.key, item.wish, list(endings.values()), avoid=self._sources)
            folder = self._journal.scratch / str(number)
            parts = {form: folder / f"results{ending}" for form, ending in endings.items()}
            jobs.append(TrackJob(item.spec, tuple(parts.items()), self._order))
            files = {name + ending: parts[form] for form, ending in endings.items()}
            plans[item.spec] = _Plan(item, name, files, stamp(Path(item.spec)))
        jobs.sort(key=lambda job: -(self._lengths[job.spec] or 0))
        for job, outcome in crew.work(jobs, self._heard):
            plan = plans[job.name]
            self._words.pop(job.name, None)
            if isinstance(outcome, PosegamesError):
                self._lengths[job.name] = self._done[job.name] = 0
                row = _failed(plan.item, outcome)
            else:
                self._lengths[job.name] = self._done[job.name] = outcome.tracked.frames
                row = self._publish(plan, outcome)
            self._tell()
            yield row

    def _publish(self, plan: _Plan, outcome: Outcome) -> Row:
        tracked = outcome.tracked
        entry = Entry(
            name=plan.name,
            options=self._digest,
            source=plan.mark,
            figures={
                "frames": tracked.frames,
                "players": tracked.players,
                "poses": tracked.poses,
                "dropped": outcome.dropped,
            },
            note=outcome.note,
        )
        return _row(plan.item, "done", self._journal.publish(plan.item.key, entry, plan.files), outcome.words)

    def _heard(self, job: Job[Any], words: str, share: float | None) -> None:
        self._words[job.name] = words
        if share is not None:
            self._done[job.name] = share * (self._lengths.get(job.name) or 0)
        self._tell()

    def _tell(self) -> None:
        known = [length for length in self._lengths.values() if length is not None]
        unknown = len(self._lengths) - len(known)
        whole = sum(known) + unknown * (sum(known) / len(known) if known else 1.0)
        self._watch(sum(self._done.values()), whole, ", ".join(shown(Path(spec).name) for spec in self._words))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to become of a source."""

    item: Item
    name: str
    files: dict[str, Path]
    mark: str


def _row(item: Item, state: State, entry: Entry, words: str = "") -> Row:
    return Row(
        source=item.label,
        state="done in part" if entry.note and state == "done" else state,
        files=tuple(entry.files),
        figures=dict(entry.figures),
        why=" ".join(filter(None, (entry.note, words))),
        short=entry.note,
        bad=bool(entry.note),
    )


def _failed(item: Item, error: PosegamesError) -> Row:
    short = error.why or error.what
    if short.startswith("(") and short.find(")") == len(short) - 1:
        short = short[1:-1]
    return Row(source=item.label, state="failed", why=str(error), short=short, bad=True)
