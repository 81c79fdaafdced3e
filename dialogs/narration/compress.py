"""Makes the statements of a document shorter by leaving things out, never by putting anything in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dialogs.narration.data import word_lists
from dialogs.narration.sentences import bare, split_pieces, split_statements

_THRESHOLD = re.compile(r"\d+(?:人|名|个)|人数|不足|超过")
_COUNTED_CADRES = re.compile(r"(?<=离退休)干部(?=正式党员|党员)|离退休干部(?=党支部|联合党支部|党小组|党总支)")
_NAMED = re.compile(r"[^，：]{1,14}：")
_TOPIC = re.compile(r"[\u4e00-\u9fff]{2,5}")
"""A few words at the beginning name what the rest is about: 骨灰寄存，第一年免费."""
_CONDITION_HOLDS = 4
_SPOKEN_MARKS = str.maketrans({",": "，", ";": "；", ":": "："})


@dataclass(frozen=True)
class Piece:
    """What stands between two commas, and how it hangs together with its neighbours."""

    text: str
    """Shortened, without the mark at its end; may be empty."""
    leans: bool
    """True where it cannot begin a sentence, because it goes on with what stands before."""
    mark: str
    """The mark behind it: ， or ：; a full stop takes its place where the sentence ends."""
    waits: bool
    """True where it cannot end a sentence, because what it leads up to, or what limits it, comes after."""
    condition: bool = False
    """True where it says for whom or when what follows holds."""
    follows: bool = False
    """True where it can stand right behind a condition, what lies between left out."""
    binds: bool = False
    """True where what follows cannot be said without it: a condition in the middle, or something that is limited."""


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
    for name in ("opening", "aside", "trailing", "emphasis"):
        for pattern in _cuts(name):
            text = pattern.sub("", text)
    return drop_repeated(text)


def drop_repeated(text: str) -> str:
    """Leave out the kind of member the whole document is about, but not where members are counted."""
    if _THRESHOLD.search(text):
        return _COUNTED_CADRES.sub("", text)
    for pattern in _cuts("everybody"):
        text = pattern.sub("", text)
    return text


def statements_of(sentence: str) -> list[list[Piece]]:
    """For each statement of a sentence its pieces in order."""
    return [_pieces(statement) for statement in split_statements(sentence.translate(_SPOKEN_MARKS))]


def _pieces(statement: str) -> list[Piece]:
    written = [piece for piece in split_pieces(statement) if bare(piece)]
    words = [bare(piece) for piece in written]
    over = _names_topic(written)
    pieces = []
    for at, piece in enumerate(words):
        mark = "：" if written[at].endswith("：") else "，"
        after = words[at + 1] if at + 1 < len(words) else None
        waits = _waits(piece, after)
        topic = at == 0 and over
        waits = waits or topic
        condition = topic or (_needs("condition").search(piece) is not None and waits)
        follows = _needs("previous").search(piece) is None or _needs("modal").search(piece) is not None
        leans = (over and at > 0) or _leans(words[:at], piece)
        pieces.append(Piece(shorten(piece), leans, mark, waits, condition, follows, waits))
    return pieces


def _names_topic(written: Sequence[str]) -> bool:
    """Whether a statement names first what all the rest is about: 骨灰寄存，…… or the first cell of a table's row."""
    first, *others = written or [""]
    row = _NAMED.match(first) is not None and any("：" in each for each in others)
    return bool(others) and (row or _TOPIC.fullmatch(bare(first)) is not None)


def _leans(before: Sequence[str], piece: str) -> bool:
    """A piece goes on with what stands before it; a condition holds for the four pieces behind it."""
    if not before:
        return False
    conditional = any(_needs("condition").search(earlier) for earlier in before[-_CONDITION_HOLDS:])
    named = _NAMED.match(piece) is not None and _NAMED.match(before[-1]) is not None
    return conditional or named or _needs("previous").search(piece) is not None


def _waits(piece: str, following: str | None) -> bool:
    if following is None:
        return False
    leads_up = any(_needs(name).search(piece) for name in ("condition", "lead")) or _opens_list(piece)
    named = _NAMED.match(piece) is not None and _NAMED.match(following) is not None
    return leads_up or named or _needs("limits").search(following) is not None


def _opens_list(piece: str) -> bool:
    """Whether what follows a piece is the list that it announces."""
    return piece.endswith(("如下", "包括", "分别是", "主要是", "即"))
