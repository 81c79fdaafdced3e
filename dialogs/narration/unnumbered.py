"""Headings that no number marks: 【申请材料】, questions, short lines over text, 学习方面，…… at the beginning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.narration.numbering import STRONG, label_of

_LONGEST_NAME = 24
_INNER = ("point", "ordinal", "circle", "letter", "dash")
_BRACKETS = re.compile(r"^[【〔\[]([^】〕\]]{2,16})[】〕\]]$|^【([^】]{2,16})】(?=.)")
_QUESTION = re.compile(r"^(?:问|Q\d*)[:：] ?(.{3,40})$|^([^。？！]{4,40}[？?])$")
_ANSWER = re.compile(r"^(?:答|A\d*)[:：] ?")
_MATTER = re.compile(r"^([\u4e00-\u9fff、]{2,8}方面)[，：:]")
_NAME = re.compile(r"[\u4e00-\u9fff“”《》、（）\d]+")
_TEXT_ENDS = ("。", "；", "：")


@dataclass(frozen=True)
class Heading:
    """A heading without number."""

    kind: str
    """bracket, or named for a question or a short line: those stand under a bracket."""
    title: str
    """What it says, without brackets and without 问：."""
    rest: str
    """The text that follows it in the same paragraph."""


def headings_without_number(paragraphs: Sequence[str]) -> dict[int, Heading]:
    """For each paragraph that is or opens with a heading, that heading.

    Brackets always make one. Other lines do where the document numbers only lists under them, and where they are two
    or more.
    """
    found = {at: heading for at, each in enumerate(paragraphs) if (heading := _bracketed(each))}
    named = _named(paragraphs)
    return (found | named) if len(named) > 1 else found


def without_answer_mark(paragraph: str) -> str:
    """An answer without 答： in front."""
    return _ANSWER.sub("", paragraph)


def _bracketed(paragraph: str) -> Heading | None:
    match = _BRACKETS.match(paragraph)
    return Heading("bracket", match[1] or match[2], paragraph[match.end() :].lstrip("：: ")) if match else None


def _named(paragraphs: Sequence[str]) -> dict[int, Heading]:
    labels = [label_of(paragraph) for paragraph in paragraphs]
    found: dict[int, Heading] = {}
    for at, paragraph in enumerate(paragraphs):
        label, matter = labels[at], _MATTER.match(paragraph)
        if label is not None and label.kind not in _INNER and (label.kind in STRONG or not found):
            return {}  # the document's own numbering leads
        if matter is not None:
            found[at] = Heading("named", matter[1], paragraph[matter.end() :])
        elif label is None and at + 1 < len(paragraphs) and (title := _title(paragraph)):
            following = paragraphs[at + 1]
            if following.endswith(_TEXT_ENDS) or labels[at + 1] is not None or _ANSWER.match(following):
                found[at] = Heading("named", title, "")
    return found


def _title(line: str) -> str:
    question = _QUESTION.match(line)
    if question:
        return question[1] or question[2]
    return line if 2 <= len(line) <= _LONGEST_NAME and _NAME.fullmatch(line) else ""
