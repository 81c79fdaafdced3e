"""What is coming: at most three are read out, each with a button to sign up."""

from __future__ import annotations

from datetime import datetime

from dialogs import words
from dialogs.sessions.finding import MOST_READ_OUT, fitting, spoken, stretch
from dialogs.skill import Desk, Done, Outcome, Wish
from storage import sessions
from storage.outbox import Button
from storage.sessions import Session


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read out the sessions of the time or topic that was said; where there is none, say so and name the next."""
    coming = sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now)
    if not coming:
        return Done("none_planned", {"secretary": desk.secretary})
    found = fitting(coming, wish, desk)
    if not found:
        return _none(wish, coming[0], desk)
    shown = found[:MOST_READ_OUT]
    buttons = tuple(_button(session, desk) for session in shown if _state(session, desk) == "free")
    follow = _follow(shown)
    if len(found) == 1:
        said = {"session": spoken(found[0], desk), "place": _place(found[0]), "state": _say(_state(found[0], desk))}
        return Done("one", said, buttons=buttons, follow=follow)
    said = {"sessions": "；".join(spoken(session, desk) for session in shown)}
    if len(found) > len(shown):
        return Done("list_more", {**said, "more": str(len(found) - len(shown))}, buttons=buttons, follow=follow)
    return Done("list", {**said, "count": _say("count", count=len(found))}, buttons=buttons, follow=follow)


def _follow(shown: list[Session]) -> dict[str, Wish]:
    """第二个, 第二个给我报上 and 第二个我去不了 are about what was just read out."""
    choices = {"choices": tuple(str(session.id) for session in shown)}
    numbered = Wish("session_register", choices)
    return {"not_going": Wish("leave_request", choices), "choose": numbered, "session_register": numbered}


def _none(wish: Wish, soonest: Session, desk: Desk) -> Done:
    said = {"session": spoken(soonest, desk), "place": _place(soonest)}
    buttons = (_button(soonest, desk),) if _state(soonest, desk) == "free" else ()
    period = stretch(wish)
    if period is None:
        return Done("none_on_topic", {**said, "topic": wish.text_slot("topic")}, buttons=buttons)
    one_day = period.end is None or period.end[:10] == (period.start or "")[:10]
    return Done("none_in_period", {**said, "period": _say("day" if one_day else "stretch")}, buttons=buttons)


def _button(session: Session, desk: Desk) -> Button:
    """Pressed, it is as if one had said the whole name with its day, so that no other session can be meant."""
    start = datetime.fromisoformat(session.starts_at)
    label = _say("button", title=session.title, day=f"{start.month}-{start.day}")
    return Button(label, _say("pressed", session=spoken(session, desk)))


def _state(session: Session, desk: Desk) -> str:
    place = sessions.registration(desk.db, session.id, desk.speaker.id)
    states = {"registered": "signed_up", "waiting": "waiting", "leave": "leave"}
    return states.get(place.state, "free") if place else "free"


def _place(session: Session) -> str:
    return session.place or _say("placeless")


def _say(key: str, **values: str | int) -> str:
    return words.load("skills/session_list", "parts").say(key, **values)
