"""What is coming: at most three are read out, each with a button to sign up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dialogs import words
from dialogs.sessions import spoken_of
from dialogs.sessions.finding import MOST_READ_OUT, fitting, spoken, stretch
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import as_span, find_time, lasting
from storage import sessions
from storage.outbox import Button
from storage.sessions import Session

TAKEN_FOR = frozenset((
    "", "session_list", "session_register", "session_cancel", "leave_request", "theme_query", "out_of_scope", "repeat",
    "help", "choose", "next",
))  # fmt: skip
"""What a question about the session that was just spoken of may sound like."""
A_FAREWELL = 12
"""Characters of 下次一定来 and no more."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read out the sessions of the time or topic that was said; where there is none, say so and name the next."""
    if step := wish.text_slot("step"):
        if step == "other_day":
            return _of_another_day(wish, desk)
        if step == "see_you" and len(wish.text) <= A_FAREWELL:
            return Done("see_you")
        if step != "asks" or not spoken_of.asks(wish.text) or wish.text_slot("heard_as") not in TAKEN_FOR:
            return NotMine()
    return _list(wish, desk)


def _of_another_day(wish: Wish, desk: Desk) -> Outcome:
    """下个星期三呢, after one was told."""
    time = find_time(wish.text, desk.now, "future")
    if time is None or len(wish.text) > A_FAREWELL:
        return NotMine()
    return _list(Wish(wish.intent, {"period": as_span(time)}, wish.text), desk)


def _list(wish: Wish, desk: Desk) -> Done:
    coming = sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now)
    if not coming:
        return Done("none_planned", {"secretary": desk.secretary})
    if spoken_of.says("own", wish.text):
        return _own(coming, desk)
    found = fitting(coming, _of_a_day(wish, desk), desk)
    if not found:
        return _none(wish, coming[0], desk)
    shown = found[:MOST_READ_OUT]
    buttons = tuple(_button(session, desk) for session in shown if _state(session, desk) == "free")
    if len(found) == 1:
        return _one(found[0], wish, buttons, desk)
    follow = _follow(shown)
    said = {"sessions": "；".join(spoken(session, desk) for session in shown)}
    if len(found) > len(shown):
        return Done("list_more", {**said, "more": str(len(found) - len(shown))}, buttons=buttons, follow=follow)
    return Done("list", {**said, "count": _say("count", count=len(found))}, buttons=buttons, follow=follow)


def _of_a_day(wish: Wish, desk: Desk) -> Wish:
    """The wish without an hour that is asked about and names no day: 参观那天中午管饭不."""
    time = find_time(wish.text, desk.now, "future")
    if time is None or time.day_said or not spoken_of.asks(wish.text):
        return wish
    return replace(wish, slots={name: each for name, each in wish.slots.items() if name not in ("when", "period")})


def _own(coming: list[Session], desk: Desk) -> Done:
    """What the speaker has signed up for."""
    own = [each for each in coming if _state(each, desk) in ("signed_up", "waiting")]
    if not own:
        return Done("own_none", {"session": spoken(coming[0], desk)}, follow=_follow(coming[:1]))
    told = "；".join(f"{spoken(each, desk)}，{_say(_state(each, desk))}" for each in own).replace("。", "")
    return Done("own", {"count": str(len(own)), "sessions": told}, follow=_follow(own[:MOST_READ_OUT]))


def _room(session: Session, desk: Desk) -> str:
    """How many places are left; empty where nobody counts them."""
    if session.capacity is None:
        return _say("room_open")
    left = session.capacity - sessions.taken(desk.db, session.id)
    return _say("room", count=left) if left > 0 else _say("room_none")


def _one(session: Session, wish: Wish, buttons: tuple[Button, ...], desk: Desk) -> Done:
    """When, where, and whether one stands on its list; what no branch writes down the secretary knows."""
    key = next((name for name in ("room", "still", "unwritten") if spoken_of.says(name, wish.text)), "one")
    said = {
        "session": spoken(session, desk), "place": _place(session), "state": _say(_state(session, desk)),
        "secretary": desk.secretary, "room": _room(session, desk),
    }  # fmt: skip
    return Done(key, said, buttons=buttons, follow=spoken_of.follow(session))


def _follow(shown: list[Session]) -> dict[str, Wish]:
    """第二个, 第二个给我报上 and 第二个我去不了 are about what was just read out."""
    choices = {"choices": tuple(str(session.id) for session in shown)}
    numbered = Wish("session_register", choices)
    return {
        "not_going": Wish("leave_request", choices),
        "other_day": Wish("session_list"),
        "choose": numbered,
        "session_register": numbered,
    }


def _none(wish: Wish, soonest: Session, desk: Desk) -> Done:
    said = {"session": spoken(soonest, desk), "place": _place(soonest)}
    buttons = (_button(soonest, desk),) if _state(soonest, desk) == "free" else ()
    period = stretch(wish)
    if period and (off := sessions.called_off(desk.db, desk.branch_id, *_within(period))):
        return Done("called_off", {**said, "off": spoken(off[0], desk)}, buttons=buttons)
    if period is None:
        return Done("none_on_topic", {**said, "topic": wish.text_slot("topic")}, buttons=buttons)
    one_day = period.end is None or period.end[:10] == (period.start or "")[:10]
    return Done("none_in_period", {**said, "period": _say("day" if one_day else "stretch")}, buttons=buttons)


def _within(period: Span) -> tuple[datetime, datetime]:
    start = datetime.fromisoformat(period.start or "")
    return start, datetime.fromisoformat(period.end) if period.end else start.replace(hour=23, minute=59)


def _button(session: Session, desk: Desk) -> Button:
    """Pressed, it is as if one had said the whole name with its day, so that no other session can be meant."""
    start = datetime.fromisoformat(session.starts_at)
    label = _say("button", title=session.title, day=f"{start.month}-{start.day}")
    return Button(label, _say("pressed", session=lasting(spoken(session, desk))))


def _state(session: Session, desk: Desk) -> str:
    place = sessions.registration(desk.db, session.id, desk.speaker.id)
    states = {"registered": "signed_up", "waiting": "waiting", "leave": "leave"}
    return states.get(place.state, "free") if place else "free"


def _place(session: Session) -> str:
    return _say("at_place", place=session.place) if session.place else _say("placeless")


def _say(key: str, **values: str | int) -> str:
    return words.load("skills/session_list", "parts").say(key, **values)
