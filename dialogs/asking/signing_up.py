"""Who has signed up for what is to come, who withdrew, who waits, how many places are left."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.rolls import of_topic
from dialogs.asking.stretches import Stretch, month_after, week_after, year_after
from dialogs.asking.told import WHEN, Told, heeds, named, say, table
from dialogs.reply import Table
from dialogs.understanding.times import say_time
from storage.questions import Asker, attendance
from storage.questions.attendance import Place
from storage.sessions import Session

LISTED = (WHEN, "topics", "signed_up", "next", "how_many_people", "came_too")
"""Cues that every answer from a list heeds."""


@heeds(*LISTED, "left", "not_on_the_list", "leave", "cancelled", "waiting")
def answer(asked: Asked, db: Database, asker: Asker) -> Told:
    """The list of the session that was named or dated, else of the next one."""
    coming = attendance.planned(db, asker)
    wanted = of_topic(asked, coming)
    if (stretch := _to_come(asked, coming)) is not None:
        wanted = [each for each in wanted if stretch.start <= each.start <= stretch.end]
    if not wanted:
        return Told(say(asked, "none_planned"), table(asked, "places", ()))
    state = asked.first("leave", "cancelled", "waiting") or "registered"
    if state in ("cancelled", "waiting") and len(wanted) == len(coming) > 1:
        return _of_all(asked, db, asker, wanted, state)
    if stretch is not None and len(wanted) > 1 and state == "registered" and not asked.has("left", "not_on_the_list"):
        return _of_several(asked, db, asker, wanted)
    session = wanted[0]
    places = [each for each in attendance.places(db, asker, session.id) if asked.chosen(each.name)]
    there = [each for each in places if each.state == state]
    called = f"{say_time(session.start, asked.now)}，{session.title}"
    taken = sum(each.state == "registered" for each in places)
    if asked.has("left"):
        left = max(0, (session.capacity or 0) - taken)
        key = "places_left" if session.capacity else "no_limit"
        return Told(say(asked, key, session=called, count=left), _table(asked, places), about="session")
    if asked.has("not_on_the_list"):
        on = {each.name for each in places if each.state == "registered" and not each.guest}
        names = tuple(each.name for each in asked.roster if each.name not in on and asked.chosen(each.name))
        said = say(asked, "not_on_the_list", session=called, count=len(names), names=named(asked, names))
        return Told(said, table(asked, "names", [(name,) for name in names]), names, None, "session", (session.id,))
    who = [_called(each) for each in there]
    said = say(
        asked, f"{state}_there" if there else f"{state}_none", session=called, count=len(there), names=named(asked, who)
    )
    return Told(said, _table(asked, there), tuple(each.name for each in there), None, "session", (session.id,))


def _to_come(asked: Asked, coming: Sequence[Session]) -> Stretch | None:
    """The stretch that was said; who signed up is asked of the future: a past day is one of next month or next year."""
    said = asked.stretch
    if said is None or said.end >= asked.now:
        return said
    later = (week_after(said), month_after(said), year_after(said))
    return next((each for each in later if any(each.start <= one.start <= each.end for one in coming)), said)


def _of_all(asked: Asked, db: Database, asker: Asker, coming: Sequence[Session], state: str) -> Told:
    """谁报了名又退了, where no session was named: of everything that is to come."""
    listed = [
        (session, place)
        for session in coming
        for place in attendance.places(db, asker, session.id)
        if place.state == state and asked.chosen(place.name)
    ]
    names = tuple(dict.fromkeys(place.name for _, place in listed))
    called = named(
        asked, [say(asked, "at_session", name=_called(place), title=session.title) for session, place in listed]
    )
    said = say(asked, f"all_{state}" if listed else f"all_none_{state}", count=len(listed), names=called)
    return Told(said, _table(asked, [place for _, place in listed]), names, None, "session")


@heeds(*LISTED, "planned")
def _of_several(asked: Asked, db: Database, asker: Asker, coming: Sequence[Session]) -> Told:
    """下个礼拜有什么安排，报了多少人: each session of the stretch with how many there are."""
    rows = [
        (session.title, say_time(session.start, asked.now),
         sum(each.state == "registered" for each in attendance.places(db, asker, session.id)))
        for session in coming
    ]  # fmt: skip
    said = "".join(say(asked, "coming", session=f"{when}，{title}", count=count) for title, when, count in rows)
    return Told(said, table(asked, "coming", rows), (), None, "session", tuple(each.id for each in coming))


def _table(asked: Asked, places: list[Place]) -> Table:
    return table(asked, "places", [(_called(each), say(asked, f"state_{each.state}")) for each in places])


def _called(place: Place) -> str:
    """A guest is marked as one, with the member who brings them."""
    if not place.guest:
        return place.name
    return words.load("sessions/waiting", "words").say("guest", name=place.name, guest=place.guest)
