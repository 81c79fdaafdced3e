"""What Telegram refuses, in its own words as far as they are documented."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

HTML_TAGS = {"b", "strong", "i", "em", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"}


class ApiError(Exception):
    """A refusal."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def check_text(text: str, parse_mode: str | None) -> None:
    """Refuse a text that is empty, over 4096 UTF-16 units, or not the HTML it says it is."""
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise ApiError(400, "Bad Request: message is too long")
    if parse_mode == "HTML":
        _check_html(text)


def check_photo(picture: bytes | None, caption: str, parse_mode: str | None) -> tuple[int, int]:
    """Refuse what is no uploaded picture, over 10 MB, over 10,000 pixels of sides or 20 times as long as wide.

    Returns width and height. Only PNG is known here: it is what we draw.
    """
    if not picture:
        raise ApiError(400, "Bad Request: there is no photo in the request")
    if len(picture) > 10 << 20:
        raise ApiError(413, "Request Entity Too Large")
    if picture[:8] != b"\x89PNG\r\n\x1a\n" or picture[-8:-4] != b"IEND":
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    if len(caption.encode("utf-16-le")) // 2 > 1024:
        raise ApiError(400, "Bad Request: message caption is too long")
    if parse_mode == "HTML":
        _check_html(caption)
    return width, height


def check_buttons(keyboard: dict[str, Any]) -> None:
    """Refuse a button whose data is empty or over 64 bytes."""
    for button in (button for row in keyboard["inline_keyboard"] for button in row):
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")


def _check_html(text: str) -> None:
    """Refuse HTML as Telegram does: tags it does not know, tags that are not closed in order."""

    class Checker(HTMLParser):
        open_tags: list[str]

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in HTML_TAGS:
                raise ApiError(400, f'Bad Request: can\'t parse entities: unsupported start tag "{tag}"')
            self.open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if not self.open_tags or self.open_tags.pop() != tag:
                raise ApiError(400, "Bad Request: can't parse entities: unmatched end tag")

    checker = Checker()
    checker.open_tags = []
    checker.feed(text)
    checker.close()
    if checker.open_tags:
        raise ApiError(400, "Bad Request: can't parse entities: can't find end tag")
