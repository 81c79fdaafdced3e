"""A real server as its own process, with a branch of its own, that a test can kill and start again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx

from bot import clock
from bot.app import learnt_folder, understander
from bot.config import load_config
from bot.web.security import page_key, page_secret
from storage import members, sessions
from storage.database import reading_copy
from tests.prepared import new_database
from tests.spoken import share_voice

READY_WITHIN = 60.0


@dataclass
class Served:
    """`nuanyang serve` on a folder."""

    folder: Path
    port: int
    links: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve", "--config", self.folder / "config.toml"],
                stdout=log,
                stderr=log,
                cwd=Path(__file__).parents[3],
                env={**os.environ, "NUANYANG_TELEGRAM_TOKEN": ""},
            )
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            try:
                httpx.get(f"http://127.0.0.1:{self.port}/healthz")
                return
            except httpx.TransportError:
                assert self.process.poll() is None, (self.folder / "server.log").read_text()
                time.sleep(0.1)
        raise AssertionError(f"not ready within {READY_WITHIN} s:\n{(self.folder / 'server.log').read_text()}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, kindly or not."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(120)  # a clause that is being spoken is finished first, and the machine may be busy
            self.process = None

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What stands in its database."""
        db = reading_copy(self.folder / "data" / "nuanyang.db")
        try:
            return [tuple(row) for row in db.execute(sql).fetchall()]
        finally:
            db.close()


def make_branch(folder: Path) -> Served:
    """A branch with a secretary, a member and a study session next Wednesday; its server is not yet started."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        served = Served(folder, int(probe.getsockname()[1]))
    (folder / "config.toml").write_text(f"[web]\nport = {served.port}\n", encoding="utf-8")
    config = load_config(folder / "config.toml")
    share_voice(config.data.folder)
    now = clock.now()
    wednesday = (now + timedelta(days=9 - now.weekday())).replace(hour=15, minute=0, second=0)
    db = new_database(config.database)
    branch = members.add_branch(db, "暖阳支部", "wuxi", now)
    officer = members.add_member(db, branch, "李明", now, role="secretary", title="书记", rung=1, phone="13900000001")
    member = members.add_member(db, branch, "王桂兰", now, called="桂兰阿姨")
    sessions.add_session(db, branch, "党的二十大精神学习会", wednesday, place="社区党群服务中心", capacity=30)
    db.close()
    understander(learnt_folder(config))  # learns where sentences have changed, so that no start has to wait for it
    key = page_key(config.data.folder)
    served.links = {
        "李明": f"http://127.0.0.1:{served.port}/m/{page_secret(key, officer)}",
        "王桂兰": f"http://127.0.0.1:{served.port}/m/{page_secret(key, member)}",
    }
    return served
