"""Two conditions in one question: 党费没交、上次会也没来的是哪几个.

Each half is a question of its own, of whatever kind; who is told of in both answers is the answer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.sounded import SHARED
from dialogs.asking.told import Told, named, say, table
from dialogs.asking.turning import subject
from dialogs.skill import Wish


def halves(wish: Wish) -> tuple[Wish, ...] | None:
    """The two questions; None where there is one condition."""
    if "before" in wish.slots or any(re.search(each, wish.text) for each in words.lists(SHARED, "patterns")["neither"]):
        return None
    for pattern in words.lists(SHARED, "both")["patterns"]:
        match = re.fullmatch(pattern, wish.text.strip("。？?！! "))
        if match is None:
            continue
        one, other = match["one"], match["other"]
        kinds = subject(one), subject(other)
        if all(kinds):
            lead = match.groupdict().get("lead") or ""  # 今年既生过病又报过困难的: of both
            return tuple(
                _half(wish, kind, lead + said + match["asks"]) for kind, said in zip(kinds, (one, other), strict=True)
            )
    return None


def _half(wish: Wish, intent: str, text: str) -> Wish:
    return replace(wish, intent=intent, text=text, slots={}, doubts={})


def without_particulars(text: str) -> tuple[str, str]:
    """The question without what is to be told of those whom it names, and that: 电话, 地址; nothing where it is all."""
    for pattern in words.lists(SHARED, "both")["particulars"]:
        if (match := re.search(pattern, text)) and len(text) - len(match[0]) > len("没交的"):
            return text[: match.start()] + text[match.end() :], match[0]
    return text, ""


def joined(asked: Asked, one: Told, other: Told) -> Told | None:
    """Who is told of in both answers; None where one of them is none to its half."""
    if not all(each.answered and each.table and (each.names or not each.table.rows) for each in (one, other)):
        return None  # rows that tell of nobody by name, sums and days, say nothing of who is meant
    names = tuple(name for name in dict.fromkeys(one.names) if name in other.names)
    said = say(asked, "both" if names else "none_both", count=len(names), names=named(asked, names))
    shown = table(asked, "both", [(name,) for name in names])
    return Told(said, shown, names, entries=one.entries, health=one.health or other.health)
