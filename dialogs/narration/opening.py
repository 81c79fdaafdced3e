"""The first sentence of a summary: what the document is."""

from __future__ import annotations

import re

from dialogs.narration.data import phrases
from dialogs.narration.model import Narration, SummarySentence

_JOINT_ISSUERS = re.compile(r"^[^《》]+、[^《》、]+?(?=关于)")
_PARTY = re.compile(r"^中共|(?<=[。、])中共")


def opening(narration: Narration, limit: int) -> list[SummarySentence]:
    """这是 and the title, if there is one and `limit` characters allow it; joint issuers are not named again."""
    title = _PARTY.sub("", _JOINT_ISSUERS.sub("", narration.title))
    title = re.sub(r"[（(](试行|暂行|修订|草案)[)）]$", "", title)
    if not title:
        return []
    text = phrases("spoken", "summary")["opening"].format(title=title)
    return [SummarySentence(text, (1,))] if len(text) <= limit else []


def introduces(summary: str) -> bool:
    """Whether a summary says itself what the document is, so that the title need not be said before it."""
    return summary.startswith(phrases("spoken", "summary")["opening"].split("{")[0])
