"""A voice message in which no words are found may be a cry for help: somebody has to listen to it."""

from __future__ import annotations

from tests.bot.conftest import Office


def _alerted(office: Office) -> list[tuple[object, ...]]:
    return office.rows(
        "SELECT name, recording_id IS NOT NULL FROM outbox JOIN member ON member.id = member_id "
        "WHERE lane = 'alert' AND outbox.channel = 'desk' ORDER BY outbox.id"
    )


def _unheard(office: Office) -> None:
    """Two messages that are no sound: after the second a human is told."""
    for number in range(2):
        office.voice("王桂兰", b"no sound %d" % number)


def test_the_next_officer_hears_of_it_until_somebody_has_listened(office: Office) -> None:
    _unheard(office)
    assert [name for name, _ in _alerted(office)] == ["李卫民"]
    office.later(minutes=3)
    office.app.due.fire_due()
    assert _alerted(office)[1:] == [("周敏", 1)]
    office.later(minutes=30)
    assert office.app.due.fire_due() == 0
    office.later(minutes=30)
    office.app.due.fire_due()
    assert _alerted(office)[2:] == [("李卫民", 1), ("周敏", 1)]
    task = office.rows("SELECT max(id) FROM task WHERE kind = 'listen'")[0][0]
    office.say("周敏", f"done:{task}")
    office.later(hours=9)
    office.app.due.fire_due()
    assert len(_alerted(office)) == 4


def test_who_listens_at_once_leaves_the_others_in_peace(office: Office) -> None:
    _unheard(office)
    task = office.rows("SELECT max(id) FROM task WHERE kind = 'listen'")[0][0]
    office.say("李卫民", f"done:{task}")
    office.later(hours=2)
    office.app.due.fire_due()
    assert len(_alerted(office)) == 1
