"""One session for another: 我上午报的那个，换成十二月的党课. One place is given up, one taken; 不对 undoes both."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import words
from dialogs.reply import Effect
from dialogs.sessions import spoken_of
from dialogs.sessions.finding import fitting, spoken
from dialogs.sessions.waiting import called, move_up
from dialogs.skill import Desk, Done, Wish
from dialogs.understanding.times import as_span, find_time
from storage import places, registrations, sessions
from storage.log import About
from storage.registrations import Registration
from storage.sessions import Session

OWN = "sessions/changing"
"""The file with the words."""
STANDS = ("registered", "waiting")


def changed(wish: Wish, coming: Sequence[Session], desk: Desk) -> Done | None:
    """Give one place of the speaker's up for another; None where the words say nothing of the kind."""
    mark = next((cue for cue in words.lists(OWN, "cues")["instead"] if cue in wish.text), "")
    if not mark:
        return None
    before, _, after = wish.text.partition(mark)
    own = [each for each in coming if _stands(each, desk)]
    wanted = _only(coming, after, desk)
    left = [each for each in own if each != wanted]
    old = left[0] if len(left) == 1 else _only(left, before, desk)
    if wanted is None or old is None:
        return None
    standing = registrations.of(desk.db, old.id, desk.speaker.id)
    if standing is None:
        return None
    effects = give_up(standing, desk)
    place = registrations.register(desk.db, wanted, desk.speaker.id, desk.speaker.id, desk.now)
    effects += (*move_up(old, desk), *logged(place.state, place, wanted, desk))
    said = {"old": spoken(old, desk), "new": spoken(wanted, desk), "place": str(places.place_in_line(desk.db, place))}
    undo = Wish("session_register", {"places": (str(standing.id),), "instead_of": place.id})
    key = "changed" if place.state == "registered" else "changed_waiting"
    return Done(key, said, effects, undo, follow=spoken_of.follow(wanted))


def _only(choice: Sequence[Session], text: str, desk: Desk) -> Session | None:
    """The one that these words name."""
    time = find_time(text, desk.now, "future")
    span = as_span(time) if time else None
    found = fitting(choice, Wish("session_register", {"when": span} if span else {}, text), desk)
    return found[0] if len(found) == 1 and bool(text) else None


def give_up(place: Registration, desk: Desk) -> tuple[Effect, ...]:
    """Take this name off its list, with an entry."""
    session = sessions.session(desk.db, desk.branch_id, place.session_id)
    if session is None:
        return ()
    registrations.cancel(desk.db, session.id, place.member_id, desk.now, guest=place.guest)
    return logged("cancelled", place, session, desk)


def _stands(session: Session, desk: Desk) -> bool:
    place = registrations.of(desk.db, session.id, desk.speaker.id)
    return place is not None and place.state in STANDS


def logged(kind: str, place: Registration, session: Session, desk: Desk) -> tuple[Effect, ...]:
    """The entry of a place that was taken or given up."""
    entry = desk.log(
        kind, About("session", session.id), place.member_id, OWN, by=desk.speaker.name, name=called(place, desk),
        title=session.title, day=session.starts_at[:10],
    )  # fmt: skip
    return (Effect(kind, "registration", place.id), Effect("logged", "entry", entry.id))
