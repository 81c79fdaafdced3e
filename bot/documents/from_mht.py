"""The page within a web page that a browser or Word saved as one file (.mht), with its pictures beside it."""

from __future__ import annotations

from email import message_from_bytes

from bot.documents.kinds import Refused

_READABLE = ("text/html", "text/plain")


def page_within(data: bytes) -> bytes:
    """The page itself, else the plain text, as bytes of whatever encoding. Raises Refused where there is neither."""
    parts = list(message_from_bytes(data).walk())
    for wanted in _READABLE:
        for part in parts:
            found = part.get_payload(decode=True) if part.get_content_type() == wanted else None
            if isinstance(found, bytes) and found.strip():
                return found
    raise Refused("unknown")
