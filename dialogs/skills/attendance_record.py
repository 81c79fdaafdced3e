"""An officer calls out who came, a whole list in one breath; who is missing is read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs import apart, words
from dialogs.documents.heard_by import asks_what_heard
from dialogs.officers.names_written import of_several, with_names
from dialogs.reply import Effect
from dialogs.sessions import calling_off, convening, entering_late, roll_words
from dialogs.sessions.finding import stretch, which
from dialogs.skill import Ask, Desk, Done, NotMine, Option, Outcome, Wish
from dialogs.understanding.times import say_time
from storage import attendances, members, roll, sessions
from storage.attendances import AttendanceState
from storage.log import About
from storage.sessions import Session

LOOKS_BACK = timedelta(days=14)
"""How long after a session its roll is called without naming the day."""
BY_NAME = timedelta(days=60)
"""The same where it is called by its title."""
EARLY = timedelta(hours=1)
"""The roll is called while people take their seats."""
SHORTEST = 4
"""Characters of the end of a title by which a session is known."""
MOST_READ_OUT = 6
"""Names of missing people that are read out; of more only the number, and the names stand in the table."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Find the session, write how each of the named was at it, and say who has not been named yet."""
    if wish.key_slot("taken_back"):
        return _take_back(wish, desk)
    if amended := wish.text_slot("amended"):
        wish = Wish(wish.intent, {"session": wish.key_slot("session") or 0}, amended)
    if asks_what_heard(wish.text):
        return NotMine(Wish("query_log", {}, wish.text))
    if roll_words.signs_up(wish.text):
        return NotMine(Wish("session_register", wish.slots, wish.text, doubts=wish.doubts))
    found = _sessions(wish, desk)
    if not found:
        return _enter(wish, desk)
    if len(found) > 1:
        return which("which_session", found, desk)
    return _call(wish, found[0], desk)


def _enter(wish: Wish, desk: Desk) -> Outcome:
    """There was none on the calendar: it is entered afterwards, then its roll is called."""
    entered = entering_late.enter(wish, desk)
    if not isinstance(entered, Done) or not entered.effects:
        return entered
    session = sessions.session(desk.db, desk.branch_id, entered.effects[0].id)
    if session is None:
        raise LookupError("a session was written and is not there")
    return _call(wish, session, desk, entered)


def _call(wish: Wish, session: Session, desk: Desk, entered: Done | None = None) -> Outcome:
    """Write how each of the named was; what was said of a session that was entered just now can be taken back whole."""
    lines = roll.roll(desk.db, session)
    text = with_names(wish.text, desk)
    there = {line.name: line.member_id for line in lines}
    listed = {name for name in there if name in text and name not in wish.text and name[1:] in wish.text}
    states = roll_words.read_roll(replace(wish, text=text), there, listed)
    if roll_words.was_there(wish.text):
        states.setdefault(desk.speaker.id, roll_words.CAME)
    if not states:
        return _ask_who(wish, session, desk, entered)
    before = {line.member_id: line.state for line in lines}
    done = convening.call_roll(session, states, desk)
    if done.key == "not_yet":
        return done
    standing = tuple(f"{key}:{before[key]}" for key in states)
    undo = Wish(wish.intent, {"taken_back": session.id, "before": standing, "entered": int(entered is not None)})
    effects = (*(entered.effects if entered else ()), *done.effects)
    day = say_time(session.start, desk.now).rpartition("，")[0]
    said = {**_said(session, states, wish.text, desk), "title": session.title, "day": day}
    amend = Wish(wish.intent, {"session": session.id}, wish.text)
    return Done(_key(done), said, effects, undo, amend)


def _sessions(wish: Wish, desk: Desk) -> list[Session]:
    """The session that was chosen or whose day was named; else the last that has begun."""
    branch, latest = desk.speaker.branch_id, desk.now + EARLY
    if chosen := wish.key_slot("session"):
        found = sessions.session(desk.db, branch, chosen)
        return [found] if found else []
    when = stretch(wish)
    if when is None:
        known = sessions.between(desk.db, branch, desk.now - BY_NAME, latest)
        lately = sessions.between(desk.db, branch, desk.now - LOOKS_BACK, latest)
        return [each for each in known if _called(each.title, wish.text)][-1:] or lately[-1:]
    start = datetime.fromisoformat(when.start or "")
    end = datetime.fromisoformat(when.end) if when.end else start + timedelta(days=1)
    there = sessions.between(desk.db, branch, start.replace(hour=0, minute=0), end)
    named = [each for each in there if each.title in wish.text]
    return named or there


def _called(title: str, text: str) -> bool:
    """Whether a session is spoken of by its title or the end of it: 党员大会 for 支部党员大会."""
    return title in text or any(title[at:] in text for at in range(1, len(title) - SHORTEST + 1))


def _ask_who(wish: Wish, session: Session, desk: Desk, entered: Done | None = None) -> Ask:
    """Nobody was understood, or two who sound alike."""
    doubtful = wish.doubts.get("person", ())
    alike = [each for name in doubtful for each in members.named(desk.db, desk.speaker.branch_id, name)]
    if len(alike) > 1:
        choice = alike[:3]
        options = tuple(Option(apart.label(each, choice), {"person": each.name}) for each in choice)
        return Ask("which_person", "person", {"names": apart.said(choice)}, options, slots={"session": session.id})
    effects = entered.effects if entered else ()
    key = "entered_who" if entered else "who"
    return Ask(key, "person", {"title": session.title}, effects=effects, slots={"session": session.id})


def _key(done: Done) -> str:
    return {"roll_called": "called", "roll_called_open": "called_open"}[done.key]


def _said(session: Session, states: dict[int, AttendanceState], said: str, desk: Desk) -> dict[str, str]:
    """Who was written down how, and who is still open, from the rows that were written."""
    lines = roll.roll(desk.db, session)
    told = roll_words.say_roll([line for line in lines if line.member_id in states])
    missing = [line.name for line in lines if not line.state]
    if unclear := of_several(said, desk):
        told += "；" + words.load(roll_words.OWN, "parts").say("of_several", names="、".join(unclear))
    return {"told": told, "missing": roll_words.say_missing(missing, MOST_READ_OUT)}


def _take_back(wish: Wish, desk: Desk) -> Done:
    """Everybody as they stood before."""
    session = sessions.session(desk.db, desk.speaker.branch_id, wish.key_slot("taken_back") or 0)
    before = wish.slots.get("before")
    if session is None or not isinstance(before, tuple):
        return Done("no_session")
    for each in before:
        key, _, state = str(each).partition(":")
        written = next((known for known in roll.STATES if known == state), None)
        if written is None:
            roll.forget(desk.db, session.id, int(key))
        else:
            attendances.record(desk.db, session.id, int(key), written, desk.now)
    if wish.key_slot("entered"):
        return calling_off.call_off(session, desk)
    entry = desk.log("taken_back", About("session", session.id), title=session.title, day=session.starts_at[:10])
    return Done("taken_back", {"title": session.title}, (Effect("logged", "entry", entry.id),))
