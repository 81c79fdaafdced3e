"""Who signed a document and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

import cn2an

from dialogs.narration.numbering import label_of
from dialogs.narration.offices import is_office

_DATE = re.compile(
    r"^[（(]?(?P<y>\d{4}|[〇○零一二三四五六七八九]{4})年(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})日[)）]?$"
)
_PUT_UP = re.compile(r"(?:日期|发布时间|发布日期|时间)[:：] ?(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})")
_PRINTED_DATE = re.compile(r"(?P<date>\d{4}年\d{1,2}月\d{1,2}日)印")


def iso_date(text: str) -> str | None:
    """A line that is nothing but a date, as ISO: 2018年1月30日 or 二〇一八年一月三十日; None for another line."""
    match = _DATE.match(text.replace(" ", ""))
    if match is None:
        return None
    year = match["y"].translate(str.maketrans("〇○零一二三四五六七八九", "000123456789"))
    month, day = (int(cn2an.cn2an(match[part], "smart")) for part in ("m", "d"))
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def signature(lines: Sequence[str], taken: set[int]) -> tuple[set[int], str | None]:
    """The last line that is only a date, with the organisations above it, wherever attachments put it."""
    dated = [at for at, line in enumerate(lines) if at not in taken and iso_date(line)]
    if not dated:
        return set(), None
    signed = [at for at in dated if offices_above(lines, at, taken)]
    at = (signed or dated)[-1]
    return {at} | offices_above(lines, at, taken), iso_date(lines[at])


def offices_above(lines: Sequence[str], at: int, taken: set[int], through: bool = False) -> set[int]:
    """Offices on lines of their own over a line; `through` a number or the like that is taken, as in a red head."""
    found: set[int] = set()
    for above in range(at - 1, -1, -1):
        line = lines[above]
        if not line or (through and above in taken):
            continue
        if above in taken or label_of(line) is not None or not is_office(line):
            break
        found.add(above)
    return found


def printed_date(swept: Sequence[str]) -> str | None:
    """When it was printed or put up, as ISO, from the lines that were swept away; None where none says so."""
    for line in swept:
        match = _PRINTED_DATE.search(line)
        if match:
            return iso_date(match["date"])
    for line in swept:
        match = _PUT_UP.search(line)
        if match:
            return iso_date(f"{match[1]}年{match[2]}月{match[3]}日")
    return None
