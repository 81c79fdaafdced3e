"""Takes out of a file the lines that are not meant for the ear, and tells which they were."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from dialogs.narration.circled import circled_notes, without
from dialogs.narration.contents import contents
from dialogs.narration.data import word_lists
from dialogs.narration.numbering import label_of

_NEAR = 6
_SHORT = 40
_SURE = 2
_RUNNING_HEADER_TIMES = 3
_FOOTNOTE_MARK = re.compile(r"(?<=[\u4e00-\u9fff。，；”）])[\[［]\d{1,2}[\]］]")
_FOOTNOTE = re.compile(r"^[\[［]\d{1,2}[\]］]")
_PLACE_OR_PERSON = "省市区县镇乡村街社局院校厂同"
_REDACTED_DATE = re.compile(r"(?<![A-Za-z])[XxＸ×Ⅹ*＊]{1,4}(?=[年月日])")
_REDACTED = re.compile(
    rf"(?<![A-Za-z\d])(?:(?<=[\u4e00-\u9fff])[XxＸ](?=[，。、；]|$)|[XxＸ×Ⅹ＊]{{2,}}(?![A-Za-z\d])"
    rf"|[×Ⅹ＊](?=[\u4e00-\u9fff])|[XxＸ○*]{{1,3}}(?= ?[{_PLACE_OR_PERSON}]))"
)
_MANY_SOMES = re.compile(r"某{2,}|某 +(?=[\u4e00-\u9fff])")


@cache
def _pattern(table: str, key: str) -> re.Pattern[str]:
    return re.compile("|".join(word_lists("noise", table)[key]))


def is_noise(key: str, line: str, table: str = "furniture") -> bool:
    """Whether a line matches the patterns of that name in noise.toml."""
    return _pattern(table, key).search(line) is not None


def sweep(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines without advertisements, page numbers, running headers, file marks and footnotes; and what went."""
    kept, removed = list(lines), []
    noted = circled_notes(kept)
    removed += [kept[at] for at in sorted(noted)]
    marks = frozenset(kept[at][0] for at in noted)
    kept = ["" if at in noted else without(marks, line) for at, line in enumerate(kept)]
    for find in (contents, _advertisements, _furniture, _running_headers, _distribution):
        gone = find(kept)
        removed += [kept[at] for at in sorted(gone) if kept[at]]
        kept = ["" if at in gone else line for at, line in enumerate(kept)]
    return kept, removed


def _advertisements(lines: Sequence[str]) -> set[int]:
    """Certain lines, and the suspected or short nameless ones among them."""
    certain = [at for at, line in enumerate(lines) if _is_advertisement(line)]
    gone = set(certain)
    for at in certain:
        for step in (1, -1):
            _spread(lines, at, step, gone)
    first_words = next((at for at, line in enumerate(lines) if line.endswith(("。", "；"))), len(lines))
    if len(certain) >= 2:
        before = [at for at in certain if at < first_words]
        gone |= set(range(before[0], before[-1])) if before else set()
    return gone


def _is_advertisement(line: str) -> bool:
    """One sign is enough for a short line; a sentence must bear several, for a document may name its own page."""
    if not line or label_of(line) is not None:
        return False
    prose = len(line) > _SHORT and line.endswith("。")
    signs = word_lists("noise", "advertisements")["certain"]
    return sum(re.search(sign, line) is not None for sign in signs) >= (_SURE if prose else 1)


def _spread(lines: Sequence[str], at: int, step: int, gone: set[int]) -> None:
    """Go from a certain line to its neighbours for as long as they look like more of the same."""
    place = at + step
    while 0 <= place < len(lines) and abs(place - at) <= _NEAR:
        line = lines[place]
        if line and not _suspected(line):
            return
        if line:
            gone.add(place)
        place += step


def advertising_among(lines: Sequence[str]) -> tuple[str, ...]:
    """Of lines that were cut, those that are a reseller's and not the document's own."""
    return tuple(line for line in lines if _suspected(line) and not is_noise("page", line))


def _suspected(line: str) -> bool:
    if len(line) > _SHORT or line.endswith("。") or label_of(line) is not None:
        return False
    return is_noise("suspected", line, "advertisements") or is_noise("certain", line, "advertisements")


def _furniture(lines: Sequence[str]) -> set[int]:
    def unwanted(line: str) -> bool:
        return (
            is_noise("page_number", line)
            or is_noise("file_mark", line)
            or is_noise("page", line)
            or _FOOTNOTE.match(line) is not None
        )

    return _where(lines, unwanted)


def _may_return(line: str) -> bool:
    """Whether a line could stand over every page; a piece of a sentence with a comma cannot."""
    return 4 <= len(line) <= _SHORT and label_of(line) is None and "\t" not in line and "，" not in line


def _running_headers(lines: Sequence[str]) -> set[int]:
    """Later copies of a short line that returns on every page."""
    times = Counter(line for line in lines if _may_return(line))
    gone: set[int] = set()
    seen: set[str] = set()
    for at, line in enumerate(lines):
        if times[line] >= _RUNNING_HEADER_TIMES and not line.endswith(("。", "；", "：")):
            if line in seen:
                gone.add(at)
            seen.add(line)
    return gone


def _distribution(lines: Sequence[str]) -> set[int]:
    """The block at the end that says who gets a copy and who printed it."""
    gone: set[int] = set()
    within = False
    for at, line in enumerate(lines):
        if is_noise("distribution", line):
            within = True
        elif within and line and (label_of(line) is not None or len(line) > 3 * _SHORT):
            within = False
        if not line:
            continue
        if within or is_noise("printed", line):
            gone.add(at)
        if is_noise("printed", line):
            within = False
            gone |= _printer_above(lines, at)
    return gone


def _printer_above(lines: Sequence[str], at: int) -> set[int]:
    """The office that stands on the line over its own date of printing."""
    above = at - 1
    while above >= 0 and not lines[above]:
        above -= 1
    return {above} if above >= 0 and is_noise("organisation", lines[above], "masthead") else set()


def _where(lines: Sequence[str], unwanted: Callable[[str], bool]) -> set[int]:
    return {at for at, line in enumerate(lines) if line and unwanted(line)}


def for_the_ear(text: str) -> str:
    """A paragraph without footnote marks, its redactions readable: XX区 becomes 某区."""
    text = _FOOTNOTE_MARK.sub("", text)
    return _MANY_SOMES.sub("某", _REDACTED.sub("某", _REDACTED_DATE.sub("某", text)))
