"""The text of a saved web page: what the page is about, without its menus, its footers and its scripts."""

from __future__ import annotations

import re

import lxml.html
import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from bot.documents import grids
from bot.documents.grids import Cell
from bot.documents.notes import marked

LEAST_SHARE = 0.5
"""Where less of the page's sentences is found, the page is read whole: better too much than too little."""
_SENTENCES = re.compile(r"[^\n。；]{8,}[。；]")
_NOT_SAID = ("script", "style", "noscript", "nav", "header", "footer", "aside", "form", "iframe", "svg", "button")
_LINES = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", "center")


def read_html(text: str) -> str:
    """The lines of the page's own text; items of numbered lists keep their numbers, cells are parted by tabs."""
    page = lxml.html.document_fromstring(text.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    _number_lists(page)
    _mark_notes(page)
    for table in list(page.iter("table")):
        _plain_rows(table)
    heading = _heading(page)
    whole = _all_lines(page)
    found = trafilatura.extract(
        page, include_comments=False, include_tables=True, include_links=False, favor_recall=True, deduplicate=False
    )
    plain = re.sub(r"^- ", "", found or "", flags=re.MULTILINE)
    enough = len(_SENTENCES.findall(plain)) >= LEAST_SHARE * len(_SENTENCES.findall(whole))
    text = plain if plain and enough else whole
    found_lines = marked((heading + "\n" + text if heading and heading not in text else text).split("\n"))
    return "\n".join(found_lines)


def _number_lists(page: HtmlElement) -> None:
    for numbered in page.iter("ol"):
        for number, item in enumerate(numbered.findall("li"), int(numbered.get("start") or 1)):
            item.text = f"{number}. {(item.text or '').lstrip()}"


def _heading(page: HtmlElement) -> str:
    """The page's only first heading, which readers of main texts take for the name of the site."""
    for level in ("h1", "h2"):
        found = [each for each in page.iter(level) if next(each.iterancestors(*_NOT_SAID), None) is None]
        if found:
            return " ".join(found[0].text_content().split()) if len(found) == 1 else ""
    return ""


def _mark_notes(page: HtmlElement) -> None:
    """Small raised figures behind words are marks of notes; behind letters (m2) they are not."""
    for raised in page.iter("sup"):
        mark = raised.text_content().strip().strip("[]")
        before = raised.getprevious()
        words = (before.tail if before is not None else raised.getparent().text) or ""
        if mark.isdigit() and len(mark) <= 2 and not words.rstrip()[-1:].isascii():
            for child in list(raised):
                raised.remove(child)
            raised.text = f"[{mark}]"


def _plain_rows(table: HtmlElement) -> None:
    """A table whose cells reach over rows or columns is written anew, each row with all its cells."""
    rows = [[each for each in row if each.tag in ("td", "th")] for row in table.iter("tr")]
    spans = [cell for row in rows for cell in row if _span(cell, "rowspan") > 1 or _span(cell, "colspan") > 1]
    if not spans or any(True for row in rows for cell in row if cell.find(".//table") is not None):
        return
    cells = [
        [Cell(" ".join(each.text_content().split()), _span(each, "rowspan"), _span(each, "colspan")) for each in row]
        for row in rows
    ]
    written = list(grids.lines(grids.placed(cells)))
    for child in list(table):
        table.remove(child)
    for line in written:
        row = etree.SubElement(table, "tr")
        for text in line.split("\t"):
            etree.SubElement(row, "td").text = text


def _span(cell: HtmlElement, name: str) -> int:
    written = cell.get(name, "1").strip()
    return int(written) if written.isdigit() and len(written) < 6 else 1


def _all_lines(page: HtmlElement) -> str:
    for name in _NOT_SAID:
        for element in list(page.iter(name)):
            element.drop_tree()
    for element in page.iter(*_LINES):
        element.tail = "\n" + (element.tail or "")
    for element in page.iter("td", "th"):
        element.tail = "\t" + (element.tail or "").strip()
    return re.sub(r"\t+\n", "\n", page.text_content())
