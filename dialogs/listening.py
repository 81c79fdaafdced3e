"""What the recogniser may expect to hear: the branch's own names and documents, and the answers to an open question.

Measured on Whisper base: with the roster's names in the prompt 林国栋 is heard where 英国动 was written without them,
and after a read-back 不对 comes back into the readings where 普通 stood alone.
"""

from __future__ import annotations

from sqlite_utils import Database

from dialogs import words
from dialogs.talk import load_talk
from storage import documents, members
from storage.members import Member

MOST_NAMES = 30
"""Names that fit into the prompt beside the rest; the model reads 224 tokens."""
MOST_TITLES = 6


def expected_words(db: Database, speaker: Member) -> str:
    """A prompt in the branch's words, most telling last, for what this person may say now."""
    say = words.load("manager", "listening").say
    parts = []
    names = [each.name for each in members.members(db, speaker.branch_id)][-MOST_NAMES:]
    if names:
        parts.append(say("names", names="、".join(names)))
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
