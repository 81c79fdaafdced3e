"""A member's own voice, for an officer of the member's branch; whoever listens stands in the branch log."""

from __future__ import annotations

import asyncio
import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.web.desk.entrance import HOME
from bot.web.desk.room import Room
from bot.web.desk.visit import Visit
from bot.web.sound import as_wav, sound_response
from speech.contracts import SpeechError
from storage.log import About

logger = logging.getLogger(__name__)

_LIES_ON_THE_DESK = (
    "SELECT 1 FROM task WHERE branch_id = :branch AND recording_id = :recording "
    "UNION SELECT 1 FROM application WHERE branch_id = :branch AND recording_id = :recording "
    "UNION SELECT 1 FROM suggestion WHERE branch_id = :branch AND recording_id = :recording "
    "UNION SELECT 1 FROM care_report JOIN care_case ON care_case.id = case_id "
    "WHERE branch_id = :branch AND recording_id = :recording "
    "UNION SELECT 1 FROM outbox WHERE channel = 'desk' AND member_id = :officer AND recording_id = :recording"
)
"""A recording is heard only where it belongs to something that is laid before the branch."""


class RecordingRoom:
    """Where recordings are listened to."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._listened: set[tuple[int, int]] = set()

    def routes(self) -> list[BaseRoute]:
        """The address of a recording."""
        return [Route(f"{HOME}/recordings/{{recording:int}}", self.recording)]

    async def recording(self, request: Request) -> Response:
        """The voice message as WAV."""
        visit = self._room.visit(request)
        key = visit.key("recording")
        values = {"branch": visit.branch_id, "recording": key, "officer": visit.officer.id}
        if self._room.app.db.execute(_LIES_ON_THE_DESK, values).fetchone() is None:
            self._room.refuse(visit)
            raise HTTPException(404)
        try:
            sound = self._room.app.recordings.load(key)
        except FileNotFoundError:
            raise HTTPException(404) from None
        self._note(visit, key)
        try:
            return sound_response(request, await asyncio.to_thread(as_wav, sound), "audio/wav")
        except SpeechError as error:  # perhaps another player can still make something of it
            logger.info("recording %d is handed out undecoded: %s", key, type(error).__name__)
            return Response(
                sound,
                media_type="application/octet-stream",
                headers={"Content-Disposition": f'attachment; filename="{key}.sound"'},
            )

    def _note(self, visit: Visit, key: int) -> None:
        if (visit.officer.id, key) not in self._listened:  # a player asks more than once for the same sound
            self._listened.add((visit.officer.id, key))
            self._room.note(visit, "recording_heard", About("recording", key), recording=key)
