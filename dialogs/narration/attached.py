"""What stands around a document without being said in it: lists of attachments, blank forms, its title again."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from dialogs.narration.numbering import label_of
from dialogs.narration.sweep import is_noise
from dialogs.narration.titles import STOPS

_TELLS = re.compile(rf"{STOPS.pattern}|\d")
_TO_FILL = re.compile(r"(?:[^：，。；\d]{1,12}：\s*)+")
"""填表人：　联系电话："""


def attachments(lines: Sequence[str]) -> set[int]:
    """The list of attachments under the text (not the attachments themselves)."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if is_noise("attachments", line) and len(line) <= 80 and not line.endswith("。"):
            found.add(at)
            for below in range(at + 1, len(lines)):
                label = label_of(lines[below])
                listed = label is not None and label.kind == "arabic" and not STOPS.search(lines[below])
                if lines[below] and not listed:
                    break
                if lines[below]:
                    found.add(below)
    return found


def echoes(lines: Sequence[str], title: str, taken: set[int]) -> set[int]:
    """Lines that only say the title again, or a broken piece of it."""
    if not title:
        return set()
    found: set[int] = set()
    for at, line in enumerate(lines):
        bare = re.sub(r"^印发|[《》]|的?通知$", "", line)
        if at not in taken and len(bare) >= 8 and bare in title and label_of(line) is None:
            found.add(at)
    return found


def blank_forms(lines: Sequence[str], signed: Collection[int]) -> set[int]:
    """Lines below the signature that are only to be filled in: no sentence and no figure among them."""
    below = [at for at in range(max(signed, default=len(lines)) + 1, len(lines)) if lines[at]]
    told = any(not _TO_FILL.fullmatch(lines[at]) and _TELLS.search(lines[at]) for at in below)
    return set() if told else set(below)
