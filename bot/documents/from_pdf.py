"""The text of a PDF, page by page."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.documents.kinds import Refused

MOST_PAGES = 300
"""Pages up to which a file is one document and not a book."""
LEAST_TEXT = 20
"""Characters a page below which it is a picture of a page."""
BROKEN = (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, AssertionError)
"""What the parser is known to raise over a damaged file."""


def read_pdf(data: bytes, told: Callable[[int, int], None]) -> str:
    """The text of all pages; `told` hears how many of how many are read."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("locked")
        count = len(reader.pages)
    except BROKEN as error:
        raise Refused("broken") from error
    if count > MOST_PAGES:
        raise Refused("pages", pages=count, most=MOST_PAGES)
    texts: list[str] = []
    for number, page in enumerate(reader.pages, 1):
        try:
            texts.append(page.extract_text())
        except BROKEN as error:
            raise Refused("broken") from error
        told(number, count)
    text = "\n".join(texts)
    if len("".join(text.split())) < LEAST_TEXT * min(count, 5):
        raise Refused("no_text")
    return text
