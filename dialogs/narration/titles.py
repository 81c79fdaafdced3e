"""What a document is called: the lines at its head that end like a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dialogs.narration.data import word_lists
from dialogs.narration.numbering import label_of
from dialogs.narration.offices import is_office
from dialogs.narration.signatures import iso_date

HEAD_LINES = 40
"""Within so many lines a document has said what it is."""
STOPS = re.compile(r"[。；!！?？;：:]")
"""Marks that no title has in it."""
_TITLE_LINES = 5
_TITLE_LENGTH = 120
_TRIAL = "试行|暂行|修订|草案|送审稿|征求意见稿|讨论稿|审议稿|\\d{4}年.{0,8}"
_SUBTITLE = re.compile(r"^(?:——|--)[^。；]{4,40}$")
_ISSUES = re.compile(r"关于(?:印发|转发|发布|公布)(?:.{0,40}?)《(?P<inner>.+)》的通知$")


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(word_lists('noise', 'masthead')['kinds'])})(?:{_version().pattern})?$")


@cache
def _version() -> re.Pattern[str]:
    """What stands in brackets behind a title."""
    return re.compile(f"[（(](?:{_TRIAL}|{'|'.join(word_lists('noise', 'masthead')['corrected'])})[)）]")


def uncorrected(title: str) -> str:
    """A title without what says that its text was mended: by this name the text before it is known."""
    return re.sub(f"[（(](?:{'|'.join(word_lists('noise', 'masthead')['corrected'])})[)）]$", "", title)


def title_of(lines: Sequence[str], taken: set[int]) -> tuple[str, set[int]]:
    """The first run of lines that ends like a title; that of the attached text where a notice only passes it on."""
    filled = [at for at, line in enumerate(lines) if line and at not in taken]
    outer, where = _first_title(lines, filled[:HEAD_LINES], taken)
    passed_on = _ISSUES.search(outer)
    if passed_on is None:
        return outer, where
    for place in range(len(filled)):
        for size in range(1, _TITLE_LINES + 1):
            run = filled[place : place + size]
            whole = "".join(lines[at] for at in run)
            if whole.endswith(passed_on["inner"]) and not STOPS.search(whole) and not where & set(run):
                return whole, where | set(run)
    return outer, where


def _first_title(lines: Sequence[str], filled: Sequence[int], taken: set[int]) -> tuple[str, set[int]]:
    run: list[int] = []
    for at in filled:
        line = lines[at]
        numbered = label_of(line) is not None and not _SUBTITLE.match(line)
        if STOPS.search(line) or numbered or iso_date(line) or "\t" in line:
            run = []
            continue
        run = [*run, at][-_TITLE_LINES:]
        whole = "".join(lines[part] for part in run)
        if len(whole) <= _TITLE_LENGTH and len(whole) >= 6 and _title_end().search(whole):
            return _extended(lines, filled, run, taken)
    return "", set()


def _extended(lines: Sequence[str], filled: Sequence[int], run: list[int], taken: set[int]) -> tuple[str, set[int]]:
    """A title takes the (试行) or subtitle under it along, and leaves out an office on a line of its own above it."""
    after = [at for at in filled if at > run[-1]][:1]
    if after and (_version().fullmatch(lines[after[0]]) or _SUBTITLE.match(lines[after[0]])):
        run = [*run, after[0]]
    first = 0
    while first + 1 < len(run):
        under_head = any(at in taken for at in range(run[first], run[first + 1]))  # the number stands between the two
        if not under_head and not _stands_alone(lines[run[first]], lines[run[first + 1]]):
            break
        first += 1
    return "".join(lines[at] for at in run[first:]), set(run[first:])


def _stands_alone(line: str, following: str) -> bool:
    """Whether a line over a title is an organisation rather than the beginning of 某某局关于……的通知."""
    return is_office(line) and not following.startswith(("关于", "印发", "转发"))
