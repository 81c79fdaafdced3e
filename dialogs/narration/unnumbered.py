"""Headings of a document that numbers nothing: its questions, short lines over text, 学习方面，…… at the beginning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.narration.numbering import label_of

_LONGEST_NAME = 24
_INNER = ("point", "ordinal", "circle", "letter", "dash")
_QUESTION = re.compile(r"^[^。？！]{4,40}[？?]$")
_MATTER = re.compile(r"^([\u4e00-\u9fff、]{2,8}方面)[，：:]")


def headings_without_number(paragraphs: Sequence[str]) -> dict[int, tuple[str, str]]:
    """For each paragraph that is or opens with a heading: the heading, and the text that follows it in the paragraph.

    Empty where the document numbers its parts, and where fewer than two headings are found.
    """
    labels = [label_of(paragraph) for paragraph in paragraphs]
    if any(label is not None and label.kind not in _INNER for label in labels):
        return {}
    found: dict[int, tuple[str, str]] = {}
    for at, paragraph in enumerate(paragraphs):
        matter = _MATTER.match(paragraph)
        over = labels[at] is None and at + 1 < len(paragraphs) and paragraphs[at + 1].endswith(("。", "；", "："))
        if matter is not None:
            found[at] = (matter[1], paragraph[matter.end() :])
        elif over and (_QUESTION.match(paragraph) or _short_name(paragraph)):
            found[at] = (paragraph, "")
    return found if len(found) > 1 else {}


def _short_name(line: str) -> bool:
    return 2 <= len(line) <= _LONGEST_NAME and re.fullmatch(r"[\u4e00-\u9fff“”《》、（）\d]+", line) is not None
