"""Text files as they are, and Markdown without its marks."""

from __future__ import annotations

import re

_MARKS = (
    (re.compile(r"\A---\n(?:[\w-]+:.*\n|[ \t]+.*\n|- .*\n)*---\n"), ""),
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"^\[\^\w+\]:", re.MULTILINE), "[1]"),
    (re.compile(r"\[\^\w+\]"), "[1]"),
    (re.compile(r"^```.*$", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE), r"\1"),
    (re.compile(r"^ {0,3}> ?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[-*+]\s+(?:\[[ xX]\]\s+)?(?=\S)", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*([-*_][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\*)\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?!\*)"), r"\1"),
    (re.compile(r"^(\d{1,3})\\\.", re.MULTILINE), r"\1."),
)


def read_markdown(text: str) -> str:
    """The words alone; tables keep their bars, numbered items their numbers."""
    for pattern, instead in _MARKS:
        text = pattern.sub(instead, text)
    return text
