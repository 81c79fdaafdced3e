"""What the recogniser may expect to hear: the branch's own names and documents, and the answers to an open question.

Measured on Whisper base: after a read-back 不对 comes back into the readings where 普通 stood alone. Names in the
prompt brought names that nobody had said (7 of 90 were somebody else, 3 without them): they are weighed against
the sound.
"""

from __future__ import annotations

from sqlite_utils import Database

from dialogs import words
from dialogs.talk import load_talk
from storage import documents, members
from storage.members import Member

MOST_TITLES = 6
TITLE = 4
"""Characters from which what a document is called is told from other words."""


def likely_phrases(db: Database, speaker: Member) -> tuple[str, ...]:
    """Whom and what this person may name: everybody of the branch, and its newest documents as they are called."""
    shelf = documents.documents(db, speaker.branch_id)[:MOST_TITLES]
    called = (name for each in shelf for name in each.spoken_names if len(name) >= TITLE)
    return (*(each.name for each in members.members(db, speaker.branch_id)), *called)


def expected_words(db: Database, speaker: Member) -> str:
    """A prompt in the branch's words, most telling last, for what this person may say now."""
    say = words.load("manager", "listening").say
    parts = []
    shelf = documents.documents(db, speaker.branch_id)[:MOST_TITLES]
    titles = [each.spoken_names[0] if each.spoken_names else each.title for each in shelf]
    if titles:
        parts.append(say("titles", titles="、".join(titles)))
    parts.append(say("domain"))
    question = load_talk(db, speaker.id).question
    if question and not question.slot:
        parts.append(say("yes_no"))
    elif question and question.options:
        parts.append(say("choices"))
    return "".join(parts)
