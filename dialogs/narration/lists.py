"""Sentences that name in one breath what a part of a document goes through: 三建：建机制、建组织、建队伍。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogs.narration.compress import drop_repeated, shorten
from dialogs.narration.model import Sentence
from dialogs.narration.sentences import bare, split_pieces
from dialogs.narration.surroundings import is_item, surroundings

_ITEM = 26
_LEAD = 16
_FEWEST, _MOST = 3, 8
_FIRST = frozenset({"一是", "（一）", "1", "一"})
_AS_FOLLOWS = re.compile(
    r"^(?:总的来看|具体(?:工作中|来说|措施))?(?:[也还])?(?:要|呈现|主要体现在)?(?:清醒)?(?:看到|认识到)?(?:以下)?(?:重点)?"
)
_TELLING = 6.0
_POINT = re.compile(r"^[一二三四五六七八九十]是要?")
_COUNTED = re.compile(
    r"[一二两三四五六七八九十\d]+(?:个|大|项|支|类|种|件|条|建|有|必|化|级|步|方面)|特点|问题|阶段|步骤|任务|措施|标准|原则|下列|以下"
)
_AIM = re.compile(r"^(?:坚持(?!以|党)|进一步|切实|全面|继续|扎实做好|积极|更加注重)(?=.{4})")
_BOILERPLATE = re.compile(
    r"^(?:指导思想|总体(?:要求|目标|思路)|主要内容|(?:加强|强化)?.{0,8}(?:组织领导|组织保障)(?:和.{2,6})?|(?:工作|有关|相关|几点)要求|保障措施|基本原则|(?:方法|实施|工作|创建)步骤|总则|附则|适用范围|.*和基本原则)$"
)
_ASKS = re.compile(r"[？?]|什么|怎么|哪|[吗呢]$|有没有|要不要")
_ASIDE = re.compile(r"[（(](?![^（）()]*(?:除外|不含|不包括|不在内))[^（）()]*[）)]")
"""What may be left out of a list; whom or what a bracket excepts may not."""
_CODE = re.compile(r"“[^”]*?([二三四五六七八九])([\u4e00-\u9fff])[^”]*”")
_SHORTEST_CORE, _SHARED = 2, 3


@dataclass(frozen=True)
class Listing:
    """A list that the document itself makes with its numbering."""

    text: str
    """With its full stop; every character stands in the sources, in their order."""
    sources: tuple[int, ...]
    """The sentence or heading that announces the list, and the headings it is made of."""
    counted: bool
    """Whether the document announces it as so many things, problems or steps: then it is one of its points."""
    whole: bool = False
    """Whether its items are all that is said of them, and not headings of what is said."""


def listings(sentences: Sequence[Sentence]) -> Iterator[Listing]:
    """Every list of three to eight parts whose headings are short enough to be said in a row.

    What every document has (指导思想, 组织领导) is left out at the ends; with and without what stands in brackets it
    is two lists.
    """
    title = sentences[0].text if sentences and sentences[0].heading else ""
    for lead, heads in _groups(sentences):
        announced = _announced(lead) if lead else ""
        counted = _COUNTED.search(announced) is not None
        named = [(head, _item(head, counted)) for head in heads]
        if any(len(item) > _ITEM for _, item in named):
            named = [(head, _item(head, counted, short=True)) for head in heads]
        while named and _BOILERPLATE.match(named[0][1]):
            del named[0]
        while named and _BOILERPLATE.match(named[-1][1]):
            del named[-1]
        items = [item for _, item in named]
        if not _FEWEST <= len(items) <= _MOST or any(_BOILERPLATE.match(item) for item in items):
            continue
        if not counted and (sum(map(len, items)) < _TELLING * len(items) or any(map(_ASKS.search, items))):
            continue
        sources = tuple(sentence.number for sentence in ([lead] if lead and announced else []) + [h for h, _ in named])
        for said in dict.fromkeys((tuple(items), tuple(_ASIDE.sub("", item) for item in items))):
            core = _once(said)
            if all(0 < len(item) <= _ITEM for item in core):
                text = (f"{announced}：" if announced else "") + "、".join(core) + "。"
                yield Listing(text, sources, counted or _explains(title, core), not any(h.heading for h in heads))


def _once(items: Sequence[str]) -> list[str]:
    """What neighbours begin with is said at the first, what all end with at the last.

    推进动员部署阶段、推进自查摸底阶段、推进申报考核阶段 becomes 推进动员部署、自查摸底、申报考核阶段.
    """
    ends = 0
    while all(len(item) - ends > _SHORTEST_CORE + 1 and item[-ends - 1] == items[0][-ends - 1] for item in items):
        ends += 1
    kept = [items[0]]
    for before, item in pairwise(items):
        begins = next((at for at, (one, other) in enumerate(zip(before, item, strict=False)) if one != other), 0)
        kept.append(item[begins:] if begins >= _SHARED and len(item) - begins - ends >= _SHORTEST_CORE else item)
    return [*(item[: len(item) - ends] for item in kept[:-1]), kept[-1]] if ends >= _SHARED - 1 else kept


def _explains(title: str, items: Sequence[str]) -> bool:
    """Whether the items are what a name in the title counts: “六有” and six that begin with 有."""
    counts = {count: "二三四五六七八九".index(count) + 2 for count in "二三四五六七八九"}
    return any(sum(item[0] == each for item in items) == counts[count] for count, each in _CODE.findall(title))


def _groups(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence | None, list[Sentence]]]:
    """Runs of sibling parts: the heading or sentence that announces them, and the first sentence of each."""
    open_groups: dict[tuple[str, ...], tuple[Sentence | None, list[Sentence]]] = {}
    before: list[Sentence] = []
    announced = announced_items(sentences)
    for sentence in sentences:
        clause, parent = sentence.clause, sentence.clause[:-1]
        if clause and (sentence.heading or _POINT.match(sentence.text) or is_item(sentence) or sentence in announced):
            for path in [path for path in open_groups if len(path) >= len(clause)]:
                yield open_groups.pop(path)
            if clause[-1] in _FIRST and parent in open_groups:
                yield open_groups.pop(parent)
            lead = next((one for one in before if _announced(one)), None)
            open_groups.setdefault(parent, (lead, []))[1].append(sentence)
        before = [sentence, *before[:1]]
    yield from open_groups.values()


def announced_items(sentences: Sequence[Sentence]) -> frozenset[Sentence]:
    """What stands under 应当提供下列材料：, each in a numbered line of its own and in one breath."""
    around = surroundings(sentences)
    numbered = {one.number: one for one in sentences}  # a chapter alone does not begin at 1
    return frozenset(
        one
        for one, above in zip(sentences, around, strict=True)
        if above.announced
        and len(one.clause) > len(numbered[above.announced].clause)
        and len(split_pieces(one.text)) == 1
    )


def _item(head: Sentence, counted: bool, *, short: bool = False) -> str:
    """A heading cut down to what it names: its last piece, without the wish in front.

    A counted point that goes on after its first piece names its matter in it, if so many matters were announced.
    """
    pieces = [bare(piece) for piece in split_pieces(_POINT.sub("", bare(head.text)))]
    if not pieces or (not head.heading and len(pieces) > 1 and not counted):
        return ""
    if head.heading:
        return _AIM.sub("", drop_repeated(pieces[-1]))
    return _AIM.sub("", shorten(pieces[0]) if short else drop_repeated(pieces[0]))


def _announced(lead: Sentence) -> str:
    """What announces the list: a heading, or the last piece of the sentence before it, if it is short."""
    if not lead.clause or not (lead.heading or lead.text.endswith(("：", "。"))):
        return ""
    words = _AS_FOLLOWS.sub("", drop_repeated(bare(split_pieces(lead.text)[-1])))
    fits = 2 <= len(words) <= _LEAD and not _BOILERPLATE.match(words)
    return words if fits and (lead.heading or _COUNTED.search(words)) else ""
