"""Two small branches on disk, wired as in production, and browsers' requests to their site without a network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot.app import App, open_app
from bot.config import Config, DataConfig
from bot.web.links import issue_links
from bot.web.site import site
from speech.models import default_models_folder
from storage import members
from tests.prepared import new_database
from tests.web.seats import Seat, take_seat

NOW = datetime(2026, 11, 22, 9, 30)
NO_MODELS = default_models_folder().parent / "no-models"
"""Without speech models answers are read, not heard, and no test waits for a voice; what understanding has learnt lies
beside the models and is shared."""


@dataclass
class Visits:
    """The site, and who visits it."""

    app: App
    http: httpx.AsyncClient
    links: dict[str, str]

    def of(self, name: str) -> str:
        """The path of somebody's page."""
        return httpx.URL(self.links[name]).path

    async def say(self, name: str, text: str, update_id: str = "a-first-number") -> httpx.Response:
        return await self.http.post(
            f"{self.of(name)}/say", files={"update_id": (None, update_id), "text": (None, text)}
        )

    async def record(self, name: str, sound: bytes, update_id: str = "a-first-number") -> httpx.Response:
        return await self.http.post(
            f"{self.of(name)}/say",
            files={"update_id": (None, update_id), "audio": ("said", sound, "audio/webm")},
        )


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    config = Config(data=DataConfig(folder=tmp_path / "data", models=NO_MODELS))
    db = new_database(config.database)
    here, there = (members.add_branch(db, name, "wuxi", NOW) for name in ("暖阳支部", "隔壁支部"))
    members.add_member(db, here, "李明", NOW, role="secretary", title="书记", rung=1, phone="13900000001")
    members.add_member(db, here, "王桂兰", NOW, called="桂兰阿姨")
    members.add_member(db, here, "张建国", NOW)
    members.add_member(db, there, "赵敏", NOW, role="secretary", title="书记", rung=1)
    db.close()
    with open_app(config, lambda: NOW) as opened:
        yield opened


@pytest.fixture
def web(app: App) -> Starlette:
    return site(app)


@pytest.fixture
async def seat(web: Starlette, app: App) -> AsyncIterator[Seat]:
    """李明 at the desk of the first branch."""
    here = await take_seat(web, app, "李明")
    yield here
    await here.http.aclose()


@pytest.fixture
async def next_door(web: Starlette, app: App) -> AsyncIterator[Seat]:
    """赵敏 at the desk of the second branch, in the same database."""
    there = await take_seat(web, app, "赵敏")
    yield there
    await there.http.aclose()


@pytest.fixture
async def visits(web: Starlette, app: App) -> AsyncIterator[Visits]:
    transport = httpx.ASGITransport(app=web, raise_app_exceptions=False)
    async with (
        web.router.lifespan_context(web),
        httpx.AsyncClient(transport=transport, base_url=app.config.address) as http,
    ):
        yield Visits(app, http, {person.name: link for person, link in issue_links(app)})
