"""谁听了六有一提升 is answered whichever kind of question it was taken for, wherever a secretary asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.documents.taking_in import desk_of
from bot.web.site import site
from dialogs import asking
from dialogs.skill import Done, Wish
from storage import members
from tests.bot.conftest import Office, open_office
from tests.web.seats import take_seat


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The demo branch, where 王桂兰 has heard of one of the two documents."""
    with open_office(tmp_path) as each:
        each.say("王桂兰", "念六有一提升")
        yield each


def answered(office: Office, intent: str, text: str, by: str = "李卫民") -> Done:
    outcome = asking.answer(Wish(intent, {}, text), desk_of(office.app.db, office.person(by), office.clock[0], "cli"))
    assert isinstance(outcome, Done)
    return outcome


@pytest.mark.parametrize("intent", sorted(asking.ANSWERS))
def test_whatever_question_it_was_taken_for(office: Office, intent: str) -> None:
    done = answered(office, intent, "查一下谁听了六有一提升")
    assert "有1位听过：王桂兰" in done.words["said"]
    assert done.table is not None
    assert done.table.rows[0][0] == "王桂兰"
    assert len(done.table.rows) == len(members.members(office.app.db, 1))
    assert office.rows("SELECT count(*) FROM entry WHERE kind = 'read_listening'") == [(1,)]


def test_a_search_without_a_name_means_the_newest_document(office: Office) -> None:
    newest = office.rows("SELECT title FROM document ORDER BY id DESC LIMIT 1")[0][0]
    assert f"《{newest}》还没有人听过" in answered(office, "query_log", "查一下谁听了文件").words["said"]


def test_who_did_not_stay_at_a_session_is_asked_of_the_roll(office: Office) -> None:
    said = answered(office, "query_attendance", "上次学习会谁没听完").words["said"]
    assert "集体学习" in said
    assert office.rows("SELECT count(*) FROM entry WHERE kind = 'read_listening'") == [(0,)]


def test_a_member_is_told_nothing_of_it(office: Office) -> None:
    said = answered(office, "query_log", "查一下谁听了六有一提升", by="张建国").words["said"]
    assert "王桂兰" not in said


@pytest.mark.parametrize("text", ["查一下谁听了六有一提升", "70岁以上的谁没听六有一提升"])
def test_in_a_chat(office: Office, text: str) -> None:
    answer = office.say("李卫民", text)
    assert "六有一提升" in answer.text
    assert answer.table is not None
    assert answer.table.rows[0][0] == "王桂兰"


async def test_at_the_desk(office: Office) -> None:
    seat = await take_seat(site(office.app), office.app, "李卫民")
    page = (await seat.presses("/desk/ask", question="查一下谁听了六有一提升")).text
    assert "有1位听过：王桂兰" in page
    assert ">大意<" in page
    await seat.http.aclose()


def test_at_the_command_line(office: Office, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[data]\nfolder = "{tmp_path / "data"}"\n', encoding="utf-8")
    told = CliRunner().invoke(
        app,
        ["ask", "查一下谁听了六有一提升", "--json", "--now", "2026-11-22T09:30:00", "--config", str(tmp_path)],
    )
    answer = json.loads(told.stdout)
    assert "有1位听过：王桂兰" in answer["text"]
    assert answer["rows"][0]["姓名"] == "王桂兰"
