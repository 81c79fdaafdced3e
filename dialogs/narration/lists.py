"""Sentences that name in one breath what a part of a document goes through: 三建：建机制、建组织、建队伍。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.narration.compress import drop_repeated
from dialogs.narration.model import Sentence
from dialogs.narration.sentences import bare, split_pieces

_ITEM = 20
_LEAD = 16
_FEWEST, _MOST, _EMPTY = 3, 8, 2
_FIRST = frozenset({"一是", "（一）", "1", "一"})
_AS_FOLLOWS = re.compile(
    r"^(?:总的来看|具体(?:工作中|来说|措施))?(?:[也还])?(?:要|呈现|主要体现在)?(?:清醒)?(?:看到|认识到)?(?:以下)?(?:重点)?"
)
_TELLING = 4.5
_POINT = re.compile(r"^[一二三四五六七八九十]是要?")
_COUNTED = re.compile(
    r"[一二两三四五六七八九十\d]+(?:个|大|项|支|类|种|件|条|建|有|必|化|级|步|方面)|特点|问题|阶段|步骤|任务|措施|标准|原则"
)
_AIM = re.compile(r"^(?:坚持(?!以|党)|进一步|切实|全面|继续|扎实做好|积极|更加注重)(?=.{4})")
_BOILERPLATE = re.compile(
    r"^(?:指导思想|总体(?:要求|目标|思路)|主要内容|组织领导|(?:工作|有关|相关|几点)要求|保障措施|基本原则|(?:方法|实施)步骤|总则|附则|适用范围|.*和基本原则)$"
)


@dataclass(frozen=True)
class Listing:
    """A list that the document itself makes with its numbering."""

    text: str
    """With its full stop; every character stands in the sources, in their order."""
    sources: tuple[int, ...]
    """The sentence or heading that announces the list, and the headings it is made of."""
    counted: bool
    """Whether the document announces it as so many things, problems or steps: then it is one of its points."""


def listings(sentences: Sequence[Sentence]) -> Iterator[Listing]:
    """Every list of three to eight parts whose headings are short enough to be said in a row."""
    for lead, heads in _groups(sentences):
        items = [_item(head.text) for head in heads]
        short = all(0 < len(item) <= _ITEM for item in items)
        empty = sum(1 for item in items if _BOILERPLATE.match(item))
        announced = _announced(lead) if lead else ""
        telling = announced or sum(map(len, items)) >= _TELLING * len(items)
        if _FEWEST <= len(heads) <= _MOST and short and empty < _EMPTY and telling:
            text = (f"{announced}：" if announced else "") + "、".join(items) + "。"
            sources = tuple(sentence.number for sentence in ([lead] if lead and announced else []) + heads)
            yield Listing(text, sources, _COUNTED.search(announced) is not None)


def _groups(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence | None, list[Sentence]]]:
    """Runs of sibling parts: the heading or sentence that announces them, and the first sentence of each."""
    open_groups: dict[tuple[str, ...], tuple[Sentence | None, list[Sentence]]] = {}
    before: list[Sentence] = []
    for sentence in sentences:
        clause, parent = sentence.clause, sentence.clause[:-1]
        if clause and (sentence.heading or _POINT.match(sentence.text)):
            for path in [path for path in open_groups if len(path) >= len(clause)]:
                yield open_groups.pop(path)
            if clause[-1] in _FIRST and parent in open_groups:
                yield open_groups.pop(parent)
            lead = next((one for one in before if _announced(one)), None)
            open_groups.setdefault(parent, (lead, []))[1].append(sentence)
        before = [sentence, *before[:1]]
    yield from open_groups.values()


def _item(text: str) -> str:
    """A heading cut down to what it names: its last piece, without the wish in front."""
    pieces = split_pieces(_POINT.sub("", bare(text)))
    return _AIM.sub("", drop_repeated(bare(pieces[-1]))) if pieces else ""


def _announced(lead: Sentence) -> str:
    """What announces the list: a heading, or the last piece of the sentence before it, if it is short."""
    if not lead.clause or not (lead.heading or lead.text.endswith(("：", "。"))):
        return ""
    words = _AS_FOLLOWS.sub("", drop_repeated(bare(split_pieces(lead.text)[-1])))
    fits = 2 <= len(words) <= _LEAD and not _BOILERPLATE.match(words)
    return words if fits and (lead.heading or _COUNTED.search(words)) else ""
