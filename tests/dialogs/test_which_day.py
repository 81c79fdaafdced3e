"""A doubtful day is asked about, with date and weekday, before anything is written; what was settled is read back."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from storage import sessions
from tests.bot.conftest import Office

TALKS = tomllib.loads((Path(__file__).parent / "which_day.toml").read_text("utf-8"))["talk"]


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk["name"])
def test_a_doubtful_day_is_settled_before_anything_is_written(office: Office, talk: dict) -> None:
    now = office.clock[0]
    for days, hour, title in talk.get("sessions", ()):
        sessions.add_session(office.app.db, 1, title, now.replace(hour=hour, minute=0) + timedelta(days))
    if ill := talk.get("ill"):
        office.say(ill, "我感冒发烧好几天了，起不来床")
    office.clock[0] = now.replace(hour=talk["hour"]) if "hour" in talk else now
    written: list[str] = []
    for said, *expected in talk["lines"]:
        answer = office.say(talk["who"], said)
        for part in expected:
            assert (part[1:] not in answer.text) if part.startswith("!") else (part in answer.text), answer.text
        written += [effect.kind for effect in answer.effects if effect.kind not in ("logged", "leave_reason")]
        if "还是" in answer.text:
            assert not answer.effects, "nothing is written while it is asked"
            assert len(answer.buttons) == 2
    assert [kind for kind in written if kind in EFFECTS] == talk["effects"]


EFFECTS = {
    "registered", "cancelled", "leave", "session_made", "called_off", "roll_called", "contact_made", "visit_planned",
    "visit_made", "care_reported",
}  # fmt: skip
