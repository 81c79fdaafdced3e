"""What the recogniser may expect to hear: wishes as members put them, and the answers to an open question.

Measured on Whisper base: after a read-back 不对 comes back into the readings where 普通 stood alone. Names and titles
are not in the prompt but weighed against the sound: there they brought what nobody had said (7 of 90 names were
somebody else, 3 without them; 星期五 became 提升其五 beside 六有一提升). Whole wishes with a weekday and a sum do more
than a list of things alone: 6.0 instead of 7.8 % of syllables wrong in fifty requests, thirty of them degraded. So they
do for an officer's questions (6.9 instead of 7.5 % in ninety), whose own words are weighed against the sound besides.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from dialogs import words
from dialogs.asking.lexicon import own_words
from dialogs.asking.sounded import SHARED
from dialogs.talk import load_talk
from storage import documents, members
from storage.members import Member

MOST_TITLES = 6
TITLE = 4
"""Characters from which what a document is called is told from other words."""


def likely_phrases(db: Database, speaker: Member) -> tuple[str, ...]:
    """Whom and what this person may name: everybody of the branch, and its newest documents as they are called."""
    shelf = documents.documents(db, speaker.branch_id)[:MOST_TITLES]
    called = (name for each in shelf for name in each.spoken_names)
    return telling((each.name for each in members.members(db, speaker.branch_id)), called)


def usual_words(db: Database, speaker: Member, now: datetime) -> tuple[str, ...]:
    """What an officer asks about: what the branch calls its sessions and places, and the words by which questions
    turn (党课 is no 党费); nothing for members."""
    if not members.is_officer(db, speaker, now):
        return ()
    return (*own_words(db, speaker.id, now), *words.lists(SHARED, "sound")["weighed"])


def telling(names: Iterable[str], called: Iterable[str]) -> tuple[str, ...]:
    """Names of people, and of what documents are called whatever is long enough to be told from other words."""
    return (*names, *(name for name in called if len(name) >= TITLE))


def expected_words(db: Database, speaker: Member) -> str:
    """A prompt in the branch's words, most telling last, for what this person may say now."""
    say = words.load("manager", "listening").say
    parts = [anything()]
    if any(each.id == speaker.id for each in members.officers_of_any_day(db, speaker.branch_id)):
        parts.append(say("officer"))  # officers ask whole questions beside the wishes of every member
    question = load_talk(db, speaker.id).question
    if question and not question.slot:
        parts.append(say("yes_no"))
    elif question and question.options:
        parts.append(say("choices"))
    return "".join(parts)


def asks_for_sum(db: Database, speaker: Member) -> bool:
    """Whether this person was asked how much."""
    question = load_talk(db, speaker.id).question
    return question is not None and question.slot == "amount"


def anything() -> str:
    """The prompt where no question is open."""
    return words.load("manager", "listening").say("domain")
