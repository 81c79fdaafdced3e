"""The chapters of a document, told in one breath."""

from __future__ import annotations

import cn2an

from dialogs.narration.compress import shorten
from dialogs.narration.data import phrases
from dialogs.narration.model import Chapter, Narration

_TITLE = 24


def outline(narration: Narration) -> str:
    """这份文件讲六件事：第一，……；第二，……。 Of a document without numbered chapters it says so."""
    words = phrases("spoken", "outline")
    titled = [chapter for chapter in narration.chapters if chapter.number and _title(chapter)]
    if len(titled) < 2:
        return words["single"]
    items = [
        words["item"].format(number=_han(place), title=_title(chapter)) for place, chapter in enumerate(titled, 1)
    ]
    return words["beginning"].format(count=_han(len(items))) + words["between"].join(items) + words["end"]


def _title(chapter: Chapter) -> str:
    """The heading; for an article without one, its first words up to a comma."""
    if chapter.title:
        return chapter.title
    first = shorten(chapter.text.split("。")[0]).split("，")[0]
    return first if len(first) <= _TITLE else ""


def _han(number: int) -> str:
    return str(cn2an.an2cn(str(number), "low"))
