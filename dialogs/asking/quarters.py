"""Dues by quarters: which are meant, how they are called, and how they stand in a table and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs.asking.asked import Asked
from dialogs.asking.stretches import Stretch, before_that
from dialogs.asking.told import say, table
from dialogs.money import say_quarter, say_yuan
from dialogs.reply import Chart, Table
from storage.dues import quarter_of, quarters
from storage.questions.dues import Due


def quarters_of(asked: Asked) -> list[str]:
    """The quarters that were said, or this one."""
    if asked.stretch is None:
        return [quarter_of(asked.now)]
    return between(Stretch(asked.stretch.start, min(asked.stretch.end, max(asked.now, asked.stretch.start))))


def between(stretch: Stretch) -> list[str]:
    """The quarters of a stretch."""
    return quarters(quarter_of(stretch.start), quarter_of(stretch.end))


def before(wanted: Sequence[str]) -> list[str]:
    """As many quarters before these."""
    return between(before_that(Stretch(_start_of(wanted[0]), _end_of(wanted[-1]))))


def known(asked: Asked) -> list[str]:
    """The quarters of this year and the last."""
    return quarters(f"{asked.now.year - 1}Q1", quarter_of(asked.now))


def called(wanted: Sequence[str]) -> str:
    """One quarter by its name, several from the first to the last."""
    named_ = [say_quarter(quarter) for quarter in (wanted[0], wanted[-1])]
    return named_[0] if len(wanted) == 1 else f"{named_[0]}—{named_[1]}"


def progress(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Chart:
    """What is asked beside what came in, quarter by quarter."""
    owed = tuple(sum(line.due_fen for line in lines if line.quarter == quarter) / 100 for quarter in wanted)
    paid = tuple(
        sum(line.paid_fen for line in lines if line.quarter == quarter and line.state != "open") / 100
        for quarter in wanted
    )
    labels = tuple(say_quarter(quarter) for quarter in wanted)
    series = ((say(asked, "due_bar"), owed), (say(asked, "paid_bar"), paid))
    return Chart(say(asked, "chart_dues"), say(asked, "unit_yuan"), labels, series)


def lines_table(asked: Asked, lines: Sequence[Due]) -> Table:
    """Whose dues, of which quarter, and how they stand."""
    return table(
        asked,
        "dues",
        [
            (
                line.name, line.quarter, say_yuan(line.due_fen) if line.due_fen else "",
                say_yuan(line.paid_fen) if line.paid_fen else "", say(asked, f"state_{line.state}"), line.paid_at[:10],
            )
            for line in lines
        ],
    )  # fmt: skip


def keys(lines: Sequence[Due]) -> tuple[int, ...]:
    """Keys of the rows that are written."""
    return tuple(line.id for line in lines if line.id)


def _start_of(quarter: str) -> datetime:
    return datetime(int(quarter[:4]), int(quarter[-1]) * 3 - 2, 1)


def _end_of(quarter: str) -> datetime:
    month = int(quarter[-1]) * 3
    return datetime(int(quarter[:4]), month, 31 if month in (3, 12) else 30)
