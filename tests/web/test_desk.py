"""The secretary's desk: what waits, what was said, and who listened to it."""

from __future__ import annotations

import re

import numpy as np

from speech.audio import encode_ogg
from storage import care, log, outbox, tasks
from tests.web.conftest import NOW, Visits


async def test_a_report_lies_on_the_desk_until_somebody_takes_it(visits: Visits) -> None:
    assert "现在没有要办的事" in (await visits.http.get(visits.of("李明"))).text
    await visits.say("王桂兰", "我摔倒了，站不起来，快来人")
    desk = (await visits.http.get(f"{visits.of('李明')}/desk")).text
    assert "新报告" in desk
    assert "王桂兰" in desk
    pressed = re.search(r'data-say="(ack:\d+)"', desk)
    assert pressed
    answer = await visits.say("李明", pressed[1], "the-secretary-pressed")
    assert answer.status_code == 200
    desk = (await visits.http.get(f"{visits.of('李明')}/desk")).text
    assert "新报告" not in desk
    assert "已有人接手" in desk
    assert care.open_cases(visits.app.db, 1)[0].acknowledged_by == 1


async def test_a_message_counts_as_delivered_when_it_has_been_shown(visits: Visits) -> None:
    await visits.say("王桂兰", "我生病住院了")
    states = lambda: [each.state for each in outbox.for_person(visits.app.db, "desk", 1)]  # noqa: E731
    assert states() == ["waiting"]
    await visits.http.get(f"{visits.of('赵敏')}/desk")
    assert states() == ["waiting"]
    await visits.http.get(f"{visits.of('李明')}/desk")
    assert states() == ["sent"]


async def test_the_desk_holds_the_own_branch_alone(visits: Visits) -> None:
    await visits.say("王桂兰", "我生病住院了")
    assert "王桂兰" not in (await visits.http.get(f"{visits.of('赵敏')}/desk")).text


async def test_what_members_say_is_text_and_never_markup(visits: Visits) -> None:
    tasks.add_task(visits.app.db, 1, "call_back", 2, NOW, NOW, said="<script>alert(1)</script>")
    desk = (await visits.http.get(f"{visits.of('李明')}/desk")).text
    assert "<script>" not in desk
    assert "&lt;script&gt;" in desk


async def test_a_task_is_finished_from_the_desk(visits: Visits) -> None:
    task = tasks.add_task(visits.app.db, 1, "call_back", 2, NOW, NOW, said="请书记来一趟")
    assert "给王桂兰回电话" in (await visits.http.get(f"{visits.of('李明')}/desk")).text
    await visits.say("李明", f"done:{task}")
    assert "给王桂兰回电话" not in (await visits.http.get(f"{visits.of('李明')}/desk")).text


async def test_a_recording_is_heard_by_the_branch_s_officer_alone_and_the_log_says_so(visits: Visits) -> None:
    db = visits.app.db
    sound = visits.app.recordings.keep(encode_ogg(np.zeros(24_000, np.float32), 24_000), NOW)
    tasks.add_task(db, 1, "listen", 2, NOW, NOW, recording_id=sound)
    heard = await visits.http.get(f"{visits.of('李明')}/recording/{sound}")
    assert heard.status_code == 200
    assert heard.content.startswith(b"RIFF")
    part = await visits.http.get(f"{visits.of('李明')}/recording/{sound}", headers={"range": "bytes=0-1"})
    assert (part.status_code, part.content) == (206, b"RI")
    for stranger in (visits.of("赵敏"), visits.of("王桂兰"), visits.of("王桂兰").replace("/m/", "/s/")):
        assert (await visits.http.get(f"{stranger}/recording/{sound}")).status_code == 404
    entries = [entry for entry in log.entries(db, 1) if entry.kind == "recording_heard"]
    assert [entry.sentence for entry in entries] == [f"李明听了{sound}号录音"]


async def test_a_recording_that_cannot_be_decoded_is_handed_out_as_it_is(visits: Visits) -> None:
    sound = visits.app.recordings.keep(b"no sound", NOW)
    tasks.add_task(visits.app.db, 1, "listen", 2, NOW, NOW, recording_id=sound)
    given = await visits.http.get(f"{visits.of('李明')}/recording/{sound}")
    assert given.content == b"no sound"
    assert given.headers["content-disposition"].startswith("attachment")


async def test_a_recording_that_lies_on_no_desk_is_not_given(visits: Visits) -> None:
    sound = visits.app.recordings.keep(b"old", NOW)
    assert (await visits.http.get(f"{visits.of('李明')}/recording/{sound}")).status_code == 404


async def test_a_question_comes_with_the_rows_it_rests_on(visits: Visits) -> None:
    await visits.say("王桂兰", "我生病住院了")
    told = (await visits.say("李明", "谁生病了还没看望", "the-secretary-asked")).json()
    assert "王桂兰" in told["text"]
    assert "王桂兰" in [cell for row in told["table"]["rows"] for cell in row]
    assert all(len(row) == len(told["table"]["columns"]) for row in told["table"]["rows"])
