"""自查 on the desk, and the record of a session to take away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from docx import Document

from bot.app import App
from bot.web.site import site
from storage import attendances, log, minutes, sessions
from storage.database import writing
from tests.web.conftest import NOW
from tests.web.seats import Seat, take_seat


@pytest.fixture
async def seat(app: App) -> AsyncIterator[Seat]:
    web = site(app)
    async with web.router.lifespan_context(web):
        yield await take_seat(web, app, "李明")


async def test_every_rule_stands_there_with_its_source_and_what_to_do(seat: Seat, app: App) -> None:
    page = await seat.sees("/desk/self-check")
    for words in (
        "还差",
        "看不出来",
        "做到了",
        "每月集体学习至少1次",
        "（无锡），三·有组织活动",
        "本支部自定",
        "怎么办",
    ):
        assert words in page
    assert len(page.encode()) < 100_000
    entry = log.tail(app.db, 1, 1)[0]
    assert (entry.kind, entry.actor_id) == ("desk_self_checked", seat.officer)


async def test_the_record_of_a_session_is_taken_away(seat: Seat, app: App) -> None:
    with writing(app.db):
        key = sessions.add_session(app.db, 1, "党章学习会", NOW.replace(hour=8), state="held")
        attendances.record(app.db, key, 2, "excused", NOW)
        minutes.write(app.db, key, "学了三条。", 1, NOW)
    assert f"/desk/sessions/{key}/record" in await seat.sees(f"/desk/sessions/{key}")
    answer = await seat.http.post(f"/desk/sessions/{key}/record", data={"csrf": await seat.token()})
    assert "filename" in answer.headers["content-disposition"]
    paper = Document(BytesIO(answer.content))
    assert "学了三条。" in [paragraph.text for paragraph in paper.paragraphs]
    assert "1人：王桂兰" in [row.cells[1].text for row in paper.tables[0].rows]
    assert log.tail(app.db, 1, 1)[0].kind == "exported"


async def test_without_the_form_s_proof_nothing_is_handed_out(seat: Seat) -> None:
    assert (await seat.http.post("/desk/sessions/1/record", data={"csrf": "x"})).status_code == 403
