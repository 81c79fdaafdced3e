"""The table of contents at the head of a file: each of its lines comes again as a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.narration.data import phrases

_PAGE = re.compile(r"[\s.…·．。—-]*\d{1,3}$")
_FEWEST, _SHORTEST = 3, 2


def contents(lines: Sequence[str]) -> set[int]:
    """Lines of a table of contents with its heading: three or more in a row that name headings further down.

    They end with a page, or stand under 目录.
    """
    gone: set[int] = set()
    run: list[int] = []
    headed = False
    for at, line in enumerate(lines):
        if line and _named_below(lines, at, line, headed):
            run.append(at)
        elif line:
            gone |= set(run) if len(run) >= _FEWEST + headed else set()
            headed = re.fullmatch(phrases("noise", "contents")["heading"], line) is not None
            run = [at] if headed else []
    return gone


def _named_below(lines: Sequence[str], at: int, line: str, headed: bool) -> bool:
    """Whether a line ends with a page, or need not, and without it opens a line below."""
    name = _PAGE.sub("", line)
    if len(name) < _SHORTEST or not (headed or name != line):
        return False
    return any(below.startswith(name) and (headed or below != line) for below in lines[at + 1 :])
