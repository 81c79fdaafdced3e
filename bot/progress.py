"""Progress bars at the terminal; on a pipe, a plain line when something is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from bot.console import err, tell


class DrawnProgress:
    """Draws one bar a download."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task = TaskID(0)
        self._name = ""

    def start(self, name: str, total_bytes: int) -> None:
        """A download of that many bytes begins."""
        self._name = name
        self._task = self._bars.add_task(tell("fetching", name=name), total=total_bytes)

    def advance(self, bytes_: int) -> None:
        """That many more bytes have arrived."""
        self._bars.advance(self._task, bytes_)

    def done(self) -> None:
        """It is down and right."""
        total = self._bars.tasks[self._task].total
        self._bars.update(self._task, completed=total)
        if not err.is_terminal:
            err.print(f"{self._name} ✓", markup=False)


@contextmanager
def drawn_progress() -> Iterator[DrawnProgress]:
    """Bars on standard error, so that standard output stays clean for machines."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal) as bars:
        yield DrawnProgress(bars)


@contextmanager
def counted(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar for a job of so many steps; the function it hands out is called after each."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal) as bars:
        task = bars.add_task(what, total=total)
        yield lambda: bars.advance(task)


@contextmanager
def measured(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for a job that tells itself how far it is: the function takes the steps done, and of how many."""
    begun = False
    with Progress(console=err, disable=not err.is_terminal) as bars:
        task = bars.add_task(what, total=None)

        def told(done: int, of: int) -> None:
            nonlocal begun
            if not begun and not err.is_terminal:
                err.print(what, markup=False)
            begun = True
            bars.update(task, completed=done, total=of)

        yield told
