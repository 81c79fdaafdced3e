"""Visits as officers tell of them, in the talk or on the desk: recorded, planned, and cases closed.

Each writes the visit, its entry of the branch log and what others are told in the caller's transaction. Who reported a
case hears that somebody went, and when somebody means to; what was found and what was given they do not hear.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from dialogs import notify, words
from dialogs.care import ladder, overdue, reminding, reporting_back
from dialogs.money import say_yuan
from dialogs.office import Office
from dialogs.understanding.times import say_time
from storage import care, deliveries, due, in_touch, visits
from storage.care import CareCase
from storage.log import About
from storage.members import Member, Officer
from storage.visits import Outcome


@dataclass(frozen=True)
class Told:
    """What an officer says about a visit that was made."""

    outcome: Outcome
    """How it went."""
    at: datetime
    """When it was."""
    said: str
    """All of it, word for word: the notes of the visit."""
    gift_fen: int | None = None
    """Money that was brought, in fen."""


@dataclass(frozen=True)
class Recorded:
    """The rows that a visit became."""

    visits: tuple[int, ...]
    """One visit for each open case of this person; the gift stands in the first."""
    contact: int | None = None
    """The contact, where there was no case."""


def open_cases_of(person: Member, desk: Office) -> list[CareCase]:
    """What is open for this person: what nobody has visited yet, or else what was visited and is not closed."""
    cases = [case for case in care.open_cases(desk.db, desk.branch_id) if case.member_id == person.id]
    return [case for case in cases if case.state != "visited"] or cases[-1:]


def record(person: Member, officer: Officer, told: Told, desk: Office) -> Recorded:
    """Write down a visit for everything that is open for this person: who was there was there for all of it."""
    cases = open_cases_of(person, desk)
    if not cases:
        return Recorded((), _contact(person, officer, told, desk))
    rows = tuple(record_case(case, officer, told, desk, first=case is cases[0]) for case in cases)
    return Recorded(rows)


def record_case(case: CareCase, officer: Officer, told: Told, desk: Office, *, first: bool = True) -> int:
    """Write down a visit for one case; a holiday task is closed with it. Returns the visit's key."""
    gift = told.gift_fen if first else None
    _take(case, officer, desk)
    visit_id = visits.record(
        desk.db, case, officer.id, told.at, outcome=told.outcome, notes=told.said, gift_fen=gift,
        recording_id=desk.recording_id,
    )  # fmt: skip
    _log(desk, "visit_made", About("visit", visit_id), case.member_id, officer, case.who, told, gift)
    reminding.cancel(case.id, desk)
    if told.outcome == "not_met":
        return visit_id
    due.cancel_case(desk.db, case.id, overdue.KIND)
    tell_reporters(case, f"told_{told.outcome}", f"visited:{visit_id}", officer, desk)
    if case.trigger == "holiday":
        care.close(desk.db, case, officer.id, desk.now)
    return visit_id


def plan(case: CareCase, officer: Officer, at: datetime, desk: Office, when: str = "") -> int:
    """Write down when an officer means to go; they have taken the case with it, and are reminded. Returns the key.

    `when` is how the time is said, where it was no clock time (后天下午).
    """
    _take(case, officer, desk)
    taken = care.the_case(desk.db, desk.branch_id, case.id)
    visit_id = visits.plan(desk.db, taken, officer.id, at)
    when = when or say_time(at, desk.now)
    about = About("visit", visit_id)
    desk.log("visit_planned", about, case.member_id, "care/visiting", officer=officer.spoken, who=case.who, when=when)
    reminding.put(visit_id, case, at, desk)
    tell_reporters(case, "told_planned", f"planned:{visit_id}:{at.isoformat()}", officer, desk, when=when)
    return visit_id


def close(case: CareCase, officer: Officer, reason: str, desk: Office, *, false_alarm: bool = False) -> None:
    """Close a case with its visit or with a stated reason. Raises NotVisited where there is neither."""
    care.close(desk.db, case, officer.id, desk.now, reason=reason, false_alarm=false_alarm)
    ladder.stop(case, desk)
    for kind in (overdue.KIND, reminding.KIND):
        due.cancel_case(desk.db, case.id, kind)
    key = "care_false_alarm" if false_alarm else "care_closed"
    desk.log(
        key, About("care_case", case.id), case.member_id, "care/visiting", officer=officer.spoken, number=case.number,
        who=case.who, reason=reason or words.load("care/visiting", "log").say("visited"),
    )  # fmt: skip


def say(key: str, turn: int = 0, **values: str) -> str:
    """A phrase of [words] in visiting.toml."""
    return words.load("care/visiting", "words").of_turn(turn).say(key, **values)


def _contact(person: Member, officer: Officer, told: Told, desk: Office) -> int:
    contact_id = in_touch.add_contact(
        desk.db, person.id, officer.id, told.at, told.outcome, notes=told.said, gift_fen=told.gift_fen,
        recording_id=desk.recording_id,
    )  # fmt: skip
    about = About("contact_made", contact_id)
    _log(desk, "contact_made", about, person.id, officer, person.name, told, told.gift_fen)
    return contact_id


def _log(
    desk: Office, kind: str, about: About, member_id: int | None, officer: Officer, who: str, told: Told,
    gift: int | None,
) -> None:  # fmt: skip
    given = say("gift", amount=say_yuan(gift)) if gift else ""
    desk.log(
        kind, about, member_id, "care/visiting", officer=officer.spoken, who=who, outcome=say(f"outcome_{told.outcome}"),
        gift=given, said=told.said,
    )  # fmt: skip


def _take(case: CareCase, officer: Officer, desk: Office) -> None:
    """Who goes, or means to, has taken the case: nobody else is called for it."""
    if care.acknowledge(desk.db, case, officer.id, desk.now):
        deliveries.note(desk.db, case.id, officer.id, "visit", "acknowledged", desk.now, step=case.step)
        ladder.stop(case, desk)
        reporting_back.relieve(case, officer, desk)


def tell_reporters(
    case: CareCase,
    key: str,
    message: str,
    officer: Officer,
    desk: Office,
    only: Collection[int] | None = None,
    **values: str,
) -> None:
    """Whoever reported it, but not the officer who speaks now."""
    who = case.who or say("somebody")
    for reporter in care.reporters(desk.db, case.id):
        if reporter != officer.id and (only is None or reporter in only):
            own = f"{key}_you" if reporter == case.member_id else key
            text = say(own, case.id, officer=officer.spoken, who=who, **values)
            notify.tell_member(desk, f"{message}:{reporter}", reporter, text, case_id=case.id)
