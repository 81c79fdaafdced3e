"""A branch office whose Telegram server is a test's own, run in this process or as one of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlite_utils import Database

from bot.app import App, open_app
from bot.config import TOKEN_VARIABLE, Config, DataConfig, TelegramConfig, WebConfig
from bot.telegram.enrolment import new_code
from bot.telegram.running import run_telegram
from speech.models import default_models_folder
from storage import due, members, sessions
from storage.database import reading_copy
from tests.prepared import new_database
from tests.spoken import share_voice
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.people import Api, Person

NO_MODELS = default_models_folder().parent / "none"
"""An empty store beside the real one: hearing and voice fail as they do where nobody fetched the models."""
SRC = Path(__file__).parents[2]
SERVE = """
import logging, sys
logging.basicConfig(level=logging.DEBUG)  # all that can be logged is: no token may be in it
from bot.cli import main
sys.argv[1:1] = ["serve"]
main()
"""
GUILAN, SECRETARY, STRANGER = 7001, 7002, 7999


class House:
    """A branch: 王桂兰 and the secretary have enrolled, 张建国 has not."""

    def __init__(self, folder: Path, api: Api, *, models: Path | None = None) -> None:
        self.folder = folder
        self.api = api
        share_voice(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.config = Config(
            data=DataConfig(folder=folder, models=models or NO_MODELS),
            web=WebConfig(port=port),
            telegram=TelegramConfig(token=SecretStr(api.token), base_url=api.base_url, base_file_url=api.base_file_url),
        )
        db = new_database(self.config.database)
        now = datetime.now() - timedelta(days=1)  # noqa: DTZ005
        self.branch = members.add_branch(db, "第一支部", "wuxi", now)
        self.secretary = members.add_member(
            db, self.branch, "李卫民", now, gender="男", role="secretary", title="书记", rung=1
        )
        self.guilan = members.add_member(db, self.branch, "王桂兰", now, gender="女", called="桂兰阿姨")
        self.jianguo = members.add_member(db, self.branch, "张建国", now, gender="男")
        members.add_contact(db, self.guilan, "telegram", str(GUILAN), now)
        members.add_contact(db, self.secretary, "telegram", str(SECRETARY), now)
        sessions.add_session(
            db, self.branch, "党章学习会", now.replace(hour=9, minute=30) + timedelta(days=3), place="活动室"
        )
        _nothing_of_the_day(db, self.branch, now + timedelta(days=1))
        self.code = new_code(db, _someone(db, self.jianguo), datetime.now())  # noqa: DTZ005
        db.close()
        self.guilan_s_phone = Person(api, GUILAN, "桂兰")
        self.secretary_s_phone = Person(api, SECRETARY, "卫民")

    @asynccontextmanager
    async def open(self, stalled_seconds: float = 150.0) -> AsyncIterator[App]:
        """The channel at work in this process."""
        stop = asyncio.Event()
        with open_app(self.config) as app:
            job = asyncio.create_task(run_telegram(app, stop, stalled_seconds=stalled_seconds))
            due = asyncio.create_task(app.due.run())
            try:
                yield app
            finally:
                stop.set()
                app.due.stop()
                await asyncio.wait_for(due, 20)
                await asyncio.wait_for(job, 20)

    @asynccontextmanager
    async def serving(self, log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
        """`nuanyang serve` as a process of its own, its log in a file; killed where the test has not ended it."""
        config = self.folder / "config.toml"
        config.write_text(self._toml(), encoding="utf-8")
        with log.open("ab") as page:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                SERVE,
                "--config",
                str(config),
                cwd=SRC,
                env={**os.environ, TOKEN_VARIABLE: self.api.token},
                stdout=page,
                stderr=page,
            )
            try:
                yield process
            finally:
                if process.returncode is None:
                    process.send_signal(signal.SIGTERM)
                    try:
                        await asyncio.wait_for(process.wait(), 5)
                    except TimeoutError:  # a sentence is still being spoken for nobody; a test of stopping is elsewhere
                        process.kill()
                        await process.wait()

    def count(self, sql: str) -> int:
        """The number that a query gives."""
        return int(str(self.rows(sql)[0][0]))

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """The rows of a query."""
        db = reading_copy(self.config.database)
        try:
            return [tuple(row) for row in db.execute(sql).fetchall()]
        finally:
            db.close()

    def _toml(self) -> str:
        it = self.config
        return f"""
[data]
folder = "{it.data.folder}"
models = "{it.data.models}"
[web]
port = {it.web.port}
[telegram]
base_url = "{it.telegram.base_url}"
base_file_url = "{it.telegram.base_file_url}"
"""


def _nothing_of_the_day(db: Database, branch: int, now: datetime) -> None:
    """What comes by itself at an hour of the day (call list, round, digest, anchor) waits until these tests are over.

    This house lives by the real clock, so that otherwise a test would hear the call list from seven in the morning on.
    """
    days = {now.date() + timedelta(days=step) for step in (-now.weekday(), 0, 1)}
    for kind in ("card_calls", "holiday_round", "morning_digest", "log_anchor"):
        for day in days:
            key = f"{kind}:{branch}:{day.isoformat()}"
            due.put(db, branch_id=branch, kind=kind, key=key, now=now, at=now + timedelta(days=365))


def _someone(db: Database, member_id: int) -> members.Member:
    found = members.member(db, member_id)
    assert found is not None
    return found


async def all_answered(house: House, api: FakeBotApi, within: float = 8.0) -> None:
    """Wait until every update that was sent has its row in the inbox, and none waits for its answer."""
    end = asyncio.get_running_loop().time() + within
    while asyncio.get_running_loop().time() < end:
        rows = house.rows("SELECT update_id, state FROM inbox")
        if {str(number) for number in api.numbers} == {number for number, _ in rows} and "new" not in dict(
            rows
        ).values():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"sent {api.numbers}, the inbox holds {rows}")
