"""How far it is, on a terminal or a line a fault; and tables."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from benchmarks.chaos.plan import Fault


class Shown:
    """A bar, and a line for each fault."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def say(self, seconds: float, published: int, fault: Fault | None) -> None:
        """What goes wrong now, after so long."""
        what = "no more faults" if fault is None else _named(fault)
        text = f"{published:,} published"
        self._progress.update(self._task, completed=seconds, description=text)
        self._progress.console.print(f"{int(seconds) // 60:3}:{int(seconds) % 60:02} {what}")

    def note(self, text: str) -> None:
        """What is waited for."""
        self._progress.update(self._task, description=text)

    def step(self) -> None:
        """One more of what the bar counts."""
        self._progress.advance(self._task)


@contextmanager
def show(console: Console, total: float) -> Iterator[Shown]:
    """A bar up to `total`."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        yield Shown(progress, progress.add_task("", total=total))


def table(console: Console, title: str, counts: Mapping[str, int]) -> None:
    """Counts by name."""
    rows = Table(title=title, show_header=False, title_justify="left")
    for name, count in counts.items():
        rows.add_row(name, f"{count:,}")
    console.print(rows if counts else f"{title}: none")


def _named(fault: Fault) -> str:
    if fault.kind in ("kill", "terminate", "zombie"):
        return f"{fault.kind} worker {fault.worker + 1}"
    if fault.kind == "clock":
        return f"clock of worker {fault.worker + 1} by {fault.seconds:+,.1f} s"
    return fault.kind
