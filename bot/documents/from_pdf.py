"""The text of a PDF, page by page."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Sequence

from pypdf import PageObject, PdfReader

from bot.documents.kinds import Refused
from bot.documents.notes import marked
from bot.documents.pdf_tables import LEAST_LINES, Tables

MOST_PAGES = 300
"""Pages up to which a file is one document and not a book."""
LEAST_TEXT = 20
"""Characters a page below which it is a picture of a page."""
FEWEST_CELLS = 3
"""Cells from which two lines alike are rows of a table."""
ALIKE = 0.6
"""Share of lines made of the same characters from which two ways of reading a page mean the same lines."""
_SCATTERED = re.compile(r"“\s*”|《\s*》")
"""Marks with nothing between them: the program that wrote the file drew letters of another font first."""
_HAN, _STRANGE = re.compile("[\u3400-\u9fff]"), re.compile(r"[^\s\d\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
_RULED = re.compile(rb"\b(?:re|l)\b")
_PROSE = re.compile(r"[，。；：！？、]")


def read_pdf(data: bytes, told: Callable[[int, int], None]) -> str:
    """The text of all pages; `told` hears how many of how many are read."""
    for noisy in ("pypdf", "pdfminer", "pdfplumber"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("locked")
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Refused("pages", pages=count, most=MOST_PAGES)
    texts: list[str] = []
    with Tables(data) as tables:
        for number, page in enumerate(reader.pages, 1):
            ruled = tables.text(number - 1) if not reader.is_encrypted and _has_lines(page) else None
            lines = page.extract_text().split("\n")
            if ruled:
                lines = ruled.split("\n")
            elif not reader.is_encrypted and _SCATTERED.search("\n".join(lines)):
                lines = _if_alike(lines, tables.in_place(number - 1))
            lines = lines if ruled else _with_cells(lines)
            texts += marked(lines)
            told(number, count)
    text = "\n".join(texts)
    if len("".join(text.split())) < LEAST_TEXT * min(count, 5):
        raise Refused("no_text")
    if len(_HAN.findall(text)) < len(_STRANGE.findall(text)):
        raise Refused("garbled")
    return text


def _if_alike(written: Sequence[str], placed: list[str]) -> list[str]:
    """The lines as their characters stand on the page; not where these are others, because columns were mixed."""
    known = {_letters(line) for line in written}
    alike = sum(_letters(line) in known for line in placed)
    return placed if alike >= ALIKE * len(written) else list(written)


def _letters(line: str) -> str:
    return "".join(sorted(line.replace(" ", "")))


def _has_lines(page: PageObject) -> bool:
    """Whether so many lines are drawn on a page that a table may be among them."""
    contents = page.get_contents()
    return contents is not None and len(_RULED.findall(contents.get_data())) >= LEAST_LINES


def _with_cells(lines: Sequence[str]) -> list[str]:
    """The lines; those that are rows of a table have tabs between their cells, where the file has only spaces."""
    cells = [line.split() if not _PROSE.search(line) else [] for line in lines]
    tabled = list(lines)
    for at in range(1, len(lines)):
        if len(cells[at]) == len(cells[at - 1]) >= FEWEST_CELLS:
            tabled[at - 1], tabled[at] = "\t".join(cells[at - 1]), "\t".join(cells[at])
    return tabled
