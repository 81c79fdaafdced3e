"""One secret link a person: the same at every start, opening that person's page and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import App
from bot.web.links import issue_links
from bot.web.security import SECRET_LENGTH, page_key, page_secret

from .conftest import Visits


def test_the_key_is_made_once_and_is_the_owner_s_alone(tmp_path: Path) -> None:
    key = page_key(tmp_path / "data")
    assert page_key(tmp_path / "data") == key
    assert len(key) == 32
    assert (tmp_path / "data" / "page.key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_copied_with_wide_rights_is_closed_again(tmp_path: Path) -> None:
    page_key(tmp_path)
    (tmp_path / "page.key").chmod(0o644)
    page_key(tmp_path)
    assert (tmp_path / "page.key").stat().st_mode & 0o777 == 0o600


@given(st.binary(min_size=32, max_size=32), st.lists(st.integers(1, 10**6), min_size=2, max_size=20, unique=True))
def test_no_two_members_share_a_secret(key: bytes, keys: list[int]) -> None:
    made = {page_secret(key, each) for each in keys}
    assert len(made) == len(keys)
    assert all(len(secret) == SECRET_LENGTH and secret.replace("-", "").replace("_", "").isalnum() for secret in made)


def test_links_are_printed_again_at_each_start(app: App) -> None:
    first, second = issue_links(app), issue_links(app)
    assert first == second
    assert [person.name for person, _ in first] == ["李明", "王桂兰", "张建国", "赵敏"]
    assert all("/m/" in link for _, link in first)


async def test_everybody_sees_their_own_page(visits: Visits) -> None:
    for name, form in (("王桂兰", "桂兰阿姨"), ("张建国", "张建国同志"), ("李明", "李书记")):
        page = await visits.http.get(visits.of(name))
        assert page.status_code == 200
        assert f"{form}，您好" in page.text


@pytest.mark.parametrize("path", ["", "/say", "/voice/x.ogg", "/voice/x/1.ogg"])
async def test_every_wrong_address_gets_the_same_answer(visits: Visits, path: str) -> None:
    reference = await visits.http.get("/m/nobody")
    assert reference.status_code == 404
    answer = await visits.http.get("/m/AAAAAAAAAAAAAAAAAAAAAA" + path)
    assert (answer.status_code, answer.text) == (404, reference.text)


async def test_what_is_sent_to_a_wrong_address_is_answered_like_a_turn(visits: Visits) -> None:
    answer = await visits.http.post("/m/AAAAAAAAAAAAAAAAAAAAAA/say", files={"text": (None, "你好")})
    assert answer.status_code == 404
    assert answer.json()["text"].startswith("这个链接打不开")


async def test_a_link_dies_with_the_membership(visits: Visits) -> None:
    visits.app.db.execute("UPDATE member SET left_at = '2026-11-21' WHERE name = '王桂兰'")
    assert (await visits.http.get(visits.of("王桂兰"))).status_code == 404
