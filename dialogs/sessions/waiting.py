"""The waiting list: where a place becomes free, the first who waits has it and is told."""

from __future__ import annotations

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.sessions.finding import spoken
from dialogs.sessions.whom import relation_in
from dialogs.skill import Desk
from dialogs.understanding.times import lasting
from storage import members, places
from storage.log import About
from storage.registrations import Registration
from storage.sessions import Session


def move_up(session: Session, desk: Desk) -> tuple[Effect, ...]:
    """Fill the session's free places from its waiting list; each who moves up hears so, and it is logged."""
    effects: list[Effect] = []
    while session.start > desk.now and (moved := places.move_up(desk.db, session, desk.now)):
        named = called(moved, desk)
        entry = desk.log(
            "moved_up", About("registration", moved.id), moved.member_id, "sessions/waiting",
            name=named, title=session.title, day=session.starts_at[:10],
        )  # fmt: skip
        effects += [Effect("moved_up", "registration", moved.id), Effect("logged", "entry", entry.id)]
        for listener in dict.fromkeys((moved.member_id, moved.asked_by)):
            who = whom(moved, listener, desk)
            text = words.load("sessions/waiting", "words").say("told", who=who, session=lasting(spoken(session, desk)))
            notify.tell_member(desk, f"moved_up:{moved.id}:{desk.turn}", listener, text)
    return tuple(effects)


def called(place: Registration, desk: Desk) -> str:
    """Whose place it is, as the branch log has it: a guest is marked as one, with the member who brings them."""
    member = members.member(desk.db, place.member_id)
    name = member.name if member else ""
    return words.load("sessions/waiting", "words").say("guest", name=name, guest=place.guest) if place.guest else name


def whom(place: Registration, listener: int, desk: Desk) -> str:
    """Whose place it is, as one says it to the listener: 您, 您老伴, 孙大明, 刘德福."""
    say = words.load("sessions/waiting", "words").say
    if place.member_id != listener:
        return called(place, desk)
    if not place.guest:
        return say("you")
    return say("your_guest", guest=place.guest) if relation_in(place.guest) else place.guest
