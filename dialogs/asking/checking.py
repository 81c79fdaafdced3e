"""自查: the locality's rules applied to the branch's books, in one sentence and a table; who cannot know says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlite_utils import Database

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.sounded import SHARED
from dialogs.asking.told import Told, say, table
from storage.checks import CARING, Finding, check_branch
from storage.questions import Asker
from storage.settings import profile_of

MOST_CALLED = 4
"""Rules not kept that are named in the sentence; the table has them all."""
MOST_LINES = 5
"""Names in one line of the table."""


def asks_what_lacks(text: str) -> bool:
    """Whether it is asked what the branch has not done of what is asked of it, in whatever words."""
    cues = words.lists(SHARED, "self_check")
    rest = text
    for lack in cues["lacks"]:
        rest = rest.replace(lack, "")  # 没到位 names nobody (一位)
    if any(cue in rest for cue in cues["others"]):
        return False
    if any(re.search(pattern, text) for key in ("compared", "whole") for pattern in cues[key]):
        return True
    return all(any(cue in text for cue in cues[key]) for key in ("frames", "lacks", "asks"))


def answer(asked: Asked, db: Database, asker: Asker) -> Told:
    """Every rule: what is not kept first, then what nobody can know, then what is kept."""
    branch_id = asker.branch(db)
    if branch_id is None:
        return Told("", refused=True)
    found = check_branch(db, branch_id, profile_of(db, branch_id), asked.now, cares=asker.cares(db))
    rows = [
        (one.title, say(asked, f"state_{one.state}"), one.said, one.remedy, _source(asked, one), _lines(asked, one))
        for one in found
    ]
    entries = sorted({number for each in found if each.state == "unmet" for number in each.entries})
    return Told(
        _said(asked, found),
        table(asked, "self_check", rows),
        entries=tuple(entries),
        health=any(each.key in CARING and each.lines for each in found),
    )


def _said(asked: Asked, found: Sequence[Finding]) -> str:
    parts = []
    for state in ("met", "unmet", "unknown"):
        there = [each for each in found if each.state == state]
        if there:
            names = [each.called for each in there]
            called = "、".join(names[:MOST_CALLED])
            if len(names) > MOST_CALLED:
                called = say(asked, "and_more", names=called)
            parts.append(say(asked, f"self_check_{state}", count=len(there), names=called))
    said = say(asked, "self_check", count=len(found), parts="，".join(parts))
    first = next((each.remedy for each in found if each.state == "unmet" and each.remedy), "")
    return said + (say(asked, "self_check_first", remedy=first) if first else "")


def _source(asked: Asked, finding: Finding) -> str:
    return say(asked, "own_rule") if finding.own else f"{finding.document}，{finding.clause}"


def _lines(asked: Asked, finding: Finding) -> str:
    """What an unkept rule rests on."""
    if finding.state != "unmet":
        return ""
    shown = "；".join(finding.lines[:MOST_LINES])
    return say(asked, "and_more", names=shown) if len(finding.lines) > MOST_LINES else shown
