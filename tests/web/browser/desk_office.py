"""The demo branch on a real server, with something of every kind on the desk, and a browser that is signed in."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlite_utils import Database

from bot import clock
from bot.app import learnt_folder, understander
from bot.config import load_config
from bot.demo import make_demo
from bot.web.desk.entrance import PURPOSE
from bot.web.security import page_key, page_secret
from storage import applications, cards, care, dues, links, members, suggestions, tasks, visits
from storage.database import open_database, writing
from tests.web.browser.served import Served
from tests.web.conftest import NO_MODELS

ROOT = Path(__file__).parents[3]
AXE = ROOT / "tests" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "artefacts" / "desk"
WIDE, NARROW = (1280, 800), (375, 667)


@dataclass
class Office:
    """The server, and the addresses that were handed out."""

    served: Served
    sign_in: str
    member: str
    faults: list[str] = field(default_factory=list)
    """What a browser complained of, and every request that left the machine."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.served.port}"

    def watch(self, context: BrowserContext) -> None:
        context.on("console", lambda line: self.faults.append(line.text) if line.type in ("error", "warning") else None)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.on("request", lambda asked: self._asked(asked.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"asked outside: {url}")


def make_office(folder: Path) -> Office:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        served = Served(folder, int(probe.getsockname()[1]))
    models = f'[data]\nmodels = "{NO_MODELS}"\n'  # no test waits for a voice
    (folder / "config.toml").write_text(f"{models}[web]\nport = {served.port}\n", encoding="utf-8")
    config = load_config(folder / "config.toml")
    understander(learnt_folder(config))
    now = clock.now()
    db = open_database(config.database)
    branch = make_demo(db, now, "wuxi")
    people = {each.name: each.id for each in members.members(db, branch)}
    with writing(db):
        links.add_link(db, "a-link-for-the-test", people["李卫民"], PURPOSE, now, now + timedelta(hours=1))
        members.set_phone(db, people["王桂兰"], "13900000002")
        applications.submit(
            db, branch, people["张建国"], "dues_relief", now, said="老伴常年吃药，党费能不能减免", reason="老伴常年吃药"
        )
        applications.submit(db, branch, people["赵玉莲"], "phone", now, said="我儿子的电话", value="13900000009")
        suggestions.add(db, branch, people["陈玉珍"], "我建议活动室的灯换亮一点", now)
        tasks.add_task(
            db, branch, "call_back", people["李秀英"], now, now + timedelta(days=1), said="请书记给我回个电话"
        )
        _care(db, branch, people, now)
        dues.claim(db, people["王桂兰"], dues.quarter_of(now), 9000, now)
        cards.write(db, people["王桂兰"], "where", "春晖社区3号楼，和女儿同住", people["李卫民"], now)
        cards.write(db, people["王桂兰"], "daily", "上午买菜，下午合唱队", people["李卫民"], now - timedelta(days=40))
    db.close()
    secret = page_secret(page_key(config.data.folder), people["王桂兰"])
    office = Office(served, "", "")
    office.sign_in, office.member = f"{office.address}/s/a-link-for-the-test", f"{office.address}/m/{secret}"
    return office


def _care(db: Database, branch: int, people: dict[str, int], now: datetime) -> None:
    """Beside the demo's own case one that somebody has, and one where somebody was."""
    for name, trigger, said in (("李秀英", "hardship", "家里漏水，没人修"), ("孙守业", "illness", "摔了一跤，腿肿了")):
        opened = care.report(
            db, branch_id=branch, trigger=trigger, member_id=people[name], who=name, reporter_id=people["林国栋"],
            said=said, place="", recording_id=None, now=now - timedelta(days=1), due_at=now + timedelta(days=1),
        )  # fmt: skip
        care.acknowledge(db, opened.case, people["周敏"], now)
    visits.record(db, opened.case, people["周敏"], now, notes="腿消肿了，能下床")


def sit_down(browser: Browser, office: Office) -> BrowserContext:
    """A browser that has pressed the button behind the link."""
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, locale="zh-CN")
    office.watch(context)
    page = context.new_page()
    page.goto(office.sign_in)
    page.screenshot(path=PICTURES / "door.png")
    page.get_by_role("button", name="打开书记桌面").click()
    page.wait_for_url("**/desk")
    page.close()
    return context


def barriers(page: Page) -> list[str]:
    """What axe-core finds on the page as it is."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed (make setup-test, which needs npm)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]
