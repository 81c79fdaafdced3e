"""Chapters from the document's own numbering, nested, and every sentence with the clause it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dialogs.narration.model import Chapter, Sentence
from dialogs.narration.numbering import STRONG, Label, inner_points, label_of
from dialogs.narration.sentences import bare, split_sentences
from dialogs.narration.unnumbered import Heading, headings_without_number, without_answer_mark

_HEADING_LENGTH = 45
_TITLED_LENGTH = 34
_LISTED = ("arabic", "arabic_bracket", "han_bracket", "circle", "letter")
_UNLABELLED = ("", "article", "point", "circle", "ordinal", "letter")


@dataclass
class _Node:
    """A chapter while it is being built."""

    label: Label | None
    title: str = ""
    paragraphs: list[str] = field(default_factory=list)
    parts: list[_Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        if self.label is None:
            return ""
        return self.label.text or self.title


def build(paragraphs: Sequence[str], first_number: int) -> tuple[tuple[Chapter, ...], list[Sentence]]:
    """Chapters and sentences of a cleaned body; sentences are numbered from `first_number` on."""
    root = _Node(None)
    stack: list[_Node] = [root]
    named = headings_without_number(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        if at in named:
            _open(stack, named[at])
        text = named[at].rest if at in named else paragraph
        for line in _lines(without_answer_mark(text)) if text else ():
            _add(stack, line)
    _tell_items(root)
    sentences = list(_sentences(root, (), first_number))
    introduction = [_chapter(_Node(None, "", root.paragraphs))] if root.paragraphs else []
    return (*introduction, *(_chapter(part) for part in root.parts)), sentences


def _open(stack: list[_Node], heading: Heading) -> None:
    """Begin the part of a heading without number: under what the document numbers, a question under its bracket too."""
    over = (*STRONG, "bracket") if heading.kind == "named" else STRONG
    while len(stack) > 1 and (stack[-1].label is None or stack[-1].label.kind not in over):
        stack.pop()
    node = _Node(Label(heading.kind, "", 0), heading.title)
    stack[-1].parts.append(node)
    stack.append(node)


def _tell_items(node: _Node) -> None:
    """Where numbered lines have nothing under them, none is a heading: they are the items of a list."""
    listed = [part for part in node.parts if part.label is not None and part.label.kind in _LISTED]
    if listed and not any(part.paragraphs or part.parts for part in listed):
        for part in listed:
            part.title, part.paragraphs = "", [part.title]
    for part in node.parts:
        _tell_items(part)


def _lines(paragraph: str) -> list[str]:
    """A paragraph, parted where 一是, 二是 count within it."""
    starts = inner_points(paragraph)
    if not starts:
        return [paragraph]
    cuts = [0, *starts, len(paragraph)] if starts[0] else [*starts, len(paragraph)]
    return [paragraph[start:end] for start, end in pairwise(cuts)]


def _add(stack: list[_Node], line: str) -> None:
    label = label_of(line)
    if label is None:
        _add_text(stack, line)
        return
    _climb(stack, label)
    title, rest = _heading(line[label.length :] if label.kind != "point" else line, label)
    node = _Node(label, title, [rest] if rest else [])
    stack[-1].parts.append(node)
    stack.append(node)


def _add_text(stack: list[_Node], line: str) -> None:
    """A paragraph without label belongs to the last labelled one, but not to a counted point: those are one line."""
    while len(stack) > 1 and stack[-1].label is not None and stack[-1].label.kind == "point":
        stack.pop()
    node = stack[-1]
    if node.parts:
        node.parts.append(_Node(None, "", [line]))
    else:
        node.paragraphs.append(line)


def _climb(stack: list[_Node], label: Label) -> None:
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


def _sentences(node: _Node, path: tuple[str, ...], number: int) -> Iterator[Sentence]:
    if node.title:
        yield Sentence(number, node.title, path, heading=True)
        number += 1
    for paragraph in node.paragraphs:
        for text in split_sentences(paragraph):
            yield Sentence(number, text, path)
            number += 1
    for part in node.parts:
        for sentence in _sentences(part, (*path, part.name) if part.name else path, number):
            yield sentence
            number = sentence.number + 1


def _chapter(node: _Node) -> Chapter:
    return Chapter(
        title=node.title,
        text="\n".join(_read_out(node)),
        number=node.label.text if node.label else "",
        parts=tuple(_chapter(part) for part in node.parts if part.label is not None),
    )


def _read_out(node: _Node) -> Iterator[str]:
    """The lines under a chapter: its paragraphs, then its parts with their headings."""
    yield from node.paragraphs
    for part in node.parts:
        if part.label is None:
            yield from part.paragraphs
            continue
        opening, *rest = part.paragraphs or [""]
        mark = "" if part.label.kind == "point" or not part.label.text else part.label.text
        yield " ".join(filter(None, [mark, f"{part.title}。" if part.title else "", opening]))
        yield from _read_out(_Node(None, "", list(rest), part.parts))
