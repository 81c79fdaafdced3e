"""Who came, who did not, how often, and whether more or fewer than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from dialogs.asking import attended, comparing, counting, sessions_told, signing_up, since
from dialogs.asking.asked import Asked
from dialogs.asking.rolls import CHOSEN, STATES, agreeing, chosen_sessions, day_said, is_state, lines_of, roll, state_of
from dialogs.asking.stretches import Stretch, spoken
from dialogs.asking.told import Told, heeds, named, say, table
from storage.questions import Asker
from storage.questions.attendance import Line
from storage.sessions import Session


def answer(asked: Asked, db: Database, asker: Asker) -> Told:
    """Answer from the roll calls, or from the list of what is to come."""
    if asked.has("not_kept"):
        near = _of_sessions(asked, db, asker)
        return Told(say(asked, "cannot", near=near.said), near.table, near.names, answered=False)
    if asked.has("signed_up", "left", "waiting", "next") and not asked.has("came_too"):
        return signing_up.answer(asked, db, asker)
    if long := since.stretch_of(asked):
        return counting.never(replace(asked, stretches=(long,)), db, asker)
    if asked.fits("of_whom") and (asked.measured("below") or asked.measured("above")):
        return since.by_share(asked, db, asker)
    if comparing.two_kinds(asked) or asked.has("compare") or (len(asked.stretches) > 1 and asked.fits("beside")):
        return comparing.compared(asked, db, asker)
    if len(asked.people) > 1 and asked.has("most", "least"):
        return counting.ranked(asked, db, asker)
    if asked.people:
        return attended.of_people(asked, db, asker)
    if found := _counted_way(asked):
        return found(asked, db, asker)
    return _of_sessions(asked, db, asker)


def _counted_way(asked: Asked) -> Callable[[Asked, Database, Asker], Told] | None:
    """How it is to be counted over several sessions; None where one session is asked about."""
    if any(asked.number(key) for key in ("in_a_row", "times", "fewer", "only")):
        return counting.so_many
    if asked.has("which_month"):
        return sessions_told.fullest_month
    fullest = asked.has("which_session") or asked.fits("fullest")
    if fullest and asked.has("most", "least"):  # 那次 sounds like 哪次
        return sessions_told.of_each_session
    if asked.fits("nothing_missed"):
        return counting.every_time
    if asked.has("per_head"):
        return counting.per_head
    ways = {
        "never": counting.never, "every_time": counting.every_time,
        "most": counting.ranked, "least": counting.ranked, "rate": sessions_told.rate,
        "each_session": sessions_told.of_each_session,
    }  # fmt: skip
    if way := ways.get(asked.first(*ways)):
        return way
    if asked.fits("ever"):
        return counting.never
    return sessions_told.of_each_session if asked.fits("how_often_held") else None


def _of_sessions(asked: Asked, db: Database, asker: Asker) -> Told:
    """The names of one session, or of those of a stretch."""
    sessions = chosen_sessions(asked, db, asker)
    if not sessions:
        return sessions_told.nothing_held(asked, db, asker)
    if len(sessions) > 1 and asked.fits("none_at_all"):  # 最近三次都没来的
        return counting.never(asked, db, asker)
    lines = lines_of(asked, db, asker, sessions)
    state = state_of(asked)
    if len(sessions) == 1 and asked.fits("each") and sum(asked.has(each) for each in STATES) > 1:
        return _by_state(asked, sessions[0], lines)
    left_out = tuple(each for each in STATES if asked.apart and asked.excepts(each))
    if asked.fits("neither"):  # 没来又没请假
        state, left_out = "absent", ("excused",)
    lines = [line for line in lines if not any(is_state(line, each) for each in left_out)]
    there = [line for line in lines if is_state(line, state)]
    if len(sessions) > 1:
        return _over_several(asked, sessions, lines, state)
    names = tuple(line.name for line in there)
    session = sessions[0]
    said = say(
        asked, f"one_{state}" if names else f"one_none_{state}", session=_called(session, asked.now),
        count=len(names), names=named(asked, names), all=len(lines),
        came=sum(is_state(line, "attended") for line in lines),
    )  # fmt: skip
    if asked.has("half"):
        came = sum(is_state(line, "attended") for line in lines)
        said += say(asked, "half" if came * 2 > len(lines) else "not_half", count=came, all=len(lines))
    heeded = (*CHOSEN, *agreeing(state), *("neither",) * (state == "absent"), "half")
    return Told(
        said, table(asked, "roll", roll(asked, there)), names, about="session", keys=(session.id,), heeds=heeded
    )


def _over_several(asked: Asked, sessions: Sequence[Session], lines: Sequence[Line], state: str) -> Told:
    """How often each member was there in that way, the most often first."""
    counted = Counter(line.name for line in lines if is_state(line, state))
    names = tuple(name for name, _ in counted.most_common())
    said = say(
        asked, f"several_{state}" if names else f"several_none_{state}", period=_stretch_said(asked, sessions),
        held=len(sessions), count=len(names), times=sum(counted.values()), names=named(asked, names),
    )  # fmt: skip
    return Told(
        said, table(asked, "times", counted.most_common()), names, sessions_told.by_month(asked, lines), "session",
        tuple(session.id for session in sessions), heeds=(*CHOSEN, *agreeing(state)),
    )  # fmt: skip


@heeds(*CHOSEN, *STATES, "each", "half")
def _by_state(asked: Asked, session: Session, lines: Sequence[Line]) -> Told:
    """请假的和没说明的各有几个: how many were there in each way."""
    there = Counter(line.state for line in lines)
    said = say(
        asked, "one_by_state", session=_called(session, asked.now), came=there["attended"], excused=there["excused"],
        home=there["home_study"], missed=there["unexplained"],
    )  # fmt: skip
    names = tuple(line.name for line in lines)
    return Told(said, table(asked, "roll", roll(asked, lines)), names, about="session", keys=(session.id,))


def _called(session: Session, now: datetime) -> str:
    return f"{day_said(session.starts_at, now)}，{session.title}"


def _stretch_said(asked: Asked, sessions: Sequence[Session]) -> str:
    if asked.stretch is not None:
        return spoken(asked.stretch, asked.now)
    return spoken(Stretch(sessions[0].start, sessions[-1].start), asked.now)
