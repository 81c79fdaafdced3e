"""The site as a whole: what every answer carries, what never leaves, and how much there is to load."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

import bot.web
from bot.web.wording import wording

from .conftest import Visits

WEB = Path(bot.web.__file__).parent
HEAVIEST_PAGE = 100_000


async def test_anybody_may_knock(visits: Visits) -> None:
    home = await visits.http.get("/")
    assert home.status_code == 200
    assert wording("door")["home"] in home.text
    assert (await visits.http.get("/healthz")).text == "ok"


async def test_every_answer_guards_the_secret(visits: Visits) -> None:
    page = visits.of("王桂兰")
    for path in ("/", page, visits.of("李明"), "/nowhere", f"{page}/say", "/static/talk.js", "/static/nothing.js"):
        answer = await visits.http.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'"), path
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["permissions-policy"].startswith("microphone=(self)")
        assert answer.headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")


async def test_no_secret_is_ever_logged(visits: Visits, caplog: pytest.LogCaptureFixture) -> None:
    mute = logging.getLogger("httpx")  # the client of this test, no part of the product
    mute.setLevel(logging.WARNING)
    with caplog.at_level(logging.DEBUG):
        for name in ("王桂兰", "李明"):
            await visits.http.get(visits.of(name))
            told = (await visits.say(name, "帮助")).json()
            await visits.http.get(told["voice"])
            await visits.http.get(visits.of(name) + "/nowhere")
        visits.app.db.execute("ALTER TABLE inbox RENAME TO gone")
        await visits.say("王桂兰", "我生病了")
    for name in ("王桂兰", "李明"):
        assert visits.of(name).rpartition("/")[2] not in caplog.text


@pytest.mark.parametrize("name", ["王桂兰", "李明"])
async def test_a_page_is_light_and_loads_nothing_from_outside(visits: Visits, name: str) -> None:
    page = (await visits.http.get(visits.of(name))).text
    wanted = {"/static/sun.svg", "/static/pages.css", *(f"/static/{file.name}" for file in WEB.glob("static/*.js"))}
    loaded = [(await visits.http.get(path)) for path in sorted(wanted)]
    assert all(answer.status_code == 200 for answer in loaded)
    assert len(page.encode()) + sum(len(answer.content) for answer in loaded) < HEAVIEST_PAGE
    for text in (page, *(answer.text for answer in loaded)):
        assert set(re.findall(r"""(?:https?:)?//[\w.-]+\.\w+[^\s"'<]*""", text)) <= {"http://www.w3.org/2000/svg"}


async def test_a_page_has_nothing_that_must_be_typed(visits: Visits) -> None:
    page = (await visits.http.get(visits.of("王桂兰"))).text
    assert re.findall(r"<(?:input|textarea|select)[^>]*>", page) == [
        '<input id="file" type="file" accept="audio/*" capture>'
    ]


async def test_what_works_in_every_state_is_always_there(visits: Visits) -> None:
    page = (await visits.http.get(visits.of("王桂兰"))).text
    for words in ("再说一遍", "慢一点", "找书记"):
        assert f'data-say="{words}"' in page
        assert (await visits.say("王桂兰", words, f"pressed-{len(words)}-{hash(words) & 0xFFFF}")).status_code == 200


async def test_without_a_network_there_are_numbers_to_call(visits: Visits) -> None:
    page = (await visits.http.get(visits.of("王桂兰"))).text
    assert 'href="tel:13900000001">打电话给李书记' in page
    assert 'href="tel:120"' in page
    assert 'href="tel:13900000001"' not in (await visits.http.get(visits.of("李明"))).text


def test_words_that_the_script_says_are_all_in_the_toml() -> None:
    said = set()
    for script in WEB.glob("static/*.js"):
        said |= set(re.findall(r"\bwords\.(\w+)", script.read_text(encoding="utf-8")))
    assert said - {"most_bytes"} <= set(wording("talk"))
    kinds = {"offline", "gave_up"}  # said as words[kind]
    assert set(wording("talk")) == (said - {"most_bytes"}) | kinds


def test_no_words_stand_in_code_scripts_or_templates() -> None:
    comments = {".py": r'""".*?"""|#[^\n]*', ".js": r"//[^\n]*", ".html": r"\{#.*?#\}"}
    for file in (*WEB.glob("static/*.js"), *WEB.glob("templates/**/*.html"), *WEB.glob("**/*.py")):
        text = re.sub(comments[file.suffix], "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r"[\u4e00-\u9fff]+", text) == [], file.name
