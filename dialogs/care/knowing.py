"""The four-knows card as officers use it, in the talk or on the desk: written, confirmed, read.

Reading is an entry of the log like writing. What stands on the card is not repeated there: the log is read by more
people than may read of somebody's health.
"""

from __future__ import annotations

from dialogs import words
from dialogs.office import Office
from storage import cards, tasks
from storage.cards import PARTS, Part
from storage.log import About
from storage.members import Member, Officer


def write(person: Member, part: str, text: str, officer: Officer, desk: Office) -> None:
    """Write one part, confirmed now. Raises UnknownPart."""
    cards.write(desk.db, person.id, part, text.strip(), officer.id, desk.now)
    desk.log(
        "card_written", About("member", person.id), person.id, "care/knowing", officer=officer.spoken, who=person.name,
        part=called(part),
    )  # fmt: skip
    _settle(person, officer, desk)


def confirm(person: Member, parts: tuple[str, ...], officer: Officer, desk: Office) -> tuple[str, ...]:
    """Say that these parts are still true; returns those on which something stands and that are confirmed now."""
    done = tuple(part for part in parts if cards.confirm(desk.db, person.id, part, officer.id, desk.now))
    if done:
        named = "、".join(called(part) for part in done)
        about = About("member", person.id)
        desk.log(
            "card_confirmed", about, person.id, "care/knowing", officer=officer.spoken, who=person.name, part=named
        )
        _settle(person, officer, desk)
    return done


def read(person: Member, officer: Officer, desk: Office) -> list[Part]:
    """The card as this officer may see it."""
    found = cards.read(desk.db, person.id, (officer.role,))
    desk.log(
        "card_read", About("member", person.id), person.id, "care/knowing", officer=officer.spoken, who=person.name
    )
    return found


def called(part: str) -> str:
    """How a part is called on a page and in the log."""
    return words.load("care/knowing", "parts").say(part)


def _settle(person: Member, officer: Officer, desk: Office) -> None:
    """Once every part is confirmed since the call was put on the list, the call is done."""
    task = tasks.open_task(desk.db, desk.branch_id, "card_call", member_id=person.id)
    fresh = {part.part for part in cards.own(desk.db, person.id) if task and part.confirmed_at >= task.created_at}
    if task and fresh == set(PARTS):
        tasks.finish(desk.db, desk.branch_id, task.id, officer.id, desk.now)
