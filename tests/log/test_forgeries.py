"""Forgeries of every kind, at random places, by somebody who has taken the guards away: all are found."""

from __future__ import annotations

import random

import pysqlite3
import pytest
from sqlite_utils import Database

from storage import log, members
from storage.database import memory_database
from storage.log import Anchor, NoAnchor
from storage.log.chain import chain_hash, hash_of_words
from tests.storage.conftest import NOW

ENTRIES = 24
BRANCH = 1
COLUMNS = (
    "branch_id", "number", "at", "actor_id", "channel", "kind", "member_id", "about_kind", "about_id", "content_hash",
)  # fmt: skip


def written(count: int = ENTRIES) -> Database:
    db = memory_database()
    members.add_branch(db, "支部", "wuxi", NOW)
    people = [members.add_member(db, BRANCH, name, NOW) for name in ("王桂兰", "刘德福")]
    for number in range(count):
        log.append(
            db, branch_id=BRANCH, at=NOW, kind=f"kind{number % 3}", sentence=f"第{number}件事",
            member_id=people[number % 2], actor_id=1, channel="cli", about=log.About("task", number),
            fields={"n": number},
        )  # fmt: skip
    return db


def copy_of(db: Database) -> Database:
    """A copy without guards."""
    copy = pysqlite3.connect(":memory:")
    db.conn.backup(copy)
    copy.isolation_level = None
    forged = Database(copy)
    for guard in log.GUARDS:
        forged.execute(f"DROP TRIGGER {guard}")
    return forged


def edit(db: Database, dice: random.Random) -> None:
    """One column of one entry, or its words."""
    number = dice.randint(1, ENTRIES)
    table, column = dice.choice(
        [*(("entry", column) for column in (*COLUMNS[2:], "previous", "hash")), ("entry_content", "sentence"),
         ("entry_content", "fields"), ("entry_content", "salt")]
    )  # fmt: skip
    value = dice.randint(1000, 9999) if column in ("actor_id", "member_id", "about_id") else f"x{dice.random()}"
    key = "number" if table == "entry" else "entry_id"
    db.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [value, number])


def delete(db: Database, dice: random.Random) -> None:
    """An entry, its words, or both; the numbers after it closed up or not."""
    number = dice.randint(1, ENTRIES - 1)
    what = dice.randrange(3)
    db.execute("DELETE FROM entry_content WHERE entry_id = ?", [number])
    if what:
        db.execute("DELETE FROM entry WHERE number = ?", [number])
    if what == 2:
        for later in range(number + 1, ENTRIES + 1):
            db.execute("UPDATE entry SET number = ? WHERE number = ?", [later - 1, later])


def swap(db: Database, dice: random.Random) -> None:
    """Two entries change places, or only their words do."""
    one, other = dice.sample(range(1, ENTRIES + 1), 2)
    if dice.random() < 0.5:
        pairs = [(one, -1), (other, one), (-1, other)]
        for old, new in pairs:
            db.execute("UPDATE entry SET number = ? WHERE number = ?", [new, old])
    else:
        columns = "sentence, fields, salt"
        rows = [
            db.execute(f"SELECT {columns} FROM entry_content WHERE entry_id = ?", [number]).fetchone()
            for number in (one, other)
        ]
        for number, row in zip((other, one), rows, strict=True):
            db.execute("UPDATE entry_content SET sentence = ?, fields = ?, salt = ? WHERE entry_id = ?", [*row, number])


def cut(db: Database, dice: random.Random) -> None:
    """The tail is gone."""
    first = dice.randint(1, ENTRIES)
    db.execute("DELETE FROM entry_content WHERE entry_id >= ?", [first])
    db.execute("DELETE FROM entry WHERE number >= ?", [first])


def rehash(db: Database, dice: random.Random) -> None:
    """Words are changed and every hash from there on is computed anew, or all of the chain is written afresh."""
    number = dice.randint(1, ENTRIES)
    db.execute("UPDATE entry_content SET sentence = 'x' WHERE entry_id = ?", [number])
    sentence, fields, salt = db.execute(
        "SELECT sentence, fields, salt FROM entry_content WHERE entry_id = ?", [number]
    ).fetchone()
    db.execute("UPDATE entry SET content_hash = ? WHERE number = ?", [hash_of_words(salt, sentence, fields), number])
    for later in range(number, ENTRIES + 1):
        before = db.execute("SELECT hash FROM entry WHERE number = ?", [later - 1]).fetchone()
        previous = before[0] if before else log.START
        head = [*db.execute(f"SELECT {', '.join(COLUMNS)} FROM entry WHERE number = ?", [later]).fetchone(), previous]
        db.execute("UPDATE entry SET previous = ?, hash = ? WHERE number = ?", [previous, chain_hash(head), later])


FORGERIES = (edit, delete, swap, cut, rehash)


@pytest.fixture(scope="module")
def whole() -> Database:
    return written()


def test_every_forgery_of_a_thousand_is_found_given_the_last_anchor(whole: Database) -> None:
    dice = random.Random(7)
    anchor = log.anchor(whole, BRANCH, NOW)
    older = [copy_of(written(length)) for length in (0, 7, ENTRIES - 1)]
    undetected = []
    for turn in range(1000):
        kind = (*FORGERIES, None)[turn % (len(FORGERIES) + 1)]
        forged = copy_of(whole) if kind else older[turn % len(older)]
        if kind:
            kind(forged, dice)
        if log.verify(forged, BRANCH, [anchor]) is None:
            undetected.append((turn, kind))
    assert not undetected
    assert log.verify(whole, BRANCH, [anchor]) is None


def test_the_chain_alone_does_not_show_a_cut_or_a_new_chain(whole: Database) -> None:
    """Which is why an anchor leaves the house every day."""
    for forge, reason in ((cut, "cut"), (rehash, "anchor")):
        forged = copy_of(whole)
        forge(forged, random.Random(3))
        assert log.verify(forged, BRANCH) is None
        fault = log.verify(forged, BRANCH, [log.anchor(whole, BRANCH, NOW)])
        assert fault is not None
        assert fault.reason == reason


def test_of_several_anchors_the_first_that_does_not_hold_is_named(whole: Database) -> None:
    anchors = [log.anchor(copy_of(written(1)), BRANCH, NOW)]
    assert log.verify(whole, BRANCH, anchors) is not None  # another chain's: its salts differ
    entries = list(log.entries(whole, BRANCH))
    kept = [Anchor("2026-11-20", number, entries[number - 1].hash[:20]) for number in (5, 15, ENTRIES)]
    forged = copy_of(whole)
    dice = random.Random(0)
    while True:
        rehash(forged, dice)
        fault = log.verify(forged, BRANCH, kept)
        assert fault is not None
        if fault.number == 15:
            break
        forged = copy_of(whole)


def test_an_anchor_is_read_as_it_was_sent() -> None:
    assert str(Anchor.read(" 2026-11-22/57/0123456789abcdef0123 ")) == "2026-11-22/57/0123456789abcdef0123"
    assert Anchor.read("2026-11-22 57 0123 4567 89ab cdef 0123").head == "0123456789abcdef0123"
    with pytest.raises(NoAnchor, match="no_anchor"):
        Anchor.read("2026-11-22/57")
