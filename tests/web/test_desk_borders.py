"""Two branches in one database: whatever one has, asked for by the other's secretary, is refused and logged.

The addresses come from the site itself, so that a new page or button cannot be forgotten: one with a key that this
test does not know makes it fail.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import httpx
import pytest
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.routing import Route

from bot.app import App
from storage import (
    applications,
    attendances,
    broadcasts,
    care,
    documents,
    dues,
    duty,
    log,
    members,
    offices,
    outbox,
    particulars,
    sessions,
    suggestions,
    tasks,
)
from storage.database import insert, writing
from tests.web.conftest import NOW
from tests.web.seats import Seat, take_seat

MARK = "只有这边知道的"
FORMS = {
    "/desk/dues/{member:int}": {"quarter": "2026Q4", "amount": "90"},
    "/desk/members/{member:int}/card": {"part": "where", "text": "在家"},
    "/desk/members/{member:int}/particulars": {"name": "别人", "was-name": MARK},
    "/desk/members/{member:int}/leave": {"how": "deceased", "day": "2026-11-22"},
    "/desk/members/{member:int}/offices": {"role": "secretary", "first": "2026-11-22"},
    "/desk/offices/{office:int}/end": {"last": "2026-11-22"},
    "/desk/sessions/{session:int}/minutes": {"text": "记录"},
    "/desk/sessions/{session:int}/roll": {"member-1": "attended"},
    "/desk/applications/{application:int}/refuse": {"reason": "不行"},
    "/desk/suggestions/{suggestion:int}/answer": {"answer": "好"},
    "/desk/care/{case:int}/visit": {"day": "2026-11-22", "clock": "09:00", "outcome": "met", "notes": "好"},
    "/desk/care/{case:int}/plan": {"day": "2026-11-23", "clock": "09:00"},
    "/desk/care/{case:int}/close": {"reason": "说错了"},
    "/desk/messages/{message:int}/press": {"choice": "ack:1"},
}
"""What a form sends where the button would want more than its key."""
NOT_A_BRANCH_S = {"/desk/voice/{handle}.{kind}", "/desk/voice/{handle}/{part:int}.{kind}"}
"""Addresses with a handle that nobody can guess and that belongs to one person (tests/web/test_voices.py)."""
NO_PAGE = {"/desk/events"}
"""A stream without an end; it shows figures of the visitor's own branch (test_desk.py)."""


def desk_routes(web: Starlette) -> Iterator[tuple[str, str]]:
    for route in web.routes:
        if isinstance(route, Route) and route.path.startswith("/desk"):
            for method in (route.methods or set()) - {"HEAD"}:
                yield method, route.path


@pytest.fixture
def keys(app: App) -> dict[str, int | str]:
    """One of everything in the first branch, with words that stand nowhere else."""
    db = app.db
    with writing(db):
        for _ in range(4):  # so that no key of the first branch is one of the second by chance
            members.add_member(db, 1, MARK, NOW)
        recording = app.recordings.keep(b"sound", NOW)
        member = members.add_member(db, 1, MARK, NOW, phone=MARK, dues_fen=9000)
        report = care.report(
            db, branch_id=1, trigger="illness", member_id=member, who=MARK, reporter_id=member, said=MARK, place=MARK,
            recording_id=recording, now=NOW, due_at=NOW,
        )  # fmt: skip
        found: dict[str, int | str] = {
            "member": member,
            "case": report.case.id,
            "recording": recording,
            "session": sessions.add_session(db, 1, MARK, NOW.replace(hour=8), place=MARK),
            "document": documents.add_document(db, 1, MARK, NOW, text=MARK, summary=MARK),
            "part": 0,
            "answer": "a-question-of-the-first-branch",
            "application": applications.submit(db, 1, member, "dues_relief", NOW, said=MARK, reason=MARK),
            "suggestion": suggestions.add(db, 1, member, MARK, NOW),
            "task": tasks.add_task(db, 1, "call_back", member, NOW, NOW, said=MARK),
            "office": offices.give(db, 1, "secretary", MARK, 1, NOW.date()),
            "duty": duty.put_on_duty(db, 1, 1, 1, NOW),
        }
        outbox.put(
            db, dedupe_key="mark", lane="alert", channel="desk", address="1", text=MARK, now=NOW, member_id=1,
            buttons=[outbox.Button(MARK, "ack:1")],
        )  # fmt: skip
        found["message"] = int(db.execute("SELECT max(id) FROM outbox").fetchone()[0])
        found["broadcast"] = broadcasts.add(db, 1, "everybody", MARK, 1, NOW)
        log.append(db, branch_id=1, at=NOW, kind="note", sentence=MARK, member_id=member)
    return found


