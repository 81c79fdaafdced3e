"""Taking leave back: whoever stood on the list before stands on it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.sessions.finding import spoken
from dialogs.sessions.waiting import called, whom
from dialogs.sessions.whom import named_in
from dialogs.skill import Desk, Done, Wish
from storage import leave, places, registrations, sessions
from storage.log import About
from storage.registrations import Registration
from storage.sessions import Session


def take_back(notes: Sequence[str], desk: Desk) -> Done | None:
    """Undo the leaves noted as `note` writes them; None where none of them stands any more."""
    effects: tuple[Effect, ...] = ()
    told: list[str] = []
    for noted in notes:
        number, _, before = noted.partition(":")
        place = places.place(desk.db, desk.speaker.branch_id, int(number))
        session = sessions.session(desk.db, desk.speaker.branch_id, place.session_id) if place else None
        if place is None or session is None or place.state != "leave":
            continue
        leave.withdraw(desk.db, place, desk.now)
        entry = desk.log(
            "leave_withdrawn", About("registration", place.id), place.member_id, "sessions/leaving",
            by=called(place, desk), title=session.title, day=session.starts_at[:10],
        )  # fmt: skip
        effects += (Effect("leave_withdrawn", "registration", place.id), Effect("logged", "entry", entry.id))
        text = entry.sentence or ""
        notify.alert(desk, f"leave_withdrawn:{place.id}:{desk.turn}", text, lane="routine")
        back = _back_on_the_list(place, session, desk) if before in ("registered", "waiting") else None
        said = {"session": spoken(session, desk), "who": whom(place, desk.speaker.id, desk)}
        line = places.place_in_line(desk.db, back) if back else 0
        key = back.state if back else "free"
        told.append(words.load("sessions/leaving", "words").say(key, place=line, **said))
    return Done("withdrawn", {"each": "".join(told)}, effects) if told else None


def come_after_all(coming: Sequence[Session], wish: Wish, desk: Desk) -> Done | None:
    """我又能去了: the leave from these sessions is undone, and they stand on the list.

    The speaker's own; where somebody is named, theirs, if it was the speaker who asked for it.
    """
    whose = [each.id for each in named_in(wish.text, desk)] or [desk.speaker.id]
    stands = [registrations.of(desk.db, session.id, member_id) for session in coming for member_id in whose]
    leaves = [place for place in stands if place and place.state == "leave"]
    own = [place for place in leaves if desk.speaker.id in (place.member_id, place.asked_by)]
    return take_back([note(place, "registered") for place in own], desk)


def note(place: Registration, before: str) -> str:
    """What has to be known to undo a leave: its key, and how the member stood before."""
    return f"{place.id}:{before}"


def _back_on_the_list(place: Registration, session: Session, desk: Desk) -> Registration:
    """At the old place in the line: who moved up meanwhile keeps what they were promised."""
    line = datetime.fromisoformat(place.at)
    return registrations.register(desk.db, session, place.member_id, place.asked_by, line)
