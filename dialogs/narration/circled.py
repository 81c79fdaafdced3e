"""Footnotes that are marked ①, which in a list would be its points."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CIRCLED = re.compile(r"(?<=[\u4e00-\u9fff”）])[①-⑳](?=[。，；、])|(?<=[。])[①-⑳]$")


def circled_notes(lines: Sequence[str]) -> set[int]:
    """Footnotes under a page whose mark ① stands behind words above them; points ① of a list have no such mark."""
    gone: set[int] = set()
    marked: set[str] = set()
    for at, line in enumerate(lines):
        if line[:1] in marked:
            gone.add(at)
        marked |= set(_CIRCLED.findall(line))
    return gone


def without(marks: frozenset[str], line: str) -> str:
    """A line without the marks of these notes."""
    return _CIRCLED.sub(lambda found: "" if found.group() in marks else found.group(), line)
