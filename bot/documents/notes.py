"""Footnotes, as far as a file only shows them by where they stand: a small figure behind a word, a line at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.wording import wording

MOST_LINES = 12
"""Lines from the end of a page among which its notes stand."""


def marked(lines: Sequence[str]) -> list[str]:
    """The lines of a page, its footnotes and their marks in brackets: [1]; a number without its note is left alone."""
    found, patterns = list(lines), wording("notes")
    for at in range(max(1, len(lines) - MOST_LINES), len(lines)):
        note = re.match(patterns["line"], found[at])
        if note is None:
            continue
        mark = re.compile(patterns["mark"].format(number=note[1]), re.MULTILINE)
        above = next((above for above in range(at) if mark.search(found[above])), None)
        if above is not None:
            found[above] = mark.sub(f"[{note[1]}]", found[above], count=1)
            found[at] = f"[{note[1]}] {found[at][note.end() :]}"
    return found
