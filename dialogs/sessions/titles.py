"""What a session is called, and whether it is a study session or an activity, from the words in which it was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from dialogs import words
from dialogs.skill import Desk
from dialogs.understanding.sound import similarity, syllables
from storage import sessions

OWN = "sessions/convening"
"""The file with the words."""
SAME_SOUND = 0.9
"""Similarity from which a title is heard as another."""
LONGEST_TITLE = 20
"""Characters; what is longer was no title but a whole sentence."""


def kind_of(text: str) -> str:
    """study or activity, from the words in which it was said."""
    return "activity" if any(re.search(cue, text) for cue in words.lists(OWN, "cues")["activity"]) else "study"


def called(text: str) -> str:
    """What it is called by how it ends, where no usual title was said: 支委扩大会 of 在活动室开支委扩大会."""
    match = re.search(words.lists(OWN, "cues")["called"][0], text)
    return match["title"] if match else ""


def usual_in(text: str) -> str:
    """The longest usual title that was said; empty for none."""
    found = [each for each in words.lists(OWN, "cues")["titles"] if each in text]
    return max(found, key=len, default="")


def title_of(topic: str, desk: Desk) -> str:
    """What it is called: as it was said, or as any session is.

    A recogniser writes 党客 for 党课: what sounds like a title that the branch has had, or that is usual, is that one.
    """
    topic = topic[:LONGEST_TITLE]
    if not topic:
        return words.load(OWN, "words").say("untitled")
    said, year = syllables(topic), timedelta(days=366)
    had = [each.title for each in sessions.between(desk.db, desk.branch_id, desk.now - year, desk.now + year)]
    usual = words.lists(OWN, "cues")["titles"]
    known = [*usual, *had]
    return topic if topic in known else next((each for each in known if _alike(said, each, desk)), topic)


def _alike(said: Sequence[str], title: str, desk: Desk) -> bool:
    read = syllables(title)
    return len(read) == len(said) and similarity(said, read, desk.profile.region) >= SAME_SOUND
