"""What becomes of a suggestion: it is passed on, it is answered, and each time its member hears so."""

from __future__ import annotations

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.skill import Desk, Done
from storage import suggestions
from storage.database import present
from storage.log import About
from storage.members import Officer

PASSED = "passed"
"""The act behind an officer's button: passed:12."""


def pass_on(suggestion_id: int, officer: Officer, desk: Desk) -> Done:
    """Write that an officer passed it on, and tell the member."""
    branch = desk.speaker.branch_id
    if not suggestions.pass_on(desk.db, branch, suggestion_id, officer.id, desk.now):
        return Done("passed_on_already")
    return _told("passed_on", suggestion_id, officer, desk)


def answer(suggestion_id: int, text: str, officer: Officer, desk: Desk) -> Done:
    """Write the answer down word for word, and tell it to the member."""
    branch = desk.speaker.branch_id
    if not suggestions.answer(desk.db, branch, suggestion_id, text, officer.id, desk.now):
        return Done("answered_already")
    return _told("answered", suggestion_id, officer, desk)


def _told(state: str, suggestion_id: int, officer: Officer, desk: Desk) -> Done:
    standing = present(suggestions.suggestion(desk.db, desk.speaker.branch_id, suggestion_id), "the suggestion")
    about = About("suggestion", standing.id)
    values = {"name": standing.name, "officer": officer.spoken, "answer": standing.answer}
    entry = desk.log(f"suggestion_{state}", about, standing.member_id, "officers/suggesting", **values)
    news = words.load("officers/suggesting", "words").say(f"member_{state}", **values)
    notify.tell_member(desk, f"suggestion:{standing.id}:{state}", standing.member_id, news)
    effects = (Effect(state, "suggestion", standing.id), Effect("logged", "entry", entry.id))
    return Done(state, {"name": standing.name}, effects)
