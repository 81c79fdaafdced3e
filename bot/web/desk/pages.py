"""What a group of pages begins with."""

from __future__ import annotations

from starlette.routing import BaseRoute

from bot.web.desk.room import Room
from bot.web.desk.visit import NotYours, Visit
from storage import members, particulars
from storage.members import Member
from storage.particulars import Particulars


class Pages:
    """A group of pages and the buttons on them."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.db = room.app.db

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        raise NotImplementedError


def member_of(room: Room, visit: Visit, member_id: int) -> Member:
    """A member of the visitor's branch. Raises NotYours."""
    person = members.member(room.app.db, member_id)
    if person is None or person.branch_id != visit.branch_id:
        raise NotYours
    return person


def person_of(room: Room, visit: Visit, member_id: int) -> Particulars:
    """What the roster says of a member of the visitor's branch. Raises NotYours."""
    person = particulars.of(room.app.db, visit.branch_id, member_id)
    if person is None or person.left_at:
        raise NotYours
    return person
