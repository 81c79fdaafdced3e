"""The question before, as the talk keeps it, and whether what is said now goes on from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from dialogs import words
from dialogs.asking import whom
from dialogs.asking.asked import Asked
from dialogs.asking.sounded import SHARED
from dialogs.asking.stretches import Stretch
from dialogs.asking.turning import HELD
from dialogs.skill import Desk
from storage.questions.people import Particulars

LONGEST_FOLLOW_UP = 18
"""Characters of what may be nothing but 那上个月呢."""
BARE = 8
"""Characters of what may be nothing but 张建国呢."""


@dataclass(frozen=True)
class Before:
    """The question before, as a follow-up needs it."""

    intent: str
    """Its kind."""
    text: str
    """Its words."""
    people: tuple[str, ...]
    """Who was named in it."""
    stretches: tuple[Stretch, ...]
    """The stretches that were said."""
    told: tuple[str, ...]
    """Of whom the answer told."""
    times: tuple[str, ...] = ()
    """The words that said a stretch."""


_ADAPTER = TypeAdapter(Before)


def kept(text: str) -> Before | None:
    """The question before from what the talk keeps; None for none."""
    return _ADAPTER.validate_json(text) if text else None


def remembered(asked: Asked, told: Sequence[str]) -> str:
    """A question as the talk keeps it."""
    people = tuple(each.name for each in asked.people)
    return _ADAPTER.dump_json(
        Before(asked.intent, asked.text, people, asked.stretches, tuple(told), asked.times)
    ).decode()


def follows(text: str) -> bool:
    """Whether these words go on from the question before: 那上个月呢, 其中住院的有谁, 比上个月多还是少."""
    bare = text.strip("。，？！?!. ")
    cues = words.lists(SHARED, "follow")
    if len(bare) > LONGEST_FOLLOW_UP:
        return False
    begins = any(bare.startswith(cue) for cue in cues["begins"])
    begins = begins or any(re.search(pattern, bare) for pattern in (*cues["patterns"], *cues["within"]))
    ends = len(bare) <= BARE and any(bare.endswith(cue) for cue in cues["ends"])
    return begins or ends or any(cue in bare for cue in cues["holds"])


def only_a_group(text: str, desk: Desk, roster: Sequence[Particulars]) -> bool:
    """Whether nothing but a group is named, in few words: 河滨小区的有几个."""
    return len(text) <= BARE and "的" in text and rest_beside_group(text, desk, roster) == ""


def rest_beside_group(text: str, desk: Desk, roster: Sequence[Particulars]) -> str | None:
    """What is said beside an age, a gender or a place; None where none of them is named."""
    group = whom.group(text, desk.now.year, roster)
    if group.skills or group.surname:  # 会剪纸的有谁 is asked of everybody
        return None
    rest = "".join(char for at, char in enumerate(text) if not any(begin <= at < end for begin, end in group.places))
    return rest.strip("".join(words.lists(SHARED, "follow")["beside_a_group"])) if group.narrows else None


def without_other(before: str, asked: Asked, titles: Sequence[str]) -> str:
    """The words before without what is named anew: 书法班办了几回, 党课呢; 八十五岁以上的有谁, 九十以上的呢."""
    named = sorted((*titles, *words.lists(f"skills/{HELD}", "cues")["topics"]), key=len, reverse=True)
    if any(title in asked.text for title in named):
        for title in named:
            before = before.replace(title, "")
    if asked.group.narrows:
        old = whom.group(before, asked.now.year, asked.roster).places
        before = "".join(char for at, char in enumerate(before) if not any(begin <= at < end for begin, end in old))
    return before
