"""Title, number, issuer and date: what a document says about itself before and after its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import cn2an

from dialogs.narration.data import word_lists
from dialogs.narration.numbering import label_of
from dialogs.narration.sweep import is_noise

_HEAD_LINES = 40
_TITLE_LINES = 5
_ADDRESS_LINES = 4
_TITLE_LENGTH = 120
_STOPS = re.compile(r"[。；!！?？;：:]")
_TRIAL = r"(?:[（(](?:试行|暂行|修订|草案|送审稿|征求意见稿|讨论稿|修订稿|审议稿|\d{4}年.{0,8})[)）])?"
_DATE = re.compile(
    r"^[（(]?(?P<y>\d{4}|[〇○零一二三四五六七八九]{4})年(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})日[)）]?$"
)
_PUT_UP = re.compile(r"(?:日期|发布时间|发布日期|时间)[:：] ?(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})")
_PRINTED_DATE = re.compile(r"(?P<date>\d{4}年\d{1,2}月\d{1,2}日)印")
_ISSUES = re.compile(r"关于(?:印发|转发|发布|公布)(?:.{0,40}?)《(?P<inner>.+)》的通知$")
_ABOUT = re.compile(r"^(?P<issuer>[^《》]{4,60}?)(?:印发)?关于")


@dataclass(frozen=True)
class Masthead:
    """What a document says about itself, and the lines that are left when this is taken away."""

    title: str
    """Joined over lines; empty if none was found."""
    number: str | None
    """Only if it stands on a line of its own; a number within a sentence is one that is cited."""
    issuer: str | None
    """From the signature, else from the head, else from the title."""
    date: str | None
    """ISO."""
    signature: str
    """Signature and date as written, for the last sentence; empty if there is none."""
    lines: tuple[str, ...]
    """The body."""
    removed: tuple[str, ...]
    """Recipients, greeting, list of attachments, repeated titles."""


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(word_lists('noise', 'masthead')['kinds'])}){_TRIAL}$")


@cache
def _named(key: str) -> re.Pattern[str]:
    return re.compile("|".join(word_lists("noise", "masthead")[key]))


def iso_date(text: str) -> str | None:
    """A line that is nothing but a date, as ISO: 2018年1月30日 or 二〇一八年一月三十日; None for another line."""
    match = _DATE.match(text.replace(" ", ""))
    if match is None:
        return None
    year = match["y"].translate(str.maketrans("〇○零一二三四五六七八九", "000123456789"))
    month, day = (int(cn2an.cn2an(match[part], "smart")) for part in ("m", "d"))
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def masthead(lines: Sequence[str], swept: Sequence[str] = ()) -> Masthead:
    """Read the head and the signature of a swept document; `swept` may still hold the date of printing."""
    gone: set[int] = set()
    number = _take_first(lines, "number", gone)
    issued = _take_first(lines, "issued", gone)
    recipients = _recipients(lines) - gone
    signature_at, date = _signature(lines, gone | recipients)
    gone |= signature_at
    title, title_at = _title(lines, gone | recipients)
    above = _organisations_above(lines, min(title_at), gone, through=True) if title_at else set()
    gone |= title_at | above
    cut = recipients | _attachments(lines) | _echoes(lines, title, gone | recipients)
    signature = [lines[at] for at in sorted(signature_at)]
    return Masthead(
        title=title,
        number=number,
        issuer=_issuer(signature, issued, title) or "、".join(lines[at] for at in sorted(above)) or None,
        date=date or _printed(swept),
        signature="，".join(line.strip("（()）") for line in signature),
        lines=tuple("" if at in gone | cut else line for at, line in enumerate(lines)),
        removed=tuple(lines[at] for at in sorted(cut)),
    )


def _take_first(lines: Sequence[str], name: str, gone: set[int]) -> str | None:
    patterns = [re.compile(pattern) for pattern in word_lists("noise", "masthead")[name]]
    for at, line in enumerate(lines[: _HEAD_LINES * 2]):
        for pattern in patterns:
            match = pattern.match(line)
            if match:
                gone.add(at)
                return match[1].replace(" ", "")
    return None


def _recipients(lines: Sequence[str]) -> set[int]:
    """The line, or the broken lines, that say to whom it is addressed; and a speaker's greeting."""
    filled = [at for at, line in enumerate(lines) if line][:_HEAD_LINES]
    greetings = {at for at in filled if is_noise("greeting", lines[at])}
    if greetings:
        return {min(greetings)}
    for place in range(len(filled)):
        for size in range(1, _ADDRESS_LINES + 1):
            run = filled[place : place + size]
            whole = "".join(lines[at] for at in run)
            if "。" in whole or label_of(lines[run[-1]]) is not None:
                break
            if is_noise("recipients", whole) or (size == 1 and is_noise("addressee", whole)):
                return set(run)
    return set()


