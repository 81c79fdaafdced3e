"""A planned session is put off, moved or called off by an officer: read back first, then those who come are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.sessions import calling_off, moving
from dialogs.sessions.altering_words import Said, names_session, said_of, shifted, usual_place
from dialogs.sessions.finding import MOST_READ_OUT, fitting, spoken
from dialogs.skill import Ask, Confirm, Desk, Done, Option, Outcome, Wish
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import say_time
from storage import members, roll, sessions
from storage.sessions import Session

READ_BACK = "read_back"
"""The slot that says that the time in `when` is the one that was read back, or that was said instead."""
NEW_DAY = "new_day"
"""The slot that the answer to 改到哪天 fills."""


@dataclass(frozen=True)
class Change:
    """What becomes of a session."""

    off: bool
    """Whether it will not take place."""
    start: datetime
    """When it is to be."""
    place: str
    """Where; empty where that stays."""
    everybody: bool
    """Whether all of the branch are told, and not only who signed up."""


def alter(wish: Wish, desk: Desk) -> Outcome | None:
    """Do what was said of a planned session; None where nothing of the kind was said."""
    said = said_of(wish.text)
    coming = sessions.upcoming(desk.db, desk.branch_id, desk.now)
    if said is None or not coming:
        return None
    found = _meant(said, coming, wish, desk)
    if found is None:
        return None
    if len(found) != 1:
        return _which(found or coming, bool(found), desk)
    session = found[0]
    change = _change(said, session, wish, desk)
    if change is None:
        return Ask("move_to", NEW_DAY, {"title": session.title}, slots={"session": session.id})
    if not wish.confirmed:
        return _read_back(session, change, desk)
    return _write(session, change, desk)


def alters(text: str, desk: Desk) -> bool:
    """Whether the words change a session that is on the calendar."""
    said = said_of(text)
    coming = sessions.upcoming(desk.db, desk.branch_id, desk.now)
    return said is not None and len(_meant(said, coming, Wish("session_create", {}, text), desk) or ()) == 1


def _meant(said: Said, coming: Sequence[Session], wish: Wish, desk: Desk) -> list[Session] | None:
    """The sessions that may be meant, none of them where the one named is not there; None where none was named."""
    if chosen := wish.key_slot("session"):
        return [each for each in coming if each.id == chosen]
    named, generic = names_session(said.which, desk.now)
    about = {"about_session": key} if (key := wish.key_slot("about_session")) else {}
    found = fitting(coming, Wish("session_create", {**named, **about}, said.which), desk)
    if named or len(found) < len(coming) or about:
        return found
    return found if generic else None


def _which(choice: Sequence[Session], there: bool, desk: Desk) -> Ask:
    options = tuple(Option(spoken(each, desk), {"session": each.id}) for each in choice[:MOST_READ_OUT])
    return Ask("which_planned" if there else "no_such_planned", "session",
               {"sessions": "；".join(option.label for option in options)}, options)  # fmt: skip


def _change(said: Said, session: Session, wish: Wish, desk: Desk) -> Change | None:
    """What is to be; None while the new day is not known."""
    again = _said_again(session, wish)
    if said.off and again in (None, session.start):
        return Change(True, session.start, "", said.everybody)
    if again:
        return Change(False, again, usual_place(said.place, desk), said.everybody)
    to = wish.text_slot(NEW_DAY) or said.to
    place = usual_place(said.place, desk) if said.place else ""
    start = shifted(session.start, to, desk.now)
    if start in (None, session.start) and not place:  # 星期五改到下周五, which is the very same day
        return None
    return Change(False, start or session.start, place, said.everybody)


def _said_again(session: Session, wish: Wish) -> datetime | None:
    """When it is to be as it was read back, or as that was put right: 不对，是星期五."""
    when = wish.slots.get("when")
    if READ_BACK not in wish.slots or not isinstance(when, Span) or not when.start:
        return None
    start = datetime.fromisoformat(when.start)
    return start if when.end is None else start.replace(hour=session.start.hour, minute=session.start.minute)


def _read_back(session: Session, change: Change, desk: Desk) -> Confirm:
    told = _to_tell(session, change, desk)
    key = "read_back_off" if change.off else "read_back_move"
    said = {"session": spoken(session, desk), "to": _to(session, change, desk), "count": str(len(told))}
    standing = Span(change.start.isoformat(timespec="minutes"), None)
    return Confirm(key if told else f"{key}_nobody", said, {"session": session.id, "when": standing, READ_BACK: 1})


def _to(session: Session, change: Change, desk: Desk) -> str:
    """星期四下午三点，二楼会议室: what is new."""
    parts = [say_time(change.start, desk.now)] if change.start != session.start else []
    return "，".join([*parts, *([change.place] if change.place else [])])


def _to_tell(session: Session, change: Change, desk: Desk) -> list[int]:
    """Who signed up, or all of the branch where that was said; without the speaker."""
    people = (
        [each.id for each in members.members(desk.db, desk.branch_id)]
        if change.everybody
        else roll.signed_up(desk.db, session.id)
    )
    return [key for key in people if key != desk.speaker.id]


def _write(session: Session, change: Change, desk: Desk) -> Done:
    told = _to_tell(session, change, desk)
    if change.off:
        return calling_off.call_off(session, desk, told if change.everybody else None)
    return moving.move(session, told, desk, start=change.start, place=change.place)
