"""A leave noted: written, the place given to who waits, the officer on duty told, and why asked of who is not frail."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.sessions import spoken_of
from dialogs.sessions.finding import spoken
from dialogs.sessions.leave_reasons import said_with, undo_of
from dialogs.sessions.leaving import note
from dialogs.sessions.waiting import move_up
from dialogs.skill import Ask, Desk, Done, Outcome, Wish
from dialogs.understanding.times import lasting
from storage import leave, registrations
from storage.log import About
from storage.members import Member
from storage.registrations import Registration
from storage.sessions import Session


def note_leave(found: Sequence[Session], wish: Wish, desk: Desk, of: Member) -> Outcome:
    """Write the leave, give the places to who waits, and tell the officer on duty."""
    told = "；".join(spoken(session, desk) for session in found)
    reason = said_with(wish, found)
    effects: tuple[Effect, ...] = ()
    notes: list[str] = []
    for session in found:
        before = registrations.of(desk.db, session.id, of.id)
        if before and before.state == "leave" and (before.reason or not reason):
            continue
        place = leave.take(desk.db, session, of.id, desk.speaker.id, desk.now, reason=reason, said=wish.text)
        notes.append(note(place, before.state if before else ""))
        effects += (*_logged(place, session, wish.text, desk, of), *move_up(session, desk))
    if not notes:
        return Done("already", {"sessions": told})
    words_said = {"sessions": told, "told": desk.secretary, "who": of.name}
    follow = {"more": Wish(wish.intent, {"leaves": tuple(notes)})}
    follow |= spoken_of.follow(found[0]) if len(found) == 1 else {}
    if of.id != desk.speaker.id:
        return Done("noted_for", words_said, effects, undo_of(notes))
    if of.frail:
        return Done("noted_frail", words_said, effects, undo_of(notes), follow=follow)
    if reason:
        return Done("noted", words_said, effects, undo_of(notes), follow=follow)
    return Ask("noted_ask", "reason", words_said, effects=effects, slots={"leaves": tuple(notes)}, optional=True)


def _logged(place: Registration, session: Session, said: str, desk: Desk, of: Member) -> tuple[Effect, ...]:
    """The entry, and the officer on duty told of it; nothing has to be done, so it waits behind what has."""
    by = {} if of.id == desk.speaker.id else {"by": desk.speaker.name}
    values = {"name": of.name, "title": session.title, "day": session.starts_at[:10], **by}
    kind = "leave" if place.reason else "leave_unreasoned"
    values |= {"reason": place.reason} if place.reason else {}
    entry = desk.log(f"{kind}_for" if by else kind, About("registration", place.id), of.id, **values)
    spoken_session = lasting(spoken(session, desk))
    text = _say("told_leave_for" if by else "told_leave", name=of.name, session=spoken_session, said=said, **by)
    notify.alert(desk, f"leave:{place.id}:{desk.turn}", text, lane="routine")
    return (Effect("leave", "registration", place.id), Effect("logged", "entry", entry.id))


def _say(key: str, **values: str) -> str:
    return words.load("skills/leave_request", "parts").say(key, **values)