def _signature(lines: Sequence[str], taken: set[int]) -> tuple[set[int], str | None]:
    """The last line that is only a date, with the organisations above it, wherever attachments put it."""
    dated = [at for at, line in enumerate(lines) if at not in taken and iso_date(line)]
    if not dated:
        return set(), None
    signed = [at for at in dated if _organisations_above(lines, at, taken)]
    at = (signed or dated)[-1]
    return {at} | _organisations_above(lines, at, taken), iso_date(lines[at])


def _organisations_above(lines: Sequence[str], at: int, taken: set[int], through: bool = False) -> set[int]:
    """Offices on lines of their own over a line; `through` a number or the like that is taken, as in a red head."""
    found: set[int] = set()
    for above in range(at - 1, -1, -1):
        line = lines[above]
        if not line or (through and above in taken):
            continue
        if above in taken or label_of(line) is not None or not _named("organisation").match(line):
            break
        found.add(above)
    return found


def _title(lines: Sequence[str], taken: set[int]) -> tuple[str, set[int]]:
    """The first run of lines that ends like a title; that of the attached text where a notice only passes it on."""
    filled = [at for at, line in enumerate(lines) if line and at not in taken]
    outer, where = _first_title(lines, filled[:_HEAD_LINES], taken)
    passed_on = _ISSUES.search(outer)
    if passed_on is None:
        return outer, where
    for place in range(len(filled)):
        for size in range(1, _TITLE_LINES + 1):
            run = filled[place : place + size]
            whole = "".join(lines[at] for at in run)
            if whole.endswith(passed_on["inner"]) and not _STOPS.search(whole) and not where & set(run):
                return whole, where | set(run)
    return outer, where


def _first_title(lines: Sequence[str], filled: Sequence[int], taken: set[int]) -> tuple[str, set[int]]:
    run: list[int] = []
    for at in filled:
        line = lines[at]
        if _STOPS.search(line) or label_of(line) is not None or iso_date(line) or "\t" in line:
            run = []
            continue
        run = [*run, at][-_TITLE_LINES:]
        whole = "".join(lines[part] for part in run)
        if len(whole) <= _TITLE_LENGTH and len(whole) >= 6 and _title_end().search(whole):
            return _extended(lines, filled, run, taken)
    return "", set()


def _extended(lines: Sequence[str], filled: Sequence[int], run: list[int], taken: set[int]) -> tuple[str, set[int]]:
    """A title takes the (试行) under it along, and leaves out the organisation on a line of its own above it."""
    after = [at for at in filled if at > run[-1]][:1]
    if after and re.fullmatch(_TRIAL, lines[after[0]]):
        run = [*run, after[0]]
    first = 0
    while first + 1 < len(run):
        under_head = any(at in taken for at in range(run[first], run[first + 1]))  # the number stands between the two
        if not under_head and not _stands_alone(lines[run[first]], lines[run[first + 1]]):
            break
        first += 1
    return "".join(lines[at] for at in run[first:]), set(run[first:])


def _stands_alone(line: str, following: str) -> bool:
    """Whether a line over a title is an organisation rather than the beginning of 某某局关于……的通知."""
    return _named("organisation").match(line) is not None and not following.startswith(("关于", "印发", "转发"))


def _attachments(lines: Sequence[str]) -> set[int]:
    """The list of attachments under the text (not the attachments themselves)."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if is_noise("attachments", line) and len(line) <= 80 and not line.endswith("。"):
            found.add(at)
            for below in range(at + 1, len(lines)):
                label = label_of(lines[below])
                listed = label is not None and label.kind == "arabic" and not _STOPS.search(lines[below])
                if lines[below] and not listed:
                    break
                if lines[below]:
                    found.add(below)
    return found


def _echoes(lines: Sequence[str], title: str, taken: set[int]) -> set[int]:
    """Lines that only say the title again, or a broken piece of it."""
    if not title:
        return set()
    found: set[int] = set()
    for at, line in enumerate(lines):
        bare = re.sub(r"^印发|[《》]|的?通知$", "", line)
        if at not in taken and len(bare) >= 8 and bare in title and label_of(line) is None:
            found.add(at)
    return found


def _issuer(signature: Sequence[str], issued: str | None, title: str) -> str | None:
    organisations = [line for line in signature if not iso_date(line)]
    if organisations:
        return "、".join(organisations)
    if issued:
        return issued
    about = _ABOUT.match(title)
    return about["issuer"] if about and _named("organisation").match(about["issuer"]) else None


def _printed(swept: Sequence[str]) -> str | None:
    for line in swept:
        match = _PRINTED_DATE.search(line)
        if match:
            return iso_date(match["date"])
    for line in swept:
        match = _PUT_UP.search(line)
        if match:
            return iso_date(f"{match[1]}年{match[2]}月{match[3]}日")
    return None
