"""Everything that is neither word nor number: layout before the numbers are read, signs and letters after."""

from __future__ import annotations

import re
import unicodedata

from speech.ear_numbers import digits
from speech.ear_rules import Rule, rule
from speech.ear_tables import TABLES

_KEPT = "，！？；：（）"
"""Wide punctuation that is meant to be wide."""
_CIRCLED = range(0x2460, 0x2474)
_FOLDED = (
    range(0xFF01, 0xFF5F),
    range(0x2474, 0x249C),
    range(0x3220, 0x322A),
    range(0xF900, 0xFB00),
    range(0xBC, 0xBF),
)


def fold(text: str) -> str:
    """Wide letters and digits of any script as usual ones, ① as (1), compatibility characters as what they mean."""
    return "".join(map(_fold, text))


def _fold(character: str) -> str:
    code = ord(character)
    if code in _CIRCLED:
        return f"({unicodedata.normalize('NFKC', character)})"
    if character not in _KEPT and any(code in block for block in _FOLDED):
        return unicodedata.normalize("NFKC", character).replace("⁄", "/")
    return str(unicodedata.decimal(character, character))


@rule(r"(?:https?://|www\.)[^\s\u3000-\u9fff，。；！？）]+")
def link(match: re.Match[str]) -> str:
    """A web address, which nobody can follow by ear."""
    del match
    return TABLES.link


@rule(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
def mail(match: re.Match[str]) -> str:
    """A mail address."""
    del match
    return TABLES.mail


@rule(r"\*\*([^*\n]+)\*\*|`([^`\n]+)`|</?[A-Za-z][^<>\n]*>")
def markup(match: re.Match[str]) -> str:
    """Bold and code marks, tags."""
    return match[1] or match[2] or ""


@rule(r"<([^<>\n]*[\u4e00-\u9fff][^<>\n]*)>|[”」』》]\s*([“「『《])|(?<=\S)[ \t\u3000]{2,}(?=\S)")
def layout(match: re.Match[str]) -> str:
    """Inner title marks, marks that meet with nothing between them, wide gaps."""
    if match[1] is not None:
        return match[1]
    return "、" if match[2] else "，"


@rule(r"^\s*(?:[•●■◆▪◦○★☆※►▶·*>#]+|-(?!\d))\s*")
def bullet(match: re.Match[str]) -> str:
    """The sign at the head of a line."""
    del match
    return ""


@rule(r"(?:^\s*|(?<=[。；：！？])\s*|(?<=\s))(\d{1,2})(?:[.)]|、(?!\d))\s*(?!\d)")
def item(match: re.Match[str]) -> str:
    """1. at the head of a line or sentence: 第1，."""
    return f"第{int(match[1])}，"


@rule(r"(第?)[（(]\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)][、.，]?")
def bracketed_item(match: re.Match[str]) -> str:
    """（一）: 第一，; 第（三）项: 第三项."""
    return f"第{match[2]}" if match[1] else f"，第{match[2]}，"


@rule(r"(?<=\d)#(?=[楼栋幢])")
def building(match: re.Match[str]) -> str:
    """3#楼."""
    del match
    return "号"


@rule(r"\b[Nn]o\.\s*(\d+)")
def numbered(match: re.Match[str]) -> str:
    """No.5."""
    return f"第{match[1]}"


@rule(r"(?<![A-Za-z\d.])[xX×]{2,}(?![A-Za-z])|[*＊○〇□]{2,}|[xX×](?=[年月日省市区县村镇]|同志|号)")
def redaction(match: re.Match[str]) -> str:
    """XX区, ××, 20XX年, ×月: what was blacked out."""
    return "某" if len(match[0]) == 1 else "某某"


@rule(r"(?<!\d)((?:19|20)|\d{3,6})(?:[xX×]{2,}|\*{2,})(\d{0,4})(?!\d)")
def half_redacted(match: re.Match[str]) -> str:
    """20XX年, 138****1234: what is left is no number to be counted."""
    one = "一" if len(match[1]) == 2 else "幺"
    return f"{digits(match[1], one)}某某{digits(match[2], one)}"


@rule(r"[（(](\d{1,2})[）)](?=班)")
def school_class(match: re.Match[str]) -> str:
    """（2）班."""
    return match[1]


BEFORE: tuple[Rule, ...] = (
    link, mail, markup, layout, bullet, half_redacted, redaction,
    school_class, item, bracketed_item, building, numbered,
)  # fmt: skip
"""Rules that need the layout as it was written, applied before numbers are read."""

_WORDS = "|".join(re.escape(word) for word in sorted(TABLES.words, key=len, reverse=True))


@rule(rf"(?i:(?<![A-Za-z])(?:{_WORDS})(?![A-Za-z]))")
def word(match: re.Match[str]) -> str:
    """WiFi, QQ."""
    return TABLES.words[match[0].lower()]


@rule(r"[A-Za-z]")
def letter(match: re.Match[str]) -> str:
    """Letters one by one."""
    return TABLES.letters[match[0].upper()]


_COUNTING = "零一二两三四五六七八九十百千万亿半点分年月日号时周期室楼度元岁天"


@rule(
    rf"(?<=[\u4e00-\u9fff])\s*[~～]\s*(?=[\u4e00-\u9fff])"
    rf"|(?<=[{_COUNTING}])\s*[-–—]\s*(?=第?[零一二两三四五六七八九十]|上午|中午|下午|晚上|早上|周|星期)"
)
def until(match: re.Match[str]) -> str:
    """三月-五月, 周一~周五."""
    del match
    return "到"


@rule(r"[（(]([\u4e00-\u9fff、]{1,4})[）)]")
def insertion(match: re.Match[str]) -> str:
    """各市（县）区: hardly a pause."""
    return f"、{match[1]}、"


@rule(
    r"(?<=[\u4e00-\u9fff]{4})[·•](?=[\u4e00-\u9fff]{4})|[—–―]+|-{2,}|(?<=[\u4e00-\u9fff])\s*-\s*(?=[\u4e00-\u9fff])|[（(）)\[\]【】〔〕{}|]"
)
def aside(match: re.Match[str]) -> str:
    """Dashes and brackets: a short pause."""
    del match
    return "，"


@rule(r"(?<=[\u4e00-\u9fff])\s*[/／]\s*(?=[\u4e00-\u9fff])")
def alternative(match: re.Match[str]) -> str:
    """县/区."""
    del match
    return "、"


@rule("|".join(re.escape(sign) for sign in TABLES.signs))
def sign(match: re.Match[str]) -> str:
    """Signs that have a name."""
    return TABLES.signs[match[0]]


AFTER: tuple[Rule, ...] = (letter, until, insertion, aside, alternative, sign)
"""Rules for what is left once numbers are words."""
