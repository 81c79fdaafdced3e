"""How a care case is said and stands in a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs.asking.asked import Asked
from dialogs.asking.stretches import spoken
from dialogs.asking.told import Told, say, table
from dialogs.reply import Chart, Table
from storage.questions.care import Case

DAY = 24 * 60 * 60


def history(asked: Asked, case: Case) -> str:
    """One case from its report to where it stands."""
    reported = datetime.fromisoformat(case.reported_at)
    days = (asked.now - reported).days
    by = say(asked, "reported_by", name=case.reported_by) if asked.fits("who_reported") else ""
    key = "history_visited" if case.visits else "history_taken" if case.taken_by else "history_reported"
    return by + say(
        asked, key, who=case.who, trigger=say(asked, case.trigger), day=case.reported_at[5:10], by=case.taken_by,
        visitor=case.visited_by or say(asked, "somebody"), visited=case.visited_at[5:10], visits=case.visits, days=days,
        closed=say(asked, "and_closed") if case.over else "",
    )  # fmt: skip


def line(asked: Asked, case: Case) -> str:
    """One case in a list."""
    return say(
        asked,
        "line",
        who=case.who,
        trigger=say(asked, case.trigger),
        day=case.reported_at[5:10],
        state=_state(asked, case),
    )


def _state(asked: Asked, case: Case) -> str:
    key = (
        "closed" if case.over else case.state if case.state == "visited" else "taken" if case.taken_by else "not_taken"
    )
    return say(asked, key)


def cases_table(asked: Asked, cases: Sequence[Case]) -> Table:
    """The cases of an answer."""
    return table(
        asked,
        "cases",
        [
            (
                case.number, case.who, say(asked, case.trigger), _moment(case.reported_at), _moment(case.due_at),
                _state(asked, case), case.taken_by, case.said,
            )
            for case in cases
        ],
    )  # fmt: skip


def waiting_chart(asked: Asked, cases: Sequence[Case]) -> Chart | None:
    """How many days each case has waited."""
    waiting = [case for case in cases if case.waits]
    if len(waiting) < 2:
        return None
    days = tuple(
        round((asked.now - datetime.fromisoformat(case.reported_at)).total_seconds() / DAY, 1) for case in waiting
    )
    unit = say(asked, "unit_days")
    return Chart(say(asked, "chart_waiting"), unit, tuple(case.who for case in waiting), ((unit, days),))


def listed(asked: Asked, cases: Sequence[Case], key: str, none: str = "") -> Told:
    """Cases one after another, the first few of them said; `none` says that there is none in words of its own."""
    names = tuple(dict.fromkeys(case.who for case in cases))
    period = spoken(asked.stretch, asked.now) if asked.stretch and key == "reported" else say(asked, "recently")
    lines = "；".join(line(asked, case) for case in cases[:4])
    if len(cases) > 4:
        lines = say(asked, "and_more", names=lines, count=len(cases))
    said = say(asked, f"list_{key}" if cases else f"none_{none or key}", period=period, count=len(cases), cases=lines)
    return Told(said, cases_table(asked, cases), names, waiting_chart(asked, cases), "care_case", keys(cases))


def _moment(at: str) -> str:
    """Day and time as a table has room for them: 11-25 14:30."""
    return at[5:16].replace("T", " ")


def keys(cases: Sequence[Case]) -> tuple[int, ...]:
    """The keys of cases."""
    return tuple(case.id for case in cases)
