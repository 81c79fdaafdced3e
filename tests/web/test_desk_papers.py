"""What leaves the desk as a file, what comes as one, and what is told to everybody."""

from __future__ import annotations

import re
import zipfile
from collections.abc import AsyncIterator
from io import BytesIO

import httpx
import pytest
from pypdf import PdfReader

from bot.app import App
from bot.fonts import chinese_font
from bot.turn import Incoming
from bot.web.site import site
from storage import broadcasts, log, members
from storage.spreadsheet import read_table
from tests.storage.test_roster import HEADING, LI, WANG, xlsx
from tests.web.seats import Seat, take_seat, told


@pytest.fixture
async def seat(app: App) -> AsyncIterator[Seat]:
    web = site(app)
    async with web.router.lifespan_context(web):
        yield await take_seat(web, app, "李明")


async def takes(seat: Seat, what: str, **fields: str) -> httpx.Response:
    return await seat.http.post(f"/desk/papers/{what}", data={"csrf": await seat.token(), **fields})


async def hands_in(seat: Seat, content: bytes, name: str = "roster.xlsx") -> httpx.Response:
    return await seat.http.post("/desk/roster", data={"csrf": await seat.token()}, files={"file": (name, content)})


async def test_the_work_book_is_taken_away_and_the_log_says_by_whom(seat: Seat, app: App) -> None:
    assert "工作手册" in await seat.sees("/desk/papers")
    answer = await takes(seat, "book", kind="book", period="2026Q4", form="xlsx")
    assert "filename" in answer.headers["content-disposition"]
    assert ["党员人数", 3, 0] in read_table(answer.content)
    entry = log.tail(app.db, 1, 1)[0]
    assert (entry.kind, entry.actor_id) == ("exported", seat.officer)


async def test_csv_files_come_packed(seat: Seat) -> None:
    answer = await takes(seat, "book", kind="report", period="2026-11", form="csv")
    with zipfile.ZipFile(BytesIO(answer.content)) as packed:
        assert [name.split("-")[1] for name in packed.namelist()] == ["概况.csv", "走访慰问.csv", "党费.csv"]


@pytest.mark.parametrize(
    ("fields", "remedy"),
    [
        ({"kind": "book", "period": "去年", "form": "xlsx"}, "请选一段时间"),
        ({"kind": "../etc", "period": "2026", "form": "xlsx"}, "请选一个"),
        ({"kind": "book", "period": "2026", "form": "exe"}, "请选一个"),
    ],
)
async def test_what_cannot_be_made_is_said(seat: Seat, fields: dict[str, str], remedy: str) -> None:
    answer = await takes(seat, "book", **fields)
    assert answer.status_code == 422
    assert remedy in answer.text


async def test_cards_for_everybody(seat: Seat) -> None:
    if chinese_font() is None:
        pytest.skip("no Chinese font is installed (apt-get install fonts-noto-cjk)")
    answer = await takes(seat, "cards")
    assert len(PdfReader(BytesIO(answer.content)).pages) == 3


async def test_a_roster_is_looked_at_and_then_written(seat: Seat, app: App) -> None:
    page = (await hands_in(seat, xlsx(HEADING, WANG, LI))).text
    assert "联系电话（手机）" in page
    assert "新增1人，更新1人" in page  # 王桂兰 stands on the roster already
    assert len(members.members(app.db, 1)) == 3
    kept = page.split('name="kept" value="')[1].split('"')[0]
    assert "新增1人，更新1人" in told(await seat.presses("/desk/roster/take", kept=kept))
    assert members.named(app.db, 1, "李守业")
    assert list((app.config.data.folder / "rosters").iterdir()) == []


async def test_slips_are_named_and_nothing_can_be_written(seat: Seat) -> None:
    answer = await hands_in(seat, xlsx(HEADING, [*WANG[:3], "公", *WANG[4:]]))
    assert answer.status_code == 422
    assert "第2行，性别：“公”，请写男或女" in answer.text
    assert 'name="kept"' not in answer.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "没有内容"),
        (b"\x89PNG\r\n\x1a\n\0", "打不开"),
        (xlsx(["电话"], ["139"]), "姓名"),
        (b"x" * 6_000_000, "太大"),
    ],
    ids=["empty", "a picture", "no names", "too big"],
)
async def test_a_file_that_is_no_roster_has_a_remedy(seat: Seat, content: bytes, words: str) -> None:
    answer = await hands_in(seat, content)
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("kept", ["../../config", "0" * 64, ""])
async def test_no_other_file_can_be_taken_for_a_roster(seat: Seat, kept: str) -> None:
    answer = await seat.presses("/desk/roster/take", kept=kept)
    assert answer.status_code == 422


async def test_a_message_to_everybody_and_who_has_it(seat: Seat, app: App) -> None:
    sent = await seat.presses("/desk/broadcasts", text="明天停水", group="everybody", read_over="1")
    assert "一共2位" in told(sent)
    assert "2位里，0位收到了" in sent.text
    assert {each.state for each in broadcasts.deliveries(app.db, 1, 1)} == {"waiting"}


async def test_who_has_no_chat_hears_it_in_their_next_turn_and_the_desk_shows_it(seat: Seat, app: App) -> None:
    await seat.presses("/desk/broadcasts", text="明天停水", group="everybody", read_over="1")
    assert "听到了" not in await seat.sees("/desk/broadcasts")
    guilan = members.named(app.db, 1, "王桂兰")[0].id
    answer = await app.turn.take(Incoming("web", "a-first-number", guilan, "你好"))
    assert "李书记" in answer.text
    assert "明天停水" in answer.text
    page = await seat.sees("/desk/broadcasts")
    assert "2位里，1位收到了" in page
    to = re.search(r'href="(/desk/broadcasts/\d+)"', page)
    assert to
    assert re.search(r"王桂兰</a>：听到了", await seat.sees(to[1]))
    assert not re.search(r"张建国[^王]*听到了", page)
    again = await app.turn.take(Incoming("web", "a-second-number", guilan, "你好"))
    assert "明天停水" not in again.text


async def test_a_message_without_words_or_people_is_not_sent(seat: Seat, app: App) -> None:
    assert (await seat.presses("/desk/broadcasts", text=" ", group="everybody")).status_code == 422
    assert (await seat.presses("/desk/broadcasts", text="开会", group="frail")).status_code == 422
    assert broadcasts.latest(app.db, 1) == []
