"""What is said around the words of a document: where a passage stands, and which chapters there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

import cn2an

from dialogs.narration.compress import shorten
from dialogs.narration.data import phrases
from dialogs.narration.model import Chapter, Narration
from dialogs.narration.numbering import label_of

_TITLE = 24
_MOST = 12
"""Items that are said in one breath; of a long rule with forty articles it is said how many more there are."""


def spoken_clause(path: Sequence[str]) -> str:
    """The labels that lead to a sentence as they are said; empty for the introduction."""
    return "".join(_spoken(label) for label in path)


def _spoken(label: str) -> str:
    words = phrases("spoken", "clause")
    kind = label_of(f"{label}、{label}") if not label.startswith("第") else None
    if label.startswith("第"):
        return _counted(label)
    if kind is None:
        return words["named"].format(name=label)
    number = re.sub(r"[（）()是、.．§\s]", "", label)
    pattern = words.get(kind.kind, words["other"])
    return pattern.format(number=_counted(number))


def _counted(text: str) -> str:
    """Figures as they are read: 10 is 十."""
    return re.sub(r"\d+", lambda match: str(cn2an.an2cn(match.group(), "low")), text)


def outline(narration: Narration) -> str:
    """这份文件讲六件事：第一，……；第二，……。 Of a document without numbered chapters it says so.

    A chapter has the number by which it is asked for, also where the one before it has no short name.
    """
    words = phrases("spoken", "outline")
    numbered = [chapter for chapter in narration.chapters if chapter.number or chapter.title]
    titled = [(place, title) for place, chapter in enumerate(numbered, 1) if (title := _title(chapter))]
    if len(titled) < 2:
        return words["single"]
    items = [words["item"].format(number=_han(place), title=title) for place, title in titled[:_MOST]]
    left = len(numbered) - titled[:_MOST][-1][0]
    more = words["more"].format(count=_han(left)) if left else ""
    return words["beginning"].format(count=_han(len(numbered))) + words["between"].join(items) + words["end"] + more


def _title(chapter: Chapter) -> str:
    """The heading; for an article without one, its first words up to a comma, and where these are many to a pause."""
    if chapter.title:
        return chapter.title.rstrip("？?")
    first = shorten(chapter.text.split("。")[0]).split("，")[0]
    return next((each for each in (first, first.split("、")[0]) if len(each) <= _TITLE), "")


def _han(number: int) -> str:
    return str(cn2an.an2cn(str(number), "low"))
