"""Names written on the list of a session: the rows, the entries, and the sentence that says what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dialogs import words
from dialogs.reply import Effect
from dialogs.sessions import spoken_of
from dialogs.sessions.changing import give_up, logged
from dialogs.sessions.finding import spoken
from dialogs.sessions.waiting import move_up, whom
from dialogs.sessions.whom import Somebody
from dialogs.skill import Desk, Done, Wish
from storage import places, registrations, sessions
from storage.registrations import Registration
from storage.sessions import Session


def place_of(session: Session, each: Somebody, desk: Desk) -> Registration | None:
    """Their place in it, whatever its state."""
    return registrations.of(desk.db, session.id, each.member_id, each.guest)


def stands(place: Registration | None) -> bool:
    """Whether it is a place on the list or in the line of those who wait."""
    return place is not None and place.state in ("registered", "waiting")


def enter(session: Session, people: Sequence[Somebody], wish: Wish, desk: Desk) -> Done:
    """All of them on one list, or in its line."""
    effects = move_up(session, desk)  # who waits is before who comes now
    standing = [place_of(session, each, desk) for each in people]
    written = [_write(session, each, wish.text, desk.now, desk) for each in people]
    fresh = [place for place, before in zip(written, standing, strict=True) if not stands(before)]
    for place in fresh:
        effects += logged(place.state, place, session, desk)
    told = _told(spoken(session, desk), written, fresh, effects, desk)
    return replace(told, follow=spoken_of.follow(session))


def enter_each(several: Sequence[Session], people: Sequence[Somebody], wish: Wish, desk: Desk) -> Done:
    """Each of the sessions, in one answer that one 不对 takes back."""
    done = [enter(session, people, wish, desk) for session in several]
    fresh = tuple(key for each in done if each.undo for key in _keys(each.undo))
    undo = Wish("session_cancel", {"places": fresh}) if fresh else None
    told = "；".join(map(_told_shortly, done))
    return Done("each", {"each": told}, tuple(effect for one in done for effect in one.effects), undo)


def _told_shortly(done: Done) -> str:
    """One session with who stands on its list, as a part of a longer sentence."""
    state = "waiting" if "waiting" in done.key else "already" if done.key == "already" else "registered"
    return f"{done.words['session']}，{done.words.get('each') or _say(state, **done.words)}"


def _keys(undo: Wish) -> tuple[str, ...]:
    keys = undo.slots.get("places")
    return tuple(str(key) for key in keys) if isinstance(keys, tuple) else ()


def _told(
    session: str, written: list[Registration], fresh: list[Registration], effects: tuple[Effect, ...], desk: Desk
) -> Done:
    """What the rows say that were written; one name in a whole sentence, several in one each."""
    undo = Wish("session_cancel", {"places": tuple(str(place.id) for place in fresh)}) if fresh else None
    if len(written) > 1:
        told = [_say(_state(place, place in fresh), **who(place, desk)) for place in written]
        return Done("several", {"session": session, "each": "；".join(told)}, effects, undo)
    place, said = written[0], {"session": session, **who(written[0], desk)}
    if not fresh:
        return Done("already_waiting" if place.state == "waiting" else "already", said, effects)
    own = place.member_id == desk.speaker.id and not place.guest
    return Done(place.state if own else f"{place.state}_other", said, effects, undo)


def _write(session: Session, each: Somebody, said: str, line: datetime, desk: Desk) -> Registration:
    kept = said if each.guest else ""
    return registrations.register(desk.db, session, each.member_id, desk.speaker.id, line, guest=each.guest, said=kept)


def given_up(wish: Wish, desk: Desk) -> list[Registration]:
    """Places that were given up a moment ago and are wanted back."""
    keys = wish.slots.get("places")
    if not isinstance(keys, tuple):
        return []
    found = [places.place(desk.db, desk.speaker.branch_id, int(key)) for key in keys]
    return [place for place in found if place]


def enter_again(taken_back: Sequence[Registration], instead: Registration | None, desk: Desk) -> Done:
    """Back into the line at the old place: where somebody else moved up meanwhile, first of those who wait.

    The place that was taken instead, if there is one, is given up.
    """
    effects = give_up(instead, desk) if instead else ()
    written: list[Registration] = []
    told: list[str] = []
    for place in taken_back:
        if session := sessions.session(desk.db, desk.speaker.branch_id, place.session_id):
            line = datetime.fromisoformat(place.at)
            written.append(_write(session, Somebody(place.member_id, place.guest), place.said, line, desk))
            effects += logged(written[-1].state, written[-1], session, desk)
            told.append(spoken(session, desk))
    return _told("；".join(dict.fromkeys(told)), written, written, effects, desk)


def _state(place: Registration, fresh: bool) -> str:
    return place.state if fresh or place.state == "waiting" else "already"


def who(place: Registration, desk: Desk) -> dict[str, str]:
    """Whose place it is, and which in the line."""
    line = str(places.place_in_line(desk.db, place)) if place.state == "waiting" else ""
    return {"who": whom(place, desk.speaker.id, desk), "place": line}


def _say(key: str, **values: str | int) -> str:
    return words.load("skills/session_register", "parts").say(key, **values)
