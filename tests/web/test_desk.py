"""The secretary's desk: what waits, what was said, and who listened to it."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta

import httpx
import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from bot.app import App
from bot.web.desk.live import Live
from bot.web.desk.room import Room
from bot.web.desk.waiting import lay_out
from bot.web.wording import wording
from speech.audio import encode_ogg
from storage import care, log, members, outbox, tasks
from storage.profiles import load_profile, profile_names
from tests.web.conftest import NOW, Visits
from tests.web.seats import Seat, told


async def test_a_report_lies_on_the_desk_until_somebody_takes_it(visits: Visits, seat: Seat) -> None:
    assert "现在没有要办的事" in await seat.sees("/desk")
    await visits.say("王桂兰", "我摔倒了，站不起来，快来人")
    today = await seat.sees("/desk")
    assert "新报告" in today
    assert "王桂兰" in today
    button = re.search(r'action="(/desk/messages/\d+/press)".*?name="choice" value="(ack:\d+)"', today, re.DOTALL)
    assert button
    answer = await seat.presses(button[1], choice=button[2])
    assert answer.status_code == 200
    assert "由您处理" in answer.text
    assert "新报告" not in answer.text
    assert care.open_cases(visits.app.db, 1)[0].acknowledged_by == 1
    assert "有人接手了" in await seat.sees("/desk")


def test_whom_nobody_has_taken_stands_before_whom_somebody_has(app: App) -> None:
    for who, hours in ((2, 2), (3, 48)):
        made = care.report(
            app.db, branch_id=1, trigger="illness", member_id=who, who="", reporter_id=who, said="病了", place="",
            recording_id=None, now=NOW, due_at=NOW + timedelta(hours=hours),
        )  # fmt: skip
        if hours == 2:
            care.acknowledge(app.db, made.case, 1, NOW)
    officer = members.member(app.db, 1)
    assert officer is not None
    assert [bool(card.buttons) for card in lay_out(app.db, officer).cases] == [True, False]


async def test_a_message_counts_as_delivered_when_it_has_been_shown(
    visits: Visits, seat: Seat, next_door: Seat
) -> None:
    await visits.say("王桂兰", "我生病住院了")
    states = lambda: {each.state for each in outbox.for_person(visits.app.db, "desk", 1)}  # noqa: E731
    assert states() == {"waiting"}
    await next_door.sees("/desk")
    assert states() == {"waiting"}
    await seat.sees("/desk/members")
    assert states() == {"waiting"}
    await seat.sees("/desk")
    assert states() == {"sent"}


async def test_what_members_say_is_text_and_never_markup(visits: Visits, seat: Seat) -> None:
    tasks.add_task(visits.app.db, 1, "call_back", 2, NOW, NOW, said="<script>alert(1)</script>")
    page = (await seat.http.get("/desk")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


async def test_every_kind_of_task_has_its_words_on_the_desk(visits: Visits, seat: Seat) -> None:
    for kind in tasks.KINDS:
        tasks.add_task(visits.app.db, 1, kind, 2, NOW, NOW)
    page = await seat.sees("/desk")
    assert page.count("王桂兰") >= len(tasks.KINDS)


@pytest.mark.parametrize("profile", profile_names())
def test_every_rule_has_a_name_and_its_value_is_in_chinese(profile: str) -> None:
    names, values = wording("rule_names"), wording("rule_values")
    for key, rule in load_profile(profile).rules.items():
        assert key in names, f"name the rule {key} in [rule_names] of desk.toml"
        for value in rule.value if isinstance(rule.value, tuple) else (rule.value,):
            assert str(value) in values or not re.search("[a-z]", str(value)), f"say {value} in [rule_values]"


async def test_a_task_is_finished_once_and_the_log_says_by_whom(visits: Visits, seat: Seat) -> None:
    task = tasks.add_task(visits.app.db, 1, "call_back", 2, NOW, NOW, said="请书记来一趟")
    assert "给王桂兰回电话" in await seat.sees("/desk")
    assert told(await seat.presses(f"/desk/tasks/{task}/done")) == "好的，这件事记为办完。"
    assert "给王桂兰回电话" not in await seat.sees("/desk")
    assert "已经办完" in told(await seat.presses(f"/desk/tasks/{task}/done"))
    assert sentences(visits, "task_done") == ["李明办完了：给王桂兰回电话"]


async def test_a_recording_is_heard_by_the_branch_s_officer_alone_and_the_log_says_so(
    visits: Visits, seat: Seat, next_door: Seat
) -> None:
    db = visits.app.db
    sound = visits.app.recordings.keep(encode_ogg(np.zeros(24_000, np.float32), 24_000), NOW)
    tasks.add_task(db, 1, "listen", 2, NOW, NOW, recording_id=sound)
    heard = await seat.http.get(f"/desk/recordings/{sound}")
    assert heard.status_code == 200
    assert heard.content.startswith(b"RIFF")
    part = await seat.http.get(f"/desk/recordings/{sound}", headers={"range": "bytes=0-1"})
    assert (part.status_code, part.content) == (206, b"RI")
    assert (await next_door.http.get(f"/desk/recordings/{sound}")).status_code == 404
    assert (await visits.http.get(f"/desk/recordings/{sound}")).status_code == 401
    assert sentences(visits, "desk_recording_heard") == [f"李明听了{sound}号录音"]


async def test_a_recording_that_cannot_be_decoded_is_handed_out_as_it_is(visits: Visits, seat: Seat) -> None:
    sound = visits.app.recordings.keep(b"no sound", NOW)
    tasks.add_task(visits.app.db, 1, "listen", 2, NOW, NOW, recording_id=sound)
    given = await seat.http.get(f"/desk/recordings/{sound}")
    assert given.content == b"no sound"
    assert given.headers["content-disposition"].startswith("attachment")


async def test_a_recording_that_lies_on_no_desk_is_not_given(visits: Visits, seat: Seat) -> None:
    sound = visits.app.recordings.keep(b"old", NOW)
    assert (await seat.http.get(f"/desk/recordings/{sound}")).status_code == 404


async def test_a_question_in_writing_is_answered_with_the_rows_it_rests_on(visits: Visits, seat: Seat) -> None:
    await visits.say("王桂兰", "我生病住院了")
    page = (await seat.presses("/desk/ask", question="谁生病了还没看望")).text
    assert "王桂兰" in told_text(page)
    assert re.search(r"<td[^>]*>王桂兰</td>", page)


async def test_a_question_by_the_page_s_button_is_the_same_turn(visits: Visits, seat: Seat) -> None:
    form = {"update_id": (None, "a-number-of-the-page"), "text": (None, "谁生病了还没看望")}
    refused = await seat.http.post("/desk/say", files=form)
    assert (refused.status_code, refused.json()["text"]) == (403, "请打开您自己的暖阳页面，再说一遍。")
    answer = await seat.http.post("/desk/say", files=form, headers={"x-nuanyang-desk": await seat.token()})
    assert answer.status_code == 200
    assert answer.json()["intent"] == "query_care"


async def test_what_was_asked_is_found_again_whether_said_or_written_and_by_nobody_else(
    visits: Visits, seat: Seat, next_door: Seat
) -> None:
    await visits.say("王桂兰", "我生病住院了")
    await seat.presses("/desk/ask", question="谁生病了还没看望", once="in-writing")
    form = {"update_id": (None, "a-number-of-the-page"), "text": (None, "这个季度还有谁没交党费")}
    await seat.http.post("/desk/say", files=form, headers={"x-nuanyang-desk": await seat.token()})
    page = await seat.sees("/desk/ask")
    links = re.findall(r'href="(/desk/ask\?answer=[^"]*)">([^<]*)<', page)
    assert [words for _, words in links] == ["这个季度还有谁没交党费", "谁生病了还没看望"]
    assert "王桂兰" in told_text(await seat.sees(links[1][0]))
    assert "党费" in told_text(await seat.sees(links[0][0]))
    assert "王桂兰" not in await next_door.sees(links[1][0])


async def test_the_stream_tells_of_a_new_report_and_ends_with_the_server(
    visits: Visits, seat: Seat, web: Starlette
) -> None:
    closing = asyncio.Event()
    live = Live(room_of(web), closing)
    request = seat.http.build_request("GET", "/desk/events")
    stream = await live.events(asgi_request(request))
    lines = stream.body_iterator
    assert json.loads((await anext(lines)).removeprefix("data: "))["open"] == 0
    await visits.say("王桂兰", "我摔倒了，站不起来")
    assert json.loads((await anext(lines)).removeprefix("data: "))["alerts"] == 1
    closing.set()
    assert [line async for line in lines] == []


def room_of(web: Starlette) -> Room:
    """The room behind the first page."""
    return next(
        cell.cell_contents
        for route in web.routes
        if getattr(route, "path", "") == "/desk"
        for cell in route.endpoint.__closure__
        if isinstance(cell.cell_contents, Room)
    )


def asgi_request(request: httpx.Request) -> Request:
    headers = [(name.lower(), value) for name, value in request.headers.raw]
    return Request({"type": "http", "method": "GET", "path": "/desk/events", "query_string": b"", "headers": headers})


def told_text(page: str) -> str:
    found = re.search(r'class="told" role="status">([^<]*)<', page)
    assert found
    return found[1]


def sentences(visits: Visits, kind: str) -> list[str | None]:
    return [entry.sentence for entry in log.entries(visits.app.db, 1) if entry.kind == kind]
