"""The secretary's page: the talk button for questions, and beside it what waits for the branch."""

from __future__ import annotations

import asyncio
import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.templating import Jinja2Templates

from bot.app import App
from bot.web.desk import lay_out, mark_shown
from bot.web.member import TalkPage
from bot.web.security import officer
from bot.web.sound import as_wav, sound_response
from bot.web.voices import Voices
from bot.web.wording import wording
from speech.contracts import SpeechError
from storage import log
from storage.database import writing
from storage.log import About
from storage.members import Member

logger = logging.getLogger(__name__)


class SecretaryPage(TalkPage):
    """A member's page and the desk; opens for those on duty alone."""

    def __init__(self, app: App, voices: Voices, templates: Jinja2Templates) -> None:
        super().__init__(app, voices, templates, "/s", officer)
        self._listened: set[tuple[int, int]] = set()

    def routes(self) -> list[BaseRoute]:
        """The addresses under /s."""
        return [
            *super().routes(),
            Route("/s/{secret}/desk", self.desk),
            Route("/s/{secret}/recording/{recording:int}", self.recording),
        ]

    async def page(self, request: Request) -> Response:
        """The page itself; the desk on it is filled at once and refreshed by the script."""
        person = self.open(request)
        return self._templates.TemplateResponse(
            request, "secretary.html", {**self._desk(request, person), **self.talk_words(person)}
        )

    async def desk(self, request: Request) -> Response:
        """The desk alone, as a piece of HTML for the page that is open."""
        return self._templates.TemplateResponse(request, "desk.html", self._desk(request, self.open(request)))

    async def recording(self, request: Request) -> Response:
        """A member's voice message that lies on this desk, as WAV; whoever listens stands in the branch log."""
        person, recording = self.open(request), request.path_params["recording"]
        if recording not in lay_out(self._app.db, person).recordings:
            raise HTTPException(404)
        try:
            sound = self._app.recordings.load(recording)
        except FileNotFoundError:
            raise HTTPException(404) from None
        self._note_listening(person, recording)
        try:
            return sound_response(request, await asyncio.to_thread(as_wav, sound), "audio/wav")
        except SpeechError as error:  # perhaps another player can still make something of it
            logger.info("recording %d is handed out undecoded: %s", recording, type(error).__name__)
            return Response(
                sound,
                media_type="application/octet-stream",
                headers={"Content-Disposition": f'attachment; filename="{recording}.sound"'},
            )

    def _desk(self, request: Request, person: Member) -> dict[str, object]:
        desk = lay_out(self._app.db, person)
        mark_shown(self._app.db, person, self._app.clock())
        return {
            "person": person,
            "desk": desk,
            "desk_words": wording("desk"),
            "home": f"/s/{request.path_params['secret']}",
        }

    def _note_listening(self, person: Member, recording: int) -> None:
        if (person.id, recording) in self._listened:  # a player asks more than once for the same sound
            return
        self._listened.add((person.id, recording))
        with writing(self._app.db):
            log.append(
                self._app.db,
                branch_id=person.branch_id,
                at=self._app.clock(),
                kind="recording_heard",
                sentence=wording("log")["recording_heard"].format(name=person.name, recording=recording),
                actor_id=person.id,
                member_id=None,
                channel="web",
                about=About("recording", recording),
            )
