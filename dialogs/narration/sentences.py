"""Sentences of a paragraph, and the statements within a sentence."""

from __future__ import annotations

import re

_STOP = "。！？!?"
_AFTER_STOP = "”’」』）)》】"
_NAME = 8
_OPEN, _CLOSE = "（(“《【「", "）)”》】」"


def split_sentences(paragraph: str) -> list[str]:
    """Sentences with their full stops; one that ends inside a quotation ends where the quotation does."""
    return _split(paragraph, _STOP)


def split_statements(sentence: str) -> list[str]:
    """What lies between the semicolons of a sentence (and its full stop), marks included."""
    return _split(sentence, _STOP + "；;")


def split_pieces(statement: str) -> list[str]:
    """What lies between the commas of a statement, marks included.

    Commas in brackets and quotes do not part,
    nor does the colon behind a short name (电话：……).
    """
    return _split(statement, "，,：:" + _STOP + "；;")


def bare(text: str) -> str:
    """A piece of a sentence without the mark at its end."""
    return re.sub(r"[，,：:；;。！？!?\s]+$", "", text)


def _split(text: str, marks: str) -> list[str]:
    pieces: list[str] = []
    depth, start = 0, 0
    balanced = sum(char in _OPEN for char in text) == sum(char in _CLOSE for char in text)
    for at, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        named = char in "：:" and at - start <= _NAME
        ends = char in marks and not named and (depth == 0 or not balanced)
        if (ends and text[at + 1 : at + 2] not in tuple(_AFTER_STOP + marks)) or (
            char in _AFTER_STOP and depth == 0 and at > start and text[at - 1] in _STOP and "。" in marks
        ):
            pieces.append(text[start : at + 1])
            start = at + 1
    if text[start:].strip():
        pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]
