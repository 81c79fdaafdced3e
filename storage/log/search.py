"""Finding entries by what is written in them, or by how it sounds.

SQLite FTS5 over single characters and their pairs, both tokens of our own: its default tokenizer takes a whole Chinese
sentence for one word. A phrase is asked for by its pairs, which are rare where its characters are not: a name that
stands nowhere, of characters that stand everywhere, takes 0.1 ms at 10,000 entries, 0.2 ms at 100,000 and 0.3 ms at
500,000 (medians, two cores); as a phrase of single characters 0.1 ms, 1 ms and 6 ms and more. Pairs of
syllables stand in the same index, so that a misheard name is found. The index holds no text (content='') and forgets
for good what is taken out ('secure-delete').
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sqlite_utils import Database

from storage import spelling

Value = str | int | float | bytes | None

INDEX = (
    "CREATE VIRTUAL TABLE entry_words USING fts5("
    "words, content='', columnsize=0, detail=none, tokenize=\"ascii tokenchars '_'\")"
)
FORGET_FOR_GOOD = "INSERT INTO entry_words (entry_words, rank) VALUES ('secure-delete', 1)"
LAST_KEY = 2**63 - 1
"""The greatest key that SQLite gives."""
MOST_LISTENED_TO = 400
"""Entries whose sound is compared before the search by sound gives up."""


@dataclass(frozen=True)
class Found:
    """An entry that was looked for."""

    id: int
    """Key of the entry."""
    number: int
    """Its number in the branch."""
    at: str
    """ISO local."""
    kind: str
    """What happened."""
    member_id: int | None
    """The member it concerns."""
    sentence: str
    """Its words."""
    by_sound: bool
    """True where only the sound is that of the words sought."""


def index(db: Database, entry_id: int, branch_id: int, member_id: int | None, sentence: str) -> None:
    """Make an entry findable."""
    db.execute(
        "INSERT INTO entry_words (rowid, words) VALUES (?, ?)", [entry_id, tokens(branch_id, member_id, sentence)]
    )


def forget(db: Database, entry_id: int, branch_id: int, member_id: int | None, sentence: str) -> None:
    """Take an entry out of the index; it wants the very words that were put in."""
    db.execute(
        "INSERT INTO entry_words (entry_words, rowid, words) VALUES ('delete', ?, ?)",
        [entry_id, tokens(branch_id, member_id, sentence)],
    )


def tokens(branch_id: int, member_id: int | None, sentence: str) -> str:
    """Everything by which an entry is found: its branch, its member, its characters, pairs and sounds."""
    member = [f"m_{member_id}"] if member_id is not None else []
    return " ".join(
        [f"b_{branch_id}", *member, *dict.fromkeys([*spelling.written(sentence), *spelling.heard(sentence)])]
    )


@dataclass(frozen=True)
class _Bounds:
    """Where is searched."""

    branch_id: int
    member_id: int | None
    span: tuple[int, int]
    only: str
    values: Mapping[str, Value]


def find(
    db: Database,
    branch_id: int,
    text: str,
    *,
    member_id: int | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    limit: int = 20,
    only: str = "1",
    values: Mapping[str, Value] | None = None,
) -> list[Found]:
    """The branch's entries in which all of the words stand, newest first; where there are none, those that sound so.

    `only` is a further condition of the caller's, in SQL of ours, on `entry`; `values` are what it is bound to.
    """
    terms = text.lower().split()
    wanted = [token for term in terms for token in spelling.sought(term)]
    if not wanted:
        return []
    bounds = _Bounds(branch_id, member_id, ids_between(db, branch_id, start, end), only, values or {})
    found = list(islice(_ask(db, bounds, wanted, terms), limit))
    return found or list(islice(_heard(db, bounds, terms), limit))


def ids_between(db: Database, branch_id: int, start: datetime | None, end: datetime | None) -> tuple[int, int]:
    """The keys between which the branch's entries of a stretch lie; (1, 0) where there is none.

    Where no moment is given there is no bound: after a clock was wrong, the earliest entry need not be the first.
    """
    first, last = 0, LAST_KEY
    if start:
        first = _key(db, "at >= ? ORDER BY at, id", branch_id, start, none=LAST_KEY)
    if end:
        last = _key(db, "at <= ? ORDER BY at DESC, id DESC", branch_id, end, none=0)
    return (first, last) if first <= last else (1, 0)


def _key(db: Database, which: str, branch_id: int, moment: datetime, *, none: int) -> int:
    row = db.execute(
        f"SELECT id FROM entry WHERE branch_id = ? AND {which} LIMIT 1",
        [branch_id, moment.isoformat(timespec="seconds")],
    ).fetchone()
    return int(row[0]) if row else none


def _heard(db: Database, bounds: _Bounds, terms: Sequence[str]) -> Iterator[Found]:
    wanted = [token for term in terms for token in spelling.heard(term)]
    if not wanted or any(len(term) < 2 for term in terms):  # one syllable sounds like half the log
        return
    for near in islice(_ask(db, bounds, wanted, ()), MOST_LISTENED_TO):
        if all(spelling.sounds_in(near.sentence, term) for term in terms):
            yield replace(near, by_sound=True)


def _ask(db: Database, bounds: _Bounds, wanted: Sequence[str], standing: Sequence[str]) -> Iterator[Found]:
    """Entries that have all tokens and in which the terms stand, newest first, read as far as they are wanted."""
    member = [f"m_{bounds.member_id}"] if bounds.member_id is not None else []
    match = " AND ".join(f'"{token}"' for token in dict.fromkeys([*wanted, *member, f"b_{bounds.branch_id}"]))
    in_it = "".join(f" AND instr(lower(sentence), :term{number})" for number in range(len(standing)))
    values: dict[str, Value] = {
        **bounds.values,
        **{f"term{number}": term for number, term in enumerate(standing)},
        "match": match,
        "first": bounds.span[0],
        "last": bounds.span[1],
        "branch": bounds.branch_id,
    }
    for row in db.execute(
        "SELECT entry.id, number, at, kind, member_id, sentence, 0 FROM entry_words "
        "CROSS JOIN entry ON entry.id = entry_words.rowid CROSS JOIN entry_content ON entry_id = entry.id "
        "WHERE entry_words MATCH :match AND entry_words.rowid BETWEEN :first AND :last "
        f"AND entry.branch_id = :branch AND ({bounds.only}){in_it} ORDER BY entry_words.rowid DESC",
        values,
    ):
        yield Found(*row)
