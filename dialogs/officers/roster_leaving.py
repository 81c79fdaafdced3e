"""Who leaves the branch, who comes back to it, and who holds which office from when until when."""

from __future__ import annotations

from datetime import date, timedelta

from dialogs import words
from dialogs.officers.roster_form import OWN
from dialogs.reply import Effect
from dialogs.sessions import waiting
from dialogs.skill import Desk, Done
from storage import care, members, offices, particulars, registrations, sessions, settling
from storage.log import About
from storage.offices import Held
from storage.particulars import Particulars


class LastSecretary(Exception):
    """Nobody would be left who is the branch's secretary, and nobody could sign in any more."""


def leave(person: Particulars, how: str, day: date, note: str, desk: Desk) -> Done:
    """Write that somebody moved to another branch or died; nothing is sent to them from now on.

    Raises LastSecretary.
    """
    for session_id, guest in settling.coming_places(desk.db, person.id, desk.now):
        registrations.cancel(desk.db, session_id, person.id, desk.now, guest=guest)
        session = sessions.session(desk.db, desk.branch_id, session_id)
        if session is not None:
            waiting.move_up(session, desk)
    had = _has_secretary(desk)
    particulars.leave(desk.db, person.id, day, how)
    _keep_one(had, day, desk)
    settling.stop(desk.db, person.id, desk.speaker.id, desk.now)
    entry = desk.log(
        how, About("member", person.id), person.id, OWN,
        officer=desk.speaker.name, name=person.name, day=day.isoformat(), note=note,
    )  # fmt: skip
    effects = (Effect(how, "member", person.id), Effect("logged", "entry", entry.id))
    return Done(how, {"name": person.name, "day": day.isoformat()}, effects, source=OWN)


def open_cases(person: Particulars, desk: Desk) -> int:
    """How many care cases of theirs a human has still to close."""
    return sum(case.member_id == person.id for case in care.open_cases(desk.db, desk.branch_id))


def come_back(person: Particulars, desk: Desk) -> Done:
    """Take somebody onto the roster again."""
    particulars.come_back(desk.db, person.id)
    entry = desk.log(
        "came_back", About("member", person.id), person.id, OWN, officer=desk.speaker.name, name=person.name
    )
    effects = (Effect("came_back", "member", person.id), Effect("logged", "entry", entry.id))
    return Done("came_back", {"name": person.name}, effects, source=OWN)


def give_office(
    person: Particulars, role: str, title: str, rung: int, days: tuple[date, date | None], desk: Desk
) -> Done:
    """Put somebody into an office."""
    first, last = days
    title = title or words.load(OWN, "roles").say(role)
    key = offices.give(desk.db, person.id, role, title, rung, first, last)
    until = words.load(OWN, "words").say("until", last=last.isoformat()) if last else ""
    entry = desk.log(
        "office_given", About("role", key), person.id, OWN,
        officer=desk.speaker.name, name=person.name, title=title, first=first.isoformat(), last=until,
    )  # fmt: skip
    effects = (Effect("office_given", "role", key), Effect("logged", "entry", entry.id))
    return Done("office_given", {"name": person.name, "title": title, "first": first.isoformat()}, effects, source=OWN)


def end_office(office: Held, last: date, desk: Desk) -> Done:
    """Write the last day of an office. Raises LastSecretary."""
    had = _has_secretary(desk)
    offices.end(desk.db, office.id, last)
    _keep_one(had, last, desk)
    said = {"name": office.name, "title": office.title or words.load(OWN, "roles").say(office.role)}
    entry = desk.log(
        "office_ended", About("role", office.id), office.member_id, OWN,
        officer=desk.speaker.name, last=last.isoformat(), **said,
    )  # fmt: skip
    effects = (Effect("office_ended", "role", office.id), Effect("logged", "entry", entry.id))
    return Done("office_ended", {**said, "last": last.isoformat()}, effects, source=OWN)


def _has_secretary(desk: Desk) -> bool:
    return any(each.role == "secretary" for each in members.officers(desk.db, desk.branch_id, desk.now))


def _keep_one(had: bool, last: date, desk: Desk) -> None:
    """A term that ends one day may end with nobody named yet; one that is over today must not."""
    tomorrow = desk.now + timedelta(days=1)
    if not had or last >= tomorrow.date():
        return
    if not any(each.role == "secretary" for each in members.officers(desk.db, desk.branch_id, tomorrow)):
        raise LastSecretary
