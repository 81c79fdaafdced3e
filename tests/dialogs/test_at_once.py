"""Two messages of one member that arrive at the same moment."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.config import HearingConfig
from bot.turn import Incoming
from tests.bot.conftest import open_office
from tests.conversations.ears import Ears
from tests.conversations.stage import furnish
from tests.spoken import silence


def test_they_are_taken_in_their_order_though_the_first_takes_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A spoken wish has to be recognised first; what was pressed meanwhile waits, and answers its question."""
    furnish(monkeypatch.setitem)
    with open_office(tmp_path, hearing=HearingConfig(engine="ears", model=str(tmp_path))) as office:
        member, turn = office.person("王桂兰").id, office.app.turn
        Ears.readings.append(("我要报名",))

        async def both() -> list[Answer]:
            spoken = Incoming("cli", "spoken", member, audio=silence(1))
            return await asyncio.gather(turn.take(spoken), turn.take(Incoming("cli", "written", member, "第二个")))

        first, second = asyncio.run(both())
        assert first.text.startswith("您想报哪一个？")
        assert second.intent == "session_register"
        assert office.rows("SELECT title FROM registration JOIN session ON session.id = session_id") == [
            ("参观革命纪念馆",)
        ]
