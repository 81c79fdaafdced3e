"""Recordings go when nobody needs them any longer, and not before."""

from __future__ import annotations

from bot.ageing import remove_old
from storage import settings
from storage.database import writing
from tests.bot.conftest import Office


def heard(office: Office, name: str, sound: bytes) -> int:
    """A voice message that could not be heard: it is a task for a human."""
    office.voice(name, sound)
    office.voice(name, sound + b" again")
    return len(sounds(office))


def sounds(office: Office) -> list[tuple[object, ...]]:
    return office.rows("SELECT id FROM recording")


def test_what_nobody_has_listened_to_yet_stays_whatever_its_age(office: Office) -> None:
    count = heard(office, "王桂兰", b"sound")
    assert office.rows("SELECT count(*) FROM task WHERE recording_id IS NOT NULL") != [(0,)]
    office.later(days=400)
    with_task = office.rows("SELECT count(DISTINCT recording_id) FROM task")[0][0]
    removed = remove_old(office.app)
    assert len(sounds(office)) == with_task == count - removed


def test_some_time_after_it_was_done_it_goes_with_its_file(office: Office) -> None:
    heard(office, "王桂兰", b"sound")
    office.app.db.execute("UPDATE task SET done_at = ?, done_by = 1", [office.clock[0].isoformat()])
    office.later(days=89)
    assert remove_old(office.app) == 0
    office.later(days=2)
    assert remove_old(office.app) == 2
    assert sounds(office) == []
    assert not [file for file in (office.app.config.data.folder / "recordings").iterdir() if file.is_file()]


def test_a_branch_may_keep_them_for_a_shorter_time(office: Office) -> None:
    heard(office, "王桂兰", b"sound")
    office.app.db.execute("UPDATE task SET done_at = ?, done_by = 1", [office.clock[0].isoformat()])
    with writing(office.app.db) as db:
        settings.put(db, 1, "recordings.keep_days", 7, 1, office.clock[0])
    office.later(days=8)
    assert remove_old(office.app) == 2


def test_a_suggestion_keeps_its_sound(office: Office) -> None:
    heard(office, "王桂兰", b"sound")
    office.app.db.execute(
        "INSERT INTO suggestion (branch_id, member_id, said, recording_id, at, state) "
        "SELECT 1, member_id, '灯换亮一点', recording_id, received_at, 'answered' FROM inbox LIMIT 1"
    )
    office.app.db.execute("UPDATE task SET done_at = ?, done_by = 1", [office.clock[0].isoformat()])
    office.later(days=400)
    remove_old(office.app)
    assert len(sounds(office)) == 1
