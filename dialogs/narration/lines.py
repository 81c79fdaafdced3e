"""Lines as they come out of a file, and paragraphs as they were meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from dialogs.narration.data import word_lists
from dialogs.narration.numbering import label_of
from dialogs.narration.offices import parted

_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]")
_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_GAP = re.compile(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) +(?=\d)|(?<=\d) +(?=[^\x00-\x7f])")
_ENDS = re.compile(r"[。！？；：!?;:…](?:[”’」』）)》\"])?$")
_STOPS = re.compile(r"[。！？；]")
_ASIDE = re.compile(r"^（[^（）]{8,}）$")
_OPENING, _CLOSING = "（“《〔【「(", "）”》〕】」)"
_LEAST_FULL = 16
_WIDEST_PRINTED = 64
_RAGGED = 0.75
_SHORT_HEADING = 40
_SHORT_ARTICLE = 14


def lines_of(text: str) -> list[str]:
    """The lines of a text without blanks at the ends, empty lines kept as "".

    Full-width digits and letters become ordinary ones; tabs stay, since they part the cells of a table.
    """
    text = _RADICAL.sub(_character, text)
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    return [_tidy(line) for line in text.split("\n")]


def _character(radical: re.Match[str]) -> str:
    """The character that a radical stands for: ⽼ looks like 老 and is found nowhere."""
    return _alike().get(radical.group(), unicodedata.normalize("NFKC", radical.group()))


@cache
def _alike() -> Mapping[str, str]:
    return {pair[0]: pair[1] for pair in word_lists("noise", "radicals")["alike"]}


def _tidy(line: str) -> str:
    line = line.replace("\u3000", " ").replace("\xa0", " ").strip(" ")
    line = "".join(_narrow(char) for char in line)
    if "\t" in line:
        return line.strip()
    if " " in line:
        line = parted(line)
    return _GAP.sub("", line).strip()


def _narrow(char: str) -> str:
    """A full-width digit, letter, % or + as its ordinary self; full-width punctuation is left as it is."""
    if "\uff01" <= char <= "\uff5e" and (char in "％＋／" or unicodedata.category(char) in {"Nd", "Lu", "Ll"}):
        return unicodedata.normalize("NFKC", char)
    return char


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Paragraphs, each line that a page or column broke in mid-sentence joined to the one it belongs to."""
    width = _printed_width(lines)
    joined: list[str] = []
    for line in lines:
        if not line:
            continue
        if joined and _runs_on(joined[-1], line, width):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _printed_width(lines: Iterable[str]) -> int | None:
    """The length at which lines were broken by a printer, or None where lines are paragraphs."""
    lengths = sorted(len(line) for line in lines if len(line) >= _LEAST_FULL and "\t" not in line)
    if len(lengths) < 6:
        return None
    width = lengths[int(len(lengths) * 0.9)]
    full = sum(1 for length in lengths if width * _RAGGED <= length <= width + 4)
    return width if width <= _WIDEST_PRINTED and full * 2 >= len(lengths) else None


def _runs_on(line: str, following: str, width: int | None) -> bool:
    if "\t" in line or "\t" in following or label_of(following) is not None:
        return False
    if _open_brackets(line):
        return True
    if _ENDS.search(line) or _ASIDE.match(line):
        return False
    if line.endswith(("，", "、", ",")):
        return True
    tail = _STOPS.split(line)[-1]
    label = label_of(line)
    longest = _SHORT_ARTICLE if label is not None and label.kind in ("article", "point") else _SHORT_HEADING
    heading = label is not None and tail == line and len(line) <= longest
    if width is not None and len(tail) >= (width - 3 if label is not None else width * _RAGGED):
        return True
    return not heading and (label is not None or tail != line or "，" in line)


def _open_brackets(line: str) -> bool:
    depth = 0
    for char in line[-200:]:
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
    return depth > 0
