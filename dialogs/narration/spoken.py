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
    """这份文件讲六件事：第一，……；第二，……。 Of a document without numbered chapters it says so."""
    words = phrases("spoken", "outline")
    titled = [chapter for chapter in narration.chapters if (chapter.number or chapter.title) and _title(chapter)]
    if len(titled) < 2:
        return words["single"]
    items = [words["item"].format(number=_han(place), title=_title(chapter)) for place, chapter in enumerate(titled, 1)]
    return words["beginning"].format(count=_han(len(items))) + words["between"].join(items) + words["end"]


def _title(chapter: Chapter) -> str:
    """The heading; for an article without one, its first words up to a comma."""
    if chapter.title:
        return chapter.title.rstrip("？?")
    first = shorten(chapter.text.split("。")[0]).split("，")[0]
    return first if len(first) <= _TITLE else ""


def _han(number: int) -> str:
    return str(cn2an.an2cn(str(number), "low"))
