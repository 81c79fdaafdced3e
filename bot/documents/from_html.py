"""The text of a saved web page: what the page is about, without its menus, its footers and its scripts."""

from __future__ import annotations

import re

import lxml.html
import trafilatura
from lxml.html import HtmlElement

LEAST_SHARE = 0.5
"""Where less of the page's sentences is found, the page is read whole: better too much than too little."""
_SENTENCES = re.compile(r"[^\n。；]{8,}[。；]")
_NOT_SAID = ("script", "style", "noscript", "nav", "header", "footer", "aside", "form", "iframe", "svg", "button")
_LINES = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", "center")


def read_html(text: str) -> str:
    """The lines of the page's own text; items of numbered lists keep their numbers, cells are parted by tabs."""
    page = lxml.html.document_fromstring(text.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    _number_lists(page)
    whole = _all_lines(page)
    found = trafilatura.extract(
        page, include_comments=False, include_tables=True, include_links=False, favor_recall=True, deduplicate=False
    )
    plain = re.sub(r"^- ", "", found or "", flags=re.MULTILINE)
    enough = len(_SENTENCES.findall(plain)) >= LEAST_SHARE * len(_SENTENCES.findall(whole))
    return plain if plain and enough else whole


def _number_lists(page: HtmlElement) -> None:
    for numbered in page.iter("ol"):
        for number, item in enumerate(numbered.findall("li"), int(numbered.get("start") or 1)):
            item.text = f"{number}. {(item.text or '').lstrip()}"


def _all_lines(page: HtmlElement) -> str:
    for name in _NOT_SAID:
        for element in list(page.iter(name)):
            element.drop_tree()
    for element in page.iter(*_LINES):
        element.tail = "\n" + (element.tail or "")
    for element in page.iter("td", "th"):
        element.tail = "\t" + (element.tail or "").strip()
    return re.sub(r"\t+\n", "\n", page.text_content())
