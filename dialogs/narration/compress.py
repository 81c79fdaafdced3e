"""Makes the statements of a document shorter by leaving things out, never by putting anything in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dialogs.narration.data import word_lists
from dialogs.narration.sentences import bare, split_pieces, split_statements

_LONGEST = 110
_THRESHOLD = re.compile(r"\d+(?:人|名|个)|人数|不足|超过")
_SPOKEN_MARKS = str.maketrans({",": "，", ";": "；", ":": "："})


@dataclass(frozen=True)
class Atom:
    """The least stretch of a statement that can be said alone."""

    text: str
    """Shortened, without the mark at its end."""
    whole: str
    """As the document has it."""


@cache
def _cuts(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in word_lists("compress", "cut")[name])


@cache
def _needs(name: str) -> re.Pattern[str]:
    return re.compile("|".join(word_lists("compress", "needs")[name]))


def is_broken(text: str) -> bool:
    """Whether a shortened sentence would sound cut off: a dangling 和, an open quotation, nothing before a comma."""
    return _needs("broken").search(text) is not None


def shorten(text: str) -> str:
    """Leave out weighty adverbs, asides and the words that the whole document repeats."""
    for name in ("opening", "aside", "emphasis"):
        for pattern in _cuts(name):
            text = pattern.sub("", text)
    if not _THRESHOLD.search(text):
        for pattern in _cuts("everybody"):
            text = pattern.sub("", text)
    else:
        text = re.sub(r"(?<=离退休)干部(?=正式党员|党员)", "", text)
        text = re.sub(r"离退休干部(?=党支部|联合党支部|党小组|党总支)", "", text)
    return text


def atoms_of(sentence: str) -> list[list[Atom]]:
    """For each statement of a sentence, its atoms in order."""
    return [_atoms(statement) for statement in split_statements(sentence.translate(_SPOKEN_MARKS))]


def _atoms(statement: str) -> list[Atom]:
    groups: list[list[str]] = []
    waiting = False
    for piece in split_pieces(statement):
        words = bare(piece)
        if not words:
            continue
        leans_back = _needs("previous").search(words) is not None
        if groups and (waiting or leans_back or piece_opens_list(groups[-1][-1])):
            groups[-1].append(words)
        else:
            groups.append([words])
        waiting = _needs("next").search(words) is not None and len(words) <= 40
    return [Atom(_joined([shorten(piece) for piece in group]), "，".join(group)) for group in groups]


def piece_opens_list(piece: str) -> bool:
    """Whether what follows a piece is the list that it announces."""
    return piece.endswith(("如下", "包括", "分别是", "主要是", "即"))


def _joined(pieces: list[str]) -> str:
    return "，".join(piece for piece in pieces if piece)
