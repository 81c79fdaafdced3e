"""A page with the talk button: what a member sees, says and hears. The desk's page for asking has the same button."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.templating import Jinja2Templates

from bot.addressed import addressed
from bot.answer import Answer
from bot.app import App
from bot.turn import Incoming
from bot.web.guard import same_origin
from bot.web.sound import as_wav, sound_response
from bot.web.upload import LARGEST_RECORDING, Refused, read_upload
from bot.web.voices import WHOLE, Voices, sentences
from bot.web.wording import choices, wording
from bot.whole_notes import in_parts
from storage import members
from storage.members import Member

EMERGENCY_NUMBER = "120"

Door = Callable[[App, str], Member | None]
"""Whose page a secret opens."""
KINDS = {"ogg": "audio/ogg", "wav": "audio/wav"}


class Choice(TypedDict):
    """A button under the answer."""

    label: str
    value: str


class Rows(TypedDict):
    """The rows an answer rests on."""

    columns: list[str]
    rows: list[list[str | int | float | None]]


class Told(TypedDict):
    """What a page gets for one thing said."""

    heard: str
    text: str
    buttons: list[Choice]
    voice: str | None
    parts: list[str]
    table: Rows | None
    intent: str


@dataclass(frozen=True)
class Call:
    """A telephone number to fall back on when the network is down."""

    label: str
    """What the link says."""
    number: str
    """What it dials."""


class TalkPage:
    """The page under one prefix, with what can be said to it and heard from it."""

    def __init__(self, app: App, voices: Voices, templates: Jinja2Templates, prefix: str, door: Door) -> None:
        self._app = app
        self._voices = voices
        self._templates = templates
        self._prefix = prefix
        self._door = door

    def routes(self) -> list[BaseRoute]:
        """The addresses under the prefix."""
        place = f"{self._prefix}/{{secret}}"
        return [
            Route(place, self.page),
            Route(f"{place}/say", self.say, methods=["POST"]),
            Route(f"{place}/voice/{{handle}}.{{kind}}", self.voice),
            Route(f"{place}/voice/{{handle}}/{{part:int}}.{{kind}}", self.voice),
        ]

    def open(self, request: Request) -> Member:
        """Whose page it is. Raises a 404 that is the same for every unknown address."""
        person = self._door(self._app, request.path_params["secret"])
        if person is None:
            raise HTTPException(404)
        return person

    def home(self, request: Request) -> str:
        """Where the addresses of this page begin."""
        return f"{self._prefix}/{request.path_params['secret']}"

    async def page(self, request: Request) -> Response:
        """The page itself."""
        person = self.open(request)
        return self._templates.TemplateResponse(
            request,
            "member.html",
            {"name": addressed(self._app, person), "home": self.home(request), **self.talk_words(person)},
        )

    def talk_words(self, person: Member) -> dict[str, object]:
        """What the talk button's part of a template needs."""
        return {
            "words": wording("page"),
            "always": choices("always"),
            "calls": self._calls(person),
            "script_words": {**wording("talk"), "most_bytes": LARGEST_RECORDING},
        }

    async def say(self, request: Request) -> Response:
        """One thing said or pressed, one answer; the same number again gives the same answer."""
        person = self.open(request)
        home = self.home(request)
        if not same_origin(request):
            return await self._refuse(Refused("not_from_page", 403), person, home)
        said = await read_upload(request)
        if isinstance(said, Refused):
            return await self._refuse(said, person, home)
        answer = await self._app.turn.take(
            # The number is made by the page: joined to its owner, it can never name another member's answer.
            Incoming("web", f"{person.id}:{said.update_id}", person.id, said.text, said.audio)
        )
        listener = members.member(self._app.db, person.id) or person  # 慢一点 holds for this answer already
        return JSONResponse(await self._told(answer, listener, home))

    async def voice(self, request: Request) -> Response:
        """The spoken answer, whole or a part of it, as OGG/Opus or as WAV."""
        person = self.open(request)
        kind, part = request.path_params["kind"], request.path_params.get("part", WHOLE)
        if kind not in KINDS:
            raise HTTPException(404)
        sound = await self._voices.get(request.path_params["handle"], part, person)
        if sound is None:
            raise HTTPException(404)
        if kind == "wav":
            sound = await asyncio.to_thread(as_wav, sound)
        return sound_response(request, sound, KINDS[kind])

    async def _refuse(self, refused: Refused, person: Member, home: str) -> Response:
        sentence = wording("refused")[refused.reason]
        told = await self._told(Answer(text=sentence, spoken=sentence, heard=""), person, home)
        return JSONResponse(told, refused.status)

    async def _told(self, answer: Answer, listener: Member, home: str) -> Told:
        spoken = await in_parts(answer.spoken, listener, self._app.engines.kept, sentences)
        handle, parts = self._voices.start(answer.spoken, listener, spoken)
        return Told(
            heard=answer.heard,
            text=answer.text,
            buttons=[Choice(label=button.label, value=button.value) for button in answer.buttons],
            voice=f"{home}/voice/{handle}.ogg" if parts else None,
            parts=[f"{home}/voice/{handle}/{part}.ogg" for part in range(1, parts + 1)],
            table=Rows(columns=list(answer.table.columns), rows=[list(row) for row in answer.table.rows])
            if answer.table
            else None,
            intent=answer.intent,
        )

    def _calls(self, person: Member) -> list[Call]:
        words = wording("page")
        calls = [Call(words["emergency_call"], EMERGENCY_NUMBER)]
        for officer in members.officers(self._app.db, person.branch_id, self._app.clock())[:1]:
            known = members.member(self._app.db, officer.id)
            if known and known.phone and known.id != person.id:
                calls.insert(0, Call(words["help_call"].format(name=officer.spoken), known.phone))
        return calls
