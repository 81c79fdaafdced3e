"""What a page sends: one recording or one pressed choice, with the number that makes a second delivery harmless."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from speech.audio import DEFAULT

LARGEST_RECORDING = DEFAULT.bytes
"""Bytes of one recording."""
AROUND_IT = 64 * 1024
"""Bytes that the form may take besides the recording."""
LONGEST_TEXT = 2000
"""Characters of a pressed choice."""
DRAINED = 4 * LARGEST_RECORDING
"""Bytes of a refused upload that are read and dropped: a browser shows no answer that comes before it has sent all."""

_UPDATE_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_SOUND = re.compile(r"(audio|video)/|application/(ogg|octet-stream)\b|$")  # phones call their recordings video/mp4, too


@dataclass(frozen=True)
class Upload:
    """One thing said or pressed."""

    update_id: str
    """The page's own number for it."""
    text: str
    """The choice that was pressed; empty for a recording."""
    audio: bytes | None
    """The recording as it came."""


@dataclass(frozen=True)
class Refused:
    """An upload that is not taken."""

    reason: Literal["empty", "too_large", "wrong_type", "not_from_page"]
    """The sentence in [refused] of web.toml."""
    status: int
    """The HTTP status."""


class _TooMuchError(Exception):
    """The body is larger than a recording may be."""


async def read_upload(request: Request) -> Upload | Refused:
    """Read the form of a page; the body is counted while it comes in, never gathered beyond the limit."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return Refused("wrong_type", 415)
    most = LARGEST_RECORDING + AROUND_IT
    if int(request.headers.get("content-length") or 0) > most:
        await _drain(request.receive)
        return Refused("too_large", 413)
    counted = Request(request.scope, _counted(request.receive, most))
    try:
        async with counted.form(max_files=1, max_fields=4, max_part_size=AROUND_IT) as form:
            return await _understand(form)
    except _TooMuchError:
        await _drain(request.receive)
        return Refused("too_large", 413)
    except HTTPException:  # starlette's word for a form that cannot be parsed
        return Refused("empty", 400)


async def _understand(form: FormData) -> Upload | Refused:
    update_id, text, audio = form.get("update_id"), form.get("text", ""), form.get("audio")
    if not isinstance(update_id, str) or not _UPDATE_ID.fullmatch(update_id) or not isinstance(text, str):
        return Refused("empty", 400)
    if isinstance(audio, UploadFile):
        if not _SOUND.match(audio.content_type or ""):
            return Refused("wrong_type", 415)
        if (audio.size or 0) > LARGEST_RECORDING:
            return Refused("too_large", 413)
        sound = await audio.read()
        return Upload(update_id, "", sound) if sound else Refused("empty", 400)
    if len(text) > LONGEST_TEXT:
        return Refused("too_large", 413)
    return Upload(update_id, text, None) if text.strip() else Refused("empty", 400)


def _counted(receive: Receive, most: int) -> Receive:
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise _TooMuchError
        return message

    return counting


async def _drain(receive: Receive) -> None:
    dropped = 0
    while dropped <= DRAINED:
        message = await receive()
        dropped += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
