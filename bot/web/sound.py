"""Sound as browsers want it: in a container they can play, and in ranges, without which Safari plays nothing."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from speech.audio import decode, encode_wav
from speech.contracts import HEARING_RATE

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


def as_wav(sound: bytes) -> bytes:
    """The same sound for browsers that cannot play OGG (Safari before 18.4); blocks. Raises UnreadableAudio."""
    return encode_wav(decode(sound).samples, HEARING_RATE)


def sound_response(request: Request, sound: bytes, media_type: str) -> Response:
    """The sound, or the range of it that was asked for (RFC 9110, 14.2; one range, others get the whole)."""
    wanted = _RANGE.fullmatch(request.headers.get("range", ""))
    if wanted is None:
        return Response(sound, media_type=media_type, headers={"Accept-Ranges": "bytes"})
    first = int(wanted[1])
    last = min(int(wanted[2] or len(sound) - 1), len(sound) - 1)
    if first > last:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(sound)}"})
    return Response(
        sound[first : last + 1],
        206,
        media_type=media_type,
        headers={"Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{last}/{len(sound)}"},
    )
