"""Where a sentence stands, in words that can be spoken: 第四部分第二点."""

from __future__ import annotations

import re
from collections.abc import Sequence

import cn2an

from dialogs.narration.data import phrases
from dialogs.narration.numbering import label_of


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
