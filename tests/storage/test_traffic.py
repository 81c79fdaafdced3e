"""Inbox and outbox: nothing is lost, nothing is doubled, alerts go first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import inbox, outbox
from storage.database import memory_database
from storage.members import add_branch, add_member
from tests.storage.conftest import NOW, Branch


def test_a_redelivered_update_is_the_same_row(branch: Branch) -> None:
    first = inbox.accept(branch.db, "telegram", "7", NOW, raw='{"text": "你好"}')
    again = inbox.accept(branch.db, "telegram", "7", NOW + timedelta(minutes=5), raw='{"text": "别的"}')
    assert again == first
    assert inbox.accept(branch.db, "web", "7", NOW).id != first.id, "another channel counts for itself"


def test_an_answered_update_keeps_its_answer_and_drops_its_words(branch: Branch) -> None:
    received = inbox.accept(branch.db, "web", "a", NOW, raw='{"text": "我住院了"}')
    inbox.complete(branch.db, received.id, '{"text": "好的"}', branch.guilan)
    kept = inbox.find_update(branch.db, "web", "a")
    assert kept is not None
    assert (kept.state, kept.answer, kept.raw) == ("done", '{"text": "好的"}', "{}")
    assert inbox.unanswered(branch.db, "web") == []


def test_a_poisoned_update_is_parked_after_five_tries(branch: Branch) -> None:
    received = inbox.accept(branch.db, "telegram", "1", NOW)
    assert [inbox.failed(branch.db, received.id) for _ in range(5)] == [False, False, False, False, True]
    assert inbox.unanswered(branch.db, "telegram") == []


def _put(branch: Branch, key: str, lane: outbox.Lane) -> None:
    outbox.put(branch.db, dedupe_key=key, lane=lane, channel="telegram", address="1", text=key, now=NOW)


def test_alerts_overtake_everything(branch: Branch) -> None:
    for number in range(3):
        _put(branch, f"notice{number}", "routine")
    _put(branch, "answer", "reply")
    _put(branch, "alert", "alert")
    order = [message.text for message in outbox.due(branch.db, "telegram", NOW)]
    assert order == ["alert", "answer", "notice0", "notice1", "notice2"]


def test_the_same_message_twice_is_one_row(branch: Branch) -> None:
    _put(branch, "care:1", "alert")
    _put(branch, "care:1", "alert")
    assert len(outbox.due(branch.db, "telegram", NOW)) == 1


@pytest.mark.parametrize(("tries", "seconds"), [(0, 2), (1, 5), (6, 300), (50, 300)])
def test_a_failed_try_waits_longer_each_time_and_never_gives_up(branch: Branch, tries: int, seconds: int) -> None:
    _put(branch, "alert", "alert")
    branch.db.execute("UPDATE outbox SET attempts = ?", [tries])
    outbox.retry(branch.db, outbox.due(branch.db, "telegram", NOW)[0], NOW, "TimedOut")
    assert outbox.due(branch.db, "telegram", NOW + timedelta(seconds=seconds - 1)) == []
    assert len(outbox.due(branch.db, "telegram", NOW + timedelta(seconds=seconds))) == 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["telegram", "web"]), st.integers(1, 5)), max_size=40))
def test_any_order_of_redeliveries_gives_one_row_an_update(deliveries: list[tuple[str, int]]) -> None:
    db = memory_database()
    branch_id = add_branch(db, "春晖", "wuxi", NOW)
    add_member(db, branch_id, "王桂兰", NOW)
    for channel, number in deliveries:
        received = inbox.accept(db, channel, str(number), NOW)
        if received.state == "new":
            inbox.complete(db, received.id, "{}")
    assert db.execute("SELECT count(*) FROM inbox").fetchone()[0] == len(set(deliveries))
