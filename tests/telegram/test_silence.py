"""Telegram throws away what waited for a day: after a longer silence nobody believes to have been heard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlite_utils import Database

from bot.telegram.silence import Silence
from storage import members
from storage.database import memory_database, writing

MORNING = datetime(2026, 11, 25, 9, 0)


@pytest.fixture
def db() -> Iterator[Database]:
    """A branch: the secretary and 王桂兰 have a chat, 张建国 has none."""
    books = memory_database()
    branch = members.add_branch(books, "第一支部", "wuxi", MORNING)
    secretary = members.add_member(
        books, branch, "李卫民", MORNING, gender="男", role="secretary", title="书记", rung=1
    )
    guilan = members.add_member(books, branch, "王桂兰", MORNING, gender="女")
    members.add_member(books, branch, "张建国", MORNING, gender="男")
    members.add_contact(books, secretary, "telegram", "1", MORNING)
    members.add_contact(books, guilan, "telegram", "2", MORNING)
    yield books
    books.close()


def answered(db: Database, *moments: datetime) -> None:
    """Telegram answers at these moments; before each the machine was started anew."""
    for moment in moments:
        with writing(db):
            Silence(db, iter([moment]).__next__).answered()


def told(db: Database) -> dict[str, str]:
    """What goes to which chat."""
    return {
        str(address): str(text)
        for address, text in db.execute("SELECT address, text FROM outbox WHERE channel = 'telegram'").fetchall()
    }


def test_after_a_day_and_more_everybody_is_asked_to_say_it_again(db: Database) -> None:
    answered(db, MORNING - timedelta(hours=25), MORNING)
    assert "再跟我说一遍" in told(db)["2"]
    assert "十一月二十四号，星期二，上午八点" in told(db)["2"]
    assert "打电话问问" in told(db)["1"]
    assert db.execute("SELECT count(*) FROM entry WHERE kind = 'silence'").fetchone()[0] == 1


def test_it_is_said_once(db: Database) -> None:
    answered(db, MORNING - timedelta(hours=25), MORNING, MORNING + timedelta(minutes=6))
    assert len(told(db)) == 2


@pytest.mark.parametrize("hours", [0, 1, 23, -30])
def test_a_shorter_one_loses_nothing_and_a_clock_set_back_is_none(db: Database, hours: int) -> None:
    answered(db, MORNING - timedelta(hours=hours), MORNING)
    assert not told(db)


def test_a_first_start_is_no_silence(db: Database) -> None:
    answered(db, MORNING)
    assert not told(db)