def filled(path: str, keys: dict[str, int | str]) -> str:
    return re.sub(r"\{(\w+)(?::int)?\}", lambda name: str(keys[name[1]]), path)


def everything(app: App) -> dict[str, list[tuple[object, ...]]]:
    """The whole database but the log, in which the refusals stand, and its index."""
    tables = [row[0] for row in app.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    return {
        table: [tuple(row) for row in app.db.execute(f"SELECT * FROM {table}").fetchall()]
        for table in tables
        if not table.startswith(("entry", "sqlite_", "tally"))
    }


async def test_what_is_one_branch_s_is_refused_to_the_other_and_logged(
    app: App, web: Starlette, seat: Seat, next_door: Seat, keys: dict[str, int | str]
) -> None:
    asked = [(method, path) for method, path in desk_routes(web) if "{" in path and path not in NOT_A_BRANCH_S]
    assert len(asked) >= 18
    before = everything(app)
    for method, path in asked:
        address = filled(path, keys)  # a KeyError here: give the new address a row of the first branch above
        answer = (
            await next_door.http.get(address)
            if method == "GET"
            else await next_door.presses(address, **FORMS.get(path, {}))
        )
        assert answer.status_code == 404, (method, path)
        assert MARK not in answer.text
        last = log.tail(app.db, 2, 1)[0]
        assert (last.kind, last.actor_id) == ("desk_refused", next_door.officer), path
        assert address in (last.sentence or "")
    assert everything(app) == before
    for method, path in asked:  # and the same addresses open for those to whom they belong
        if method == "GET" and not path.endswith((".ogg", ".png")):
            assert (await seat.http.get(filled(path, keys))).status_code == 200, path


async def test_no_page_of_one_branch_shows_a_word_of_the_other(
    web: Starlette, seat: Seat, next_door: Seat, keys: dict[str, int | str]
) -> None:
    pages = [path for method, path in desk_routes(web) if method == "GET" and "{" not in path and path not in NO_PAGE]
    assert len(pages) >= 12
    shown = 0
    for path in pages:
        shown += MARK in await seat.sees(path)
        assert MARK not in await next_door.sees(path), path
    assert shown >= 8  # the words are really there to be seen
    for question in ("谁生病了还没看望", "这个季度还有谁没交党费", f"{MARK}今年来了几次"):
        answer = (await next_door.presses("/desk/ask", question=question)).text
        assert MARK not in answer.replace(question, "")  # her own words stand there
    assert MARK not in (await next_door.sees(f"/desk/log?words={MARK}")).replace(f"“{MARK}”", "").replace(
        f'value="{MARK}"', ""
    ).replace(f"words={MARK}", "")


async def test_a_roll_with_somebody_of_another_branch_is_refused_whole(
    app: App, next_door: Seat, keys: dict[str, int | str]
) -> None:
    own = sessions.add_session(app.db, 2, "隔壁学习", NOW.replace(hour=8))
    names = {f"member-{next_door.officer}": "attended", f"member-{keys['member']}": "attended"}
    assert (await next_door.presses(f"/desk/sessions/{own}/roll", **names)).status_code == 404
    assert app.db.execute("SELECT count(*) FROM attendance").fetchone()[0] == 0


async def test_nobody_gets_in_without_a_sign_in(
    app: App, web: Starlette, keys: dict[str, int | str], seat: Seat
) -> None:
    seat.http.cookies.clear()
    for method, path in desk_routes(web):
        if path == "/desk/leave":
            continue
        address = re.sub(r"\{(\w+)(?::int)?\}", lambda name: str(keys.get(name[1], 1)), path)
        answer = await seat.http.request(method, address)
        assert answer.status_code == 401, (method, path)
        assert MARK not in answer.text


async def test_health_is_for_those_who_go_and_see_people(app: App, web: Starlette, keys: dict[str, int | str]) -> None:
    members.add_member(app.db, 1, "上级", NOW, role="party_committee", title="党工委", rung=9)
    above = await take_seat(web, app, "上级")
    for path in ("/desk/care", f"/desk/care/{keys['case']}"):
        assert (await above.http.get(path)).status_code == 404
        assert log.tail(app.db, 1, 1)[0].kind == "desk_refused"
    today = await above.sees("/desk")
    assert "要看望的人" not in today
    assert 'href="/desk/care"' not in today
    members.add_member(app.db, 1, "赵体弱", NOW, frail=1)
    for path in ("/desk/members", f"/desk/sessions/{keys['session']}", f"/desk/members/{keys['member']}/particulars"):
        assert "年老体弱" not in await above.sees(path), path
    assert "家里和身体" not in await above.sees(f"/desk/members/{keys['member']}")
    private = await above.presses(f"/desk/members/{keys['member']}/card", part="family_health", text="x")
    assert private.status_code == 404
    log.append(app.db, branch_id=1, at=NOW, kind="care_reported", sentence="某某住院了", member_id=None)
    assert "某某住院了" not in await above.sees("/desk/log")
    assert "某某住院了" not in await above.sees("/desk/log?words=住院")
    await above.http.aclose()


PRESSED: dict[str, dict[str, str]] = {
    "/desk/ask": {"question": f"{MARK}的电话是多少"},
    "/desk/broadcasts": {"text": "明天开会", "group": "everybody", "read_over": "1"},
    "/desk/documents": {"title": "通知", "text": "关于开会的通知\n\n明天开会。"},
    "/desk/leave": {},
    "/desk/members/new": {"name": "新来的"},
    "/desk/papers/book": {"kind": "book", "period": "2026", "form": "csv"},
    "/desk/papers/cards": {},
    "/desk/roster": {},
    "/desk/roster/take": {"kept": "0" * 64},
    "/desk/say": {},
    "/desk/sessions": {"title": "学习", "kind": "study", "day": "2026-12-02", "clock": "15:00"},
    "/desk/settings/duty": {"officer": "1", "rung": "1", "first": "2026-11-22"},
    "/desk/settings/locality": {"profile": "fuzhou"},
    "/desk/settings/rule": {"care.illness.visit_hours": "5"},
    "/desk/settings/rule/reset": {"key": "care.illness.visit_hours"},
}
"""What each button without a key in its address is pressed with; the duty list is asked for the other's officer."""


def of_the_first(app: App) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the first branch, its log included."""
    tables = [row[0] for row in app.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    found = {}
    for table in tables:
        columns = [row[1] for row in app.db.execute(f"PRAGMA table_info({table})").fetchall()]
        if "branch_id" in columns:
            found[table] = app.db.execute(f"SELECT * FROM {table} WHERE branch_id = 1").fetchall()
        elif "member_id" in columns and table not in ("link", "outbox"):
            mine = "SELECT id FROM member WHERE branch_id = 1"
            found[table] = app.db.execute(f"SELECT * FROM {table} WHERE member_id IN ({mine})").fetchall()
    found["profile"] = app.db.execute("SELECT * FROM branch WHERE id = 1").fetchall()
    return found


async def test_no_button_and_no_export_of_one_branch_touches_or_holds_anything_of_the_other(
    app: App, web: Starlette, next_door: Seat, keys: dict[str, int | str]
) -> None:
    buttons = [path for method, path in desk_routes(web) if method == "POST" and "{" not in path]
    assert set(buttons) == set(PRESSED), "say what the new button is pressed with"
    before = of_the_first(app)
    assert len(before) > 12
    for path in sorted(buttons, key=lambda each: each == "/desk/leave"):  # who has left presses nothing more
        answer = await next_door.presses(path, **PRESSED[path])
        assert answer.status_code < 500, path
        assert MARK not in _opened(answer).replace(PRESSED["/desk/ask"]["question"], ""), path
    assert of_the_first(app) == before


def _opened(answer: httpx.Response) -> str:
    """The words of an answer, those in a packed export too; of a PDF the cards' number of pages is looked at."""
    if answer.headers.get("content-type") == "application/zip":
        with zipfile.ZipFile(BytesIO(answer.content)) as packed:
            return "".join(packed.read(name).decode("utf-8-sig") for name in packed.namelist())
    if answer.headers.get("content-type") == "application/pdf":
        assert len(PdfReader(BytesIO(answer.content)).pages) <= 2  # the secretary's, and that of who was added above
        return ""
    return answer.text


@pytest.fixture
def crowded(app: App, keys: dict[str, int | str]) -> dict[str, int | str]:
    """The first branch with three hundred members and as much to do as that brings."""
    db, quarter = app.db, "2026Q4"
    with writing(db):
        people = [
            members.add_member(db, 1, f"欧阳{number:03}", NOW, dues_fen=9000, phone="13900000000", called="老同志",
                               address="春晖社区十二号楼三单元五零二室", frail=number % 2)
            for number in range(300)
        ]  # fmt: skip
        told = broadcasts.add(db, 1, "everybody", "明天下午三点，在活动室学习。" * 8, 1, NOW)
        for person in people:
            dues.claim(db, person, quarter, 9000, NOW)
            tasks.add_task(db, 1, "call_back", person, NOW, NOW, said="请书记给我回个电话" * 5)
            care.report(
                db, branch_id=1, trigger="holiday", member_id=person, who=MARK, reporter_id=person, said=MARK * 20,
                place="", recording_id=None, now=NOW, due_at=NOW,
            )  # fmt: skip
            applications.submit(db, 1, person, "dues_relief", NOW, said="党费能不能减免" * 5, reason="常年吃药")
            suggestions.add(db, 1, person, "活动室的灯换亮一点" * 10, NOW)
            outbox.put(
                db, dedupe_key=f"{broadcasts.key_of(told, person)}:next_turn:{person}", lane="routine",
                channel="next_turn", address=str(person), text="明天学习", now=NOW, member_id=person,
            )  # fmt: skip
            log.append(db, branch_id=1, at=NOW, kind="note", sentence="学习" + MARK * 300, member_id=person)
            attendances.record(db, int(keys["session"]), person, "attended", NOW)
            insert(db, "listening", document_id=keys["document"], member_id=person, part="0", at=NOW.isoformat())
        for number in range(300):
            sessions.add_session(db, 1, f"第{number}次学习", NOW - timedelta(days=number), place="活动室")
        for member in people[:120]:
            particulars.leave(db, members.add_member(db, 1, f"走了{member}", NOW), NOW.date(), "transferred")
    return {**keys, "broadcast": told}


async def test_no_page_is_heavy_even_in_a_large_branch(
    app: App, web: Starlette, seat: Seat, crowded: dict[str, int | str]
) -> None:
    await seat.presses("/desk/ask", question="这个季度还有谁没交党费", once="a-long-list")
    pages = [
        filled(path, crowded)
        for method, path in desk_routes(web)
        if method == "GET"
        and path not in NO_PAGE | NOT_A_BRANCH_S
        and not path.endswith((".ogg", ".png", "{recording:int}"))
    ]
    for path in [*pages, "/desk/ask?answer=a-long-list", f"/desk/log?words={MARK}", "/desk/members?silent=1"]:
        answer = await seat.http.get(path)
        assert answer.status_code == 200, path
        assert len(answer.content) < 100_000, (path, len(answer.content))
