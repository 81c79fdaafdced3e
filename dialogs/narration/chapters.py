"""Chapters from the document's own numbering, nested, and every sentence with the clause it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dialogs.narration.model import Chapter, Sentence
from dialogs.narration.numbering import STRONG, Label, inner_points, label_of
from dialogs.narration.parts import Part
from dialogs.narration.sentences import bare, split_sentences
from dialogs.narration.unnumbered import Heading, headings_without_number, without_answer_mark

_HEADING_LENGTH = 45
_TITLED_LENGTH = 34
_NAME_LENGTH = 24
_SAYS_MORE = re.compile(r"[。，；：\d]")
_LISTED = ("arabic", "arabic_bracket", "han_bracket", "circle", "letter")
_UNLABELLED = ("", "article", "point", "circle", "ordinal", "letter")


def build(paragraphs: Sequence[str], first_number: int) -> tuple[tuple[Chapter, ...], list[Sentence]]:
    """Chapters and sentences of a cleaned body; sentences are numbered from `first_number` on."""
    root = Part(None)
    stack: list[Part] = [root]
    named = headings_without_number(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        if at in named:
            _open(stack, named[at])
        text = named[at].rest if at in named else paragraph
        for line in _lines(without_answer_mark(text)) if text else ():
            _add(stack, line)
    _tell_items(root)
    _name_heads(root)
    introduction = [Part(None, "", root.paragraphs).chapter()] if root.paragraphs else []
    return (*introduction, *(part.chapter() for part in root.parts)), list(root.sentences(first_number))


def _open(stack: list[Part], heading: Heading) -> None:
    """Begin the part of a heading without number: under what the document numbers, a question under its bracket too."""
    over = (*STRONG, "bracket") if heading.kind == "named" else STRONG
    while len(stack) > 1 and (stack[-1].label is None or stack[-1].label.kind not in over):
        stack.pop()
    node = Part(Label(heading.kind, "", 0), heading.title)
    stack[-1].parts.append(node)
    stack.append(node)


def _tell_items(node: Part) -> None:
    """Where numbered lines have nothing under them, none is a heading: they are the items of a list."""
    listed = [part for part in node.parts if part.label is not None and part.label.kind in _LISTED]
    if listed and not any(part.paragraphs or part.parts for part in listed):
        for part in listed:
            part.title, part.paragraphs = "", [part.title]
    for part in node.parts:
        _tell_items(part)


def _name_heads(node: Part) -> None:
    """A heading that ends with a full stop is one all the same where all that it names stands in parts under it."""
    for part in node.parts:
        numbered = part.parts and part.parts[0].label is not None and part.label is not None
        said = part.paragraphs[0] if len(part.paragraphs) == 1 and not part.title and numbered else ""
        if 0 < len(said) <= _NAME_LENGTH and said.endswith("。") and not _SAYS_MORE.search(said[:-1]):
            part.title, part.paragraphs = bare(said), []
        _name_heads(part)


def _lines(paragraph: str) -> list[str]:
    """A paragraph, parted where 一是, 二是 count within it."""
    starts = inner_points(paragraph)
    if not starts:
        return [paragraph]
    cuts = [0, *starts, len(paragraph)] if starts[0] else [*starts, len(paragraph)]
    return [paragraph[start:end] for start, end in pairwise(cuts)]


def _add(stack: list[Part], line: str) -> None:
    label = label_of(line)
    if label is None:
        _add_text(stack, line)
        return
    _climb(stack, label)
    title, rest = _heading(line[label.length :] if label.kind != "point" else line, label)
    node = Part(label, title, [rest] if rest else [])
    stack[-1].parts.append(node)
    stack.append(node)


def _add_text(stack: list[Part], line: str) -> None:
    """A paragraph without label belongs to the last labelled one, but not to a counted point: those are one line."""
    while len(stack) > 1 and stack[-1].label is not None and stack[-1].label.kind == "point":
        stack.pop()
    node = stack[-1]
    if node.parts:
        node.parts.append(Part(None, "", [line]))
    else:
        node.paragraphs.append(line)


def _climb(stack: list[Part], label: Label) -> None:
    """Go up to where a label of this kind belongs: beside its like, else one level deeper."""
    for depth in range(len(stack) - 1, 0, -1):
        own = stack[depth].label
        if own is not None and own.kind == label.kind:
            del stack[depth:]
            return
    if label.kind == "book" and len(stack) > 1:
        del stack[1:]


def _heading(text: str, label: Label) -> tuple[str, str]:
    """The heading that a labelled line opens with, and the text that follows it."""
    text = text.strip()
    if label.kind in _UNLABELLED:
        return ("", text) if text.endswith(tuple("。；：！？")) or len(text) > _HEADING_LENGTH else (text, "")
    first, *others = split_sentences(text)[:2] or [""]
    if others or first.endswith("。"):
        ends = len(first) <= _TITLED_LENGTH and (bool(others) or label.kind != "arabic")
        return (bare(first), text[len(first) :].strip()) if ends and others else ("", text)
    return (bare(text), "") if len(text) <= _HEADING_LENGTH and not text.endswith("；") else ("", text)
