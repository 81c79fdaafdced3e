"""Two sides of a comparison of attendance: counted, said, and drawn beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.asking.asked import Asked
from dialogs.asking.rolls import CHOSEN, agreeing, is_state, state_of
from dialogs.asking.sessions_told import percent
from dialogs.asking.told import BESIDE, Told, say, table
from dialogs.reply import Chart
from storage.questions.attendance import Line

COMPARED = (
    *CHOSEN, BESIDE, "beside", "compare", "which_more", "each_session", "year_ago", "higher_than", "each_gender",
    "which_session",
)  # fmt: skip
"""Cues that two sides beside each other heed."""


@dataclass(frozen=True)
class Side:
    """One of two things that are compared."""

    label: str
    """What it is called."""
    held: int
    """How many sessions."""
    came: int
    """How many came, or were missing where that is asked, over all of them."""
    called: int
    """How many were called, over all of them."""

    @property
    def mean(self) -> float:
        """How many came to a session."""
        return self.came / self.held


def counted_side(asked: Asked, lines: Sequence[Line], held: int, label: str) -> Side:
    """A side of so many sessions and these lines of their roll calls."""
    return Side(label, held, sum(is_state(line, state_compared(asked)) for line in lines), len(lines))


def state_compared(asked: Asked) -> str:
    """Whether those are compared who came, or those who were missing in one way or the other."""
    return "attended" if asked.has("rate") else state_of(asked)


def beside(asked: Asked, sides: Sequence[Side]) -> Told:
    """The one that is more first in the sentence's key; by share where that is asked."""
    now, before = sides
    if not now.held or not before.held:
        empty = before.label if now.held else now.label
        return Told(say(asked, "nothing_to_compare", period=empty), answered=False)
    rate = asked.has("rate")
    one, other = ((percent(each.came, each.called) if rate else each.mean) for each in sides)
    key = "more" if one > other else "fewer" if one < other else "as_many"
    whole = rate or all(each.held == 1 for each in sides)
    shown = [f"{value:.0f}" if whole else f"{value:.1f}" for value in (one, other, abs(one - other))]
    if asked.fits("how_often_held") and not rate:
        return _held_beside(asked, sides)
    state = state_compared(asked)
    kind = "_rate" if rate else "_once" if whole else ""
    if state != "attended":
        kind, shown = "_missing", [str(each) for each in (now.came, before.came, abs(now.came - before.came))]
        key = "more" if now.came > before.came else "fewer" if now.came < before.came else "as_many"
    said = say(
        asked, f"{key}{kind}", period=now.label, before=before.label, mean=shown[0], mean_before=shown[1],
        difference=shown[2], what=say(asked, f"were_{state}"),
    )  # fmt: skip
    rows = [(each.label, each.held, each.came, f"{each.mean:.1f}") for each in sides]
    bars = tuple(round(each.mean, 1) for each in reversed(sides))
    title, unit = say(asked, "chart_mean"), say(asked, "unit_people")
    labels = tuple(each.label for each in reversed(sides))
    heeded = (*COMPARED, *agreeing(state), "rate" if rate else state)
    chart = Chart(title, unit, labels, ((unit, bars),)) if state == "attended" else None
    return Told(said, table(asked, "compare", rows), (), chart, heeds=heeded)


def _held_beside(asked: Asked, sides: Sequence[Side]) -> Told:
    """那跟去年十月比呢, after 十月开了几次会: how many sessions each side had."""
    one, other = (each.held for each in sides)
    key = "more" if one > other else "fewer" if one < other else "as_many"
    said = say(
        asked, f"{key}_held", period=sides[0].label, before=sides[1].label, count=one, count_before=other,
        difference=abs(one - other),
    )  # fmt: skip
    rows = [(each.label, each.held, each.came, f"{each.mean:.1f}") for each in sides]
    return Told(said, table(asked, "compare", rows), heeds=(*COMPARED, "how_often_held"))
