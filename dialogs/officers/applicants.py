"""Which application an officer means: the only one, one member's, or one of several to choose from."""

from __future__ import annotations

import re

from dialogs import words
from dialogs.officers import deciding
from dialogs.skill import Ask, Desk, Done, Option, Wish
from dialogs.understanding.ordinals import find_ordinal
from storage import applications
from storage.applications import Application

OWN = "officers/applicants"
"""The file with the words."""
MOST_READ_OUT = 3


def wanted(wish: Wish, desk: Desk) -> Application | Ask | Done:
    """The application that is meant; the question which, or the word that there is none."""
    branch = desk.speaker.branch_id
    if chosen := wish.key_slot("application"):
        found = applications.application(desk.db, branch, chosen)
        return found if found else Done("none_waiting", source=OWN)
    waiting = applications.pending(desk.db, branch)
    names = _names(wish)
    theirs = [each for each in waiting if each.name in names] if names else waiting
    if names and not theirs:
        return Done("none_of", {"name": "、".join(names), "others": _listed(waiting)}, source=OWN)
    if not theirs:
        return Done("none_waiting", source=OWN)
    number = find_ordinal(wish.text)
    if len(theirs) > 1 and number is not None and 0 < number <= len(theirs):
        return theirs[number - 1]  # 第二个同意, after they were read out
    if len(theirs) == 1:
        return theirs[0]
    options = tuple(Option(spoken(each), {"application": each.id}) for each in theirs[:MOST_READ_OUT])
    return Ask("which", "application", {"which": "；".join(option.label for option in options)}, options)


def asks_what_waits(text: str) -> bool:
    """有什么要批的: whether it is asked what waits for a yes."""
    return any(re.search(each, text) for each in words.lists(OWN, "cues")["waits"])


def waiting_told(desk: Desk) -> str:
    """What waits for a yes, and how it is given."""
    waiting = applications.pending(desk.db, desk.branch_id)
    text = words.load(OWN, "officer")
    if not waiting:
        return text.say("none_waiting")
    told = "；".join(spoken(each) for each in waiting[:MOST_READ_OUT])
    return text.say("waiting", count=len(waiting), each=told, name=waiting[0].name)


def spoken(application: Application) -> str:
    """刘德福，减免党费的申请."""
    text = words.load(OWN, "words")
    return text.say("one", name=application.name, subject=deciding.subject(application))


def _names(wish: Wish) -> list[str]:
    said = wish.slots.get("person")
    return [str(name) for name in said] if isinstance(said, tuple) else [said] if isinstance(said, str) else []


def _listed(waiting: list[Application]) -> str:
    text = words.load(OWN, "words")
    if not waiting:
        return text.say("no_others")
    return text.say("others", each="；".join(spoken(each) for each in waiting[:MOST_READ_OUT]))
