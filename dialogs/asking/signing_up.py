"""Who has signed up for what is to come, who withdrew, who waits, how many places are left."""

from __future__ import annotations

from sqlite_utils import Database

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.rolls import of_topic
from dialogs.asking.told import Told, named, say, table
from dialogs.reply import Table
from dialogs.understanding.times import say_time
from storage.questions import Asker, attendance
from storage.questions.attendance import Place


def answer(asked: Asked, db: Database, asker: Asker) -> Told:
    """The list of the session that was named or dated, else of the next one."""
    coming = attendance.planned(db, asker)
    wanted = of_topic(asked, coming)
    if asked.stretch is not None and asked.stretch.end >= asked.now:
        wanted = [each for each in wanted if asked.stretch.start <= each.start <= asked.stretch.end]
    if not wanted:
        return Told(say(asked, "none_planned"), table(asked, "places", ()))
    session = wanted[0]
    state = asked.first("leave", "cancelled", "waiting") or "registered"
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


def _table(asked: Asked, places: list[Place]) -> Table:
    return table(asked, "places", [(_called(each), say(asked, f"state_{each.state}")) for each in places])


def _called(place: Place) -> str:
    """A guest is marked as one, with the member who brings them."""
    if not place.guest:
        return place.name
    return words.load("sessions/waiting", "words").say("guest", name=place.name, guest=place.guest)
