"""Invitation cards to print: one A5 page a member, with a big name, the codes to scan, and how to begin.

fpdf2 is used in this file alone, and imported when cards are printed: it takes a quarter of a second, which no other
start should wait. segno draws the codes as vectors, so they print sharp at any size.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import segno

from bot.fonts import ChineseFont
from dialogs.words import Words

if TYPE_CHECKING:
    from fpdf import FPDF

FONT = "Chinese"
WIDTH, HEIGHT, MARGIN = 148.0, 210.0, 12.0
"""Millimetres of an A5 page, upright."""
CODE = 52.0
"""Edge of a code: old cameras and shaking hands want it large."""
NAME_POINTS, TEXT_POINTS, SMALL_POINTS = 60, 20, 13
"""Sizes of type; old eyes read the three sentences from half a metre."""
LEFT, CENTRE, RIGHT = "L", "C", "R"
"""Where a line stands."""
LONGEST_BIG_NAME = 5
"""Characters that fit on the page at full size."""

Step = Callable[[], None]


@dataclass(frozen=True)
class Card:
    """What one member is given."""

    name: str
    """Full name."""
    page: str
    """Address of their web page."""
    telegram: str
    """Link that enrols their chat; empty where there is no bot."""


def write_cards(cards: Sequence[Card], branch: str, day: date, font: ChineseFont, file: Path, step: Step) -> None:
    """Write the cards as a PDF, a page each, in the order given; `step` is called after each."""
    from fpdf import FPDF

    paper = FPDF(format=(WIDTH, HEIGHT))
    paper.set_auto_page_break(False)
    paper.set_margins(MARGIN, MARGIN)
    paper.add_font(FONT, fname=font.file, collection_font_number=font.face)
    for card in cards:
        _page(paper, card, branch, day)
        step()
    paper.output(str(file))


def _page(paper: FPDF, card: Card, branch: str, day: date) -> None:
    paper.add_page()
    _line(paper, card.name, NAME_POINTS * min(1, LONGEST_BIG_NAME / len(card.name)), CENTRE)
    _line(paper, _say("heading"), TEXT_POINTS, CENTRE)
    codes = [(card.page, "page"), *([(card.telegram, "telegram")] if card.telegram else [])]
    top = paper.get_y() + 4
    for place, (link, what) in enumerate(codes, start=1):
        left = (WIDTH - CODE) / 2 if len(codes) == 1 else MARGIN + (place - 1) * (CODE + 20)
        _code(paper, link, left, top)
        paper.set_xy(left, top + CODE + 1)
        paper.set_font(FONT, size=SMALL_POINTS)
        paper.cell(CODE, 7, _say(what), align=CENTRE)
    paper.set_xy(MARGIN, top + CODE + 12)
    for key in ("first", "second", "third"):
        _line(paper, _say(key), TEXT_POINTS, LEFT)
    _line(paper, _say("keep"), SMALL_POINTS, LEFT)
    _line(paper, _say("issued", branch=branch, day=day.isoformat()), SMALL_POINTS, RIGHT)


def _line(paper: FPDF, text: str, points: float, align: str) -> None:
    paper.set_font(FONT, size=points)
    paper.multi_cell(WIDTH - 2 * MARGIN, points * 0.52, text, align=align, new_x="LMARGIN", new_y="NEXT")


def _code(paper: FPDF, link: str, left: float, top: float) -> None:
    """Draw the link as a code whose modules are squares of the page, no picture."""
    modules = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    edge = CODE / len(modules)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                paper.rect(left + column * edge, top + row * edge, edge, edge, style="F")


def _say(key: str, **values: str) -> str:
    return _words().say(key, **values)


@cache
def _words() -> Words:
    return Words("bot/cards.toml", tomllib.loads(files("bot").joinpath("cards.toml").read_text("utf-8"))["card"])
