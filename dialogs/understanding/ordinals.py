"""The place in a list that was read out: 第二个, 头一个, 最后一个, a bare 八."""

from __future__ import annotations

import re

from dialogs.understanding.numbers import ONES, TAKEN_BACK, chinese_number

_ORDINAL_NUM = rf"[{ONES}十]{{1,3}}|[0-9]{{1,2}}"
_NTH = re.compile(
    rf"(?P<back>倒数)?[第地弟递帝](?P<nth>{_ORDINAL_NUM})(?![0-9]|季|党支部|支部|次|届|批|趟|天|周|月)"
    rf"|(?P<first>头一|打头|前[头面][那的]一?个?|(?<!后)(?<!前)(?<!里)头[里前]?那?个|最[上前]面|[上前]面那|开头那|首个|第一)"
    rf"|(?P<last>最后|末尾|后[头面][那的]一?个?|末[了尾]?[一那]?个|倒数一|最[下后]面|[下后]面那|结尾那|尾巴上)"
    rf"|(?<![0-9{ONES}十月])(?P<number>{_ORDINAL_NUM})号(?=那|这|的?$|吧|[，,。])"
)
_ALONE = re.compile(
    rf"(?:我|就|要|选|听|那|是|嗯|啊|呃|念|不是(?:{_ORDINAL_NUM})[，,]?|[，, ])*(?P<alone>{_ORDINAL_NUM})"
    r"(?:号|个|条|那个|吧|啊|呀|[。！!,，])*"
)


def find_ordinal(text: str) -> int | None:
    """The place in a list that was just read out: 第二个 is 2, 头一个 1, 最后一个 -1, 倒数第二个 -2, a bare 八 8."""
    wrong = list(TAKEN_BACK.finditer(text))
    after = text[wrong[-1].end() :] if wrong else text
    for part in (after, text):
        alone = _ALONE.fullmatch(part.strip())
        if alone:
            return chinese_number(alone["alone"])
        found = _nth(part)
        if found is not None:
            return found
    return None


def _nth(text: str) -> int | None:
    match = _NTH.search(text)
    if match is None:
        return None
    if match["first"]:
        return 1
    if match["last"]:
        return -1
    number = chinese_number(match["nth"] or match["number"])
    return None if not number else -number if match["back"] else number
