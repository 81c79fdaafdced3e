"""What is looked for in the log: the free words of a question, and the entries that hold nearly all of them."""

from __future__ import annotations

from sqlite_utils import Database

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.sounded import SHARED
from dialogs.understanding.sound import syllables
from storage.log.search import Found
from storage.questions import Asker, entries

MOST = 50
"""Entries that a table shows; of more it is said that there are more."""
LONGEST_NEAR = 8
"""Characters of what is tried where the words as a whole stand nowhere."""
NEARLY = 0.8
"""What share of the characters of the words an entry holds that is as good as the words themselves."""
SHORTEST = 3
"""Characters of what is sought from which it may be nothing but small words."""
FEW, NEARLY_OF_FEW = 3, 0.66
"""The same where no more entries than these hold the rarest of the words: 灯泡太暗 for 灯泡换亮一点."""


def sought_words(asked: Asked) -> str:
    """The free words without those that every log is full of; empty where only days or a member were said."""
    text = asked.slots.get("text", "")
    text = text if len(text) > 1 else ""
    if not text and asked.stretch is None and not asked.people:
        text = asked.text
    for person in asked.people:
        text = text.replace(person.name, " ")
    for common in sorted(words.lists(SHARED, "cues")["log_common"], key=len, reverse=True):
        text = text.replace(common, " ")
    silent = words.lists(SHARED, "cues")["log_silent"][0]
    found = [word for part in text.split() if (word := part.strip(silent))]
    known = {tuple(syllables(word)) for word in words.lists(SHARED, "cues")["log_common"]}  # 日之 is 日志 misheard
    found = [word for word in found if tuple(syllables(word)) not in known]
    return " ".join(word for word in found if len(word) > 1 or word == asked.slots.get("text"))


def beside_kind(asked: Asked, kind: str, sought: str) -> str:
    """What is sought beside the kind of entry: 扶手 in 扶手那个建议是哪天提的."""
    for cue in sorted(asked.named(kind), key=len, reverse=True):
        sought = sought.replace(cue, " ")
    silent = words.lists(SHARED, "cues")["log_silent"][0]
    rest = " ".join(part for each in sought.split() if len(part := each.strip(silent)) > 1)
    return rest if len(weighty(rest)) > 1 else ""


def nearly_holding(asked: Asked, db: Database, asker: Asker, sought: str) -> list[Found]:
    """Entries that hold nearly every character of the words, though not one after another: 加扶手 as 加装扶手."""
    part = rarest(db, asker, sought)
    if not part:
        return []
    start, end = (asked.stretch.start, asked.stretch.end) if asked.stretch else (None, None)
    wanted = weighty(sought)
    found = entries.find(db, asker, part, start=start, end=end, limit=MOST + 1)
    least = NEARLY if len(found) > FEW else NEARLY_OF_FEW
    return [each for each in found if sum(char in each.sentence for char in wanted) >= least * len(wanted)]


def weighty(sought: str) -> str:
    """The characters of the words without those of the small words of every question."""
    small = words.lists(SHARED, "unread")["small"]
    return "".join(char for char in _apart(sought) if char not in small and char.strip("，。？?！!； "))


def _apart(sought: str) -> str:
    """The words, with what stands between them taken out: 扶手那个 holds 扶手 alone."""
    for word in sorted(words.lists(SHARED, "unread")["small"], key=len, reverse=True):
        sought = sought.replace(word, " ") if len(word) > 1 else sought
    return sought


def rarest(db: Database, asker: Asker, sought: str) -> str:
    """The part of the words that the fewest entries hold; empty where none does."""
    best, least = "", MOST + 1
    for word in _apart(sought).split():
        for length in range(min(len(word), LONGEST_NEAR), 1, -1):
            for at in range(len(word) - length + 1):
                part = word[at : at + length]
                found = entries.find(db, asker, part, limit=least)
                if found and not found[0].by_sound and len(found) < least:
                    best, least = part, len(found)
    return best
