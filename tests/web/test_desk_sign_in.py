"""Coming in and going out: a link that works once, a sign-in that ends, and forms that no other site can send."""

from __future__ import annotations

import dataclasses
import logging
import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from typer.testing import CliRunner

from bot import cli
from bot.app import App
from bot.config import WebConfig
from bot.web.desk.entrance import COOKIE, new_link
from bot.web.links import issue_sign_ins
from bot.web.site import site
from storage import log, members, sign_ins
from tests.web.conftest import NOW
from tests.web.seats import Seat, take_seat


def browser(web: Starlette, app: App) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=web, raise_app_exceptions=False), base_url=app.config.address
    )


def person(app: App, name: str) -> members.Member:
    return members.find(app.db, name)[0]


def later(app: App, **step: float) -> None:
    moment = app.clock() + timedelta(**step)
    app.clock = lambda: moment


def test_a_new_link_is_printed_at_each_start_for_each_who_is_on_duty(app: App) -> None:
    first, second = issue_sign_ins(app), issue_sign_ins(app)
    assert [officer.name for officer, _ in first] == ["李明", "赵敏"]
    assert {link for _, link in first}.isdisjoint({link for _, link in second})


def test_the_command_line_prints_everybody_s_page_and_a_link_to_the_desk(app: App, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    folder, models = app.config.data.folder, app.config.data.models
    config.write_text(f'[data]\nfolder = "{folder}"\nmodels = "{models}"\n', encoding="utf-8")
    printed = CliRunner().invoke(cli.app, ["links", "--config", str(config)])
    assert printed.exit_code == 0
    assert len(re.findall(r"/m/[\w-]{22}(?![\w-])", printed.output)) == 4
    assert len(re.findall(r"/s/[\w-]{22}(?![\w-])", printed.output)) == 2


async def test_opening_a_link_spends_nothing_and_the_button_spends_it(app: App, web: Starlette) -> None:
    link = new_link(app, person(app, "李明"))
    async with browser(web, app) as preview, browser(web, app) as mine, browser(web, app) as thief:
        for _ in range(2):  # a chat program that looks what a link leads to
            assert "打开书记桌面" in (await preview.get(link)).text
        entered = await mine.post(link, follow_redirects=True)
        assert entered.url.path == "/desk"
        assert "李书记" in entered.text
        assert (await thief.post(link)).status_code == 404
        assert (await thief.get(link)).text == (await thief.get("/s/never-issued")).text
        assert (await mine.get(link)).headers["location"] == "/desk"  # bookmarked, it still leads its owner in
    kinds = [entry.kind for entry in log.entries(app.db, 1)]
    assert kinds.count("signed_in") == 1


async def test_a_link_grows_old(app: App, web: Starlette) -> None:
    link = new_link(app, person(app, "李明"))
    later(app, hours=app.config.web.link_hours)
    async with browser(web, app) as mine:
        assert (await mine.post(link)).status_code == 404


async def test_a_member_s_secret_and_a_member_open_no_desk(app: App, web: Starlette) -> None:
    link = new_link(app, person(app, "王桂兰"))  # issued by whatever mistake: she has no office
    async with browser(web, app) as hers:
        assert (await hers.post(link)).status_code == 404
        assert (await hers.get("/desk")).status_code == 401


async def test_a_sign_in_ends_after_its_hours(app: App, web: Starlette, seat: Seat) -> None:
    later(app, hours=app.config.web.session_hours, seconds=-1)
    assert (await seat.http.get("/desk")).status_code == 200
    later(app, seconds=2)
    closed = await seat.http.get("/desk")
    assert closed.status_code == 401
    assert "请用新的登录链接进来" in closed.text


async def test_the_desk_closes_when_the_office_ends(app: App, seat: Seat) -> None:
    app.db.execute("UPDATE role SET valid_to = '2026-11-21' WHERE role = 'secretary'")
    assert (await seat.http.get("/desk")).status_code == 401


async def test_signing_out_ends_this_browser_and_no_other(app: App, web: Starlette, seat: Seat) -> None:
    other = await take_seat(web, app, "李明")
    stolen = seat.secret
    assert "您已经退出" in (await seat.presses("/desk/leave")).text
    assert sign_ins.owner(app.db, stolen, NOW) is None
    assert (await seat.http.get("/desk", headers={"cookie": f"{COOKIE}={stolen}"})).status_code == 401
    assert (await other.http.get("/desk")).status_code == 200
    await other.http.aclose()


async def test_the_cookie_is_for_this_site_and_no_script(app: App, web: Starlette) -> None:
    async with browser(web, app) as mine:
        entered = await mine.post(new_link(app, person(app, "李明")))
    marks = entered.headers["set-cookie"].lower()
    assert "httponly" in marks
    assert "samesite=strict" in marks
    assert "max-age=43200" in marks
    assert "secure" not in marks  # over plain HTTP a browser would throw it away


async def test_over_https_the_cookie_stays_on_https(app: App) -> None:
    config = app.config.model_copy(update={"web": WebConfig(public_url="https://nuanyang.example.org")})
    secure = dataclasses.replace(app, config=config)
    async with browser(site(secure), secure) as mine:
        entered = await mine.post(new_link(secure, person(app, "李明")))
    assert "; Secure" in entered.headers["set-cookie"]


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://elsewhere.test"}]
)
async def test_no_other_site_signs_anybody_in(app: App, web: Starlette, headers: dict[str, str]) -> None:
    link = new_link(app, person(app, "李明"))
    async with browser(web, app) as mine:
        assert (await mine.post(link, headers=headers)).status_code == 404
        assert COOKIE not in mine.cookies


async def test_every_button_wants_the_token_of_its_own_browser(app: App, web: Starlette, seat: Seat) -> None:
    other = await take_seat(web, app, "李明")
    buttons = [
        route.path.replace("{session:int}", "1")
        for route in web.routes
        if "POST" in (getattr(route, "methods", ()) or ())
    ]
    mine, foreign = await seat.token(), await other.token()
    assert mine != foreign
    for path in buttons:
        if not path.startswith("/desk") or path == "/desk/leave":
            continue
        for token in ("", foreign, mine[:-1]):
            answer = await seat.http.post(path_with_keys(path), data={"csrf": token, "once": "x"})
            assert answer.status_code == 403, path
        crossed = await seat.http.post(
            path_with_keys(path), data={"csrf": mine}, headers={"sec-fetch-site": "cross-site"}
        )
        assert crossed.status_code == 403, path
    assert await seat.sees("/desk")
    await other.http.aclose()


def path_with_keys(path: str) -> str:
    return re.sub(r"\{\w+(:int)?\}", "1", path)


async def test_no_secret_of_the_desk_is_logged_or_stored(
    app: App, web: Starlette, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("httpx").setLevel(logging.WARNING)  # the client of this test, no part of the product
    with caplog.at_level(logging.DEBUG):
        link = new_link(app, person(app, "李明"))
        async with browser(web, app) as mine:
            await mine.post(link)
            await mine.get("/desk/log")
            cookie = mine.cookies[COOKIE]
    secret = link.rpartition("/")[2]
    assert secret not in caplog.text
    assert cookie not in caplog.text
    for file in app.config.data.folder.glob("nuanyang.db*"):
        assert secret.encode() not in file.read_bytes()
        assert cookie.encode() not in file.read_bytes()
