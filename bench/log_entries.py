"""A branch log of any length for the benches: one branch, sixty members, ten years, every hash a real one."""

from __future__ import annotations

import itertools
import random
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from storage import log, members
from storage.database import open_database
from storage.log import search, tally
from storage.log.chain import START, chain_hash, hash_of_words

YEARS = 10
NOW = datetime(2026, 11, 22, 9, 30)
FIRST = NOW - timedelta(days=365 * YEARS)
AT_ONCE = 20_000
DISTINCT = 60_000
"""Different sentences; what a branch says repeats itself."""
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = ("桂兰", "建国", "秀英", "国栋", "志强", "文斌", "德福", "玉珍", "守业", "金水", "凤宝", "巧珍")
KINDS = {
    "registered": ("{name}报名参加{day}的{what}", "{by}给{name}报名参加{what}"),
    "leave": ("{name}请假，不来{what}：{why}", "{name}说{day}的{what}来不了，{why}"),
    "care_reported": ("{name}{ill}，{by}报的", "{by}说{name}{ill}，请支部派人去看看"),
    "care_visited": ("{by}看望{name}，带了水果，{well}", "{by}到{name}家里看望，{well}"),
    "claimed": ("{name}说党费{money}元交了", "{by}替{name}交党费{money}元"),
    "suggested": ("{name}建议{idea}", "{name}反映：{idea}，请支部研究"),
    "listened": ("{name}听完《{title}》第{n}部分", "{name}听了《{title}》的摘要"),
    "read_care": ("{by}查看了看望名单，{n}件", "{by}查看了{name}的情况"),
}
FILLS = {
    "day": ("周三", "下周五", "十五号", "月底", "后天"),
    "what": ("学习会", "主题党日", "党课", "参观纪念馆", "书法班", "合唱排练", "组织生活会", "茶话会"),
    "why": ("去医院复查", "女儿来接", "腿疼走不了", "老伴没人照顾", "去外地", "感冒发烧"),
    "ill": ("住院了", "摔了一跤", "高血压犯了", "做了白内障手术", "家里漏水", "老伴去世了", "没人送饭"),
    "well": ("精神还好", "恢复得不错", "还要再去", "情绪不高", "能下床了"),
    "idea": (
        "活动室加装扶手",
        "晚一点开会",
        "多组织参观",
        "食堂少放盐",
        "楼道换灯泡",
        "垃圾分类再讲讲",
        "学习材料字大些",
    ),
    "title": ("六有一提升方案", "支部工作条例", "党费规定", "积分办法"),
}
RARE = ("捐了一箱旧书给社区", "在活动室捡到一只怀表", "请支部帮忙找老战友")
"""Said once in a hundred thousand entries: what somebody really searches for."""


def build(file: Path, count: int) -> Database:
    """A database with so many entries; written in bulk, read as any other."""
    db = open_database(file)
    branch_id = members.add_branch(db, "春晖支部", "wuxi", FIRST)
    names = list(dict.fromkeys(f"{one}{rest}" for rest in GIVEN for one in SURNAMES))
    random.Random(1).shuffle(names)
    secretary = members.add_member(db, branch_id, "李卫民", FIRST, role="secretary", title="书记", rung=1)
    people = {name: members.add_member(db, branch_id, name, FIRST) for name in names[:60]}
    for pragma in ("synchronous = 0", "secure_delete = 0", "cache_size = -400000", "wal_autocheckpoint = 100000"):
        db.execute(f"PRAGMA {pragma}")
    for guard in log.GUARDS:  # put back below, and looked for when the file is opened again
        db.execute(f"DROP TRIGGER {guard}")
    entries = _entries(count, branch_id, secretary, people)
    while some := list(itertools.islice(entries, AT_ONCE)):
        db.execute("BEGIN")
        db.conn.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [each[0] for each in some]
        )
        db.conn.executemany("INSERT INTO entry_content VALUES (?, ?, ?, ?)", [each[1] for each in some])
        db.conn.executemany("INSERT INTO entry_words (rowid, words) VALUES (?, ?)", [each[2] for each in some])
        db.execute("COMMIT")
    for guard in log.GUARDS.values():
        db.execute(guard)
    db.execute(tally.COUNT_ALL)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return open_database(file)


Row = tuple[int | str | None, ...]


def _entries(count: int, branch_id: int, actor: int, people: dict[str, int]) -> Iterator[tuple[Row, Row, Row]]:
    dice = random.Random(5)
    said = [_one(dice, branch_id, people) for _ in range(DISTINCT)]
    rare = [_rare(dice, branch_id, people, words) for words in RARE]
    previous, step = START, timedelta(days=365 * YEARS) / count
    for number in range(1, count + 1):
        kind, member, sentence, words = said[int(dice.random() * DISTINCT)]
        if number % 100_000 == 50_000 or number == count // 2:
            kind, member, sentence, words = rare[number // 100_000 % len(RARE)]
        stamp = (FIRST + step * number).isoformat(timespec="seconds")
        salt = secrets.token_hex(16)
        content = hash_of_words(salt, sentence, "{}")
        head: list[int | str | None] = [
            branch_id, number, stamp, actor, "cli", kind, member, "", None, content, previous,
        ]  # fmt: skip
        previous = chain_hash(head)
        yield (number, *head, previous), (number, sentence, "{}", salt), (number, words)


def _one(dice: random.Random, branch_id: int, people: dict[str, int]) -> tuple[str, int, str, str]:
    """Something that is said again and again, with its tokens."""
    names = list(people)
    name, by, kind = dice.choice(names), dice.choice(names), dice.choice(list(KINDS))
    fills = {key: dice.choice(values) for key, values in FILLS.items()}
    sentence = dice.choice(KINDS[kind]).format(
        name=name, by=by, money=dice.choice((90, 108)), n=dice.randint(1, 9), **fills
    )
    return kind, people[name], sentence, search.tokens(branch_id, people[name], sentence)


def _rare(dice: random.Random, branch_id: int, people: dict[str, int], words: str) -> tuple[str, int, str, str]:
    name = dice.choice(list(people))
    return "suggested", people[name], name + words, search.tokens(branch_id, people[name], name + words)


def check(db: Database) -> None:
    """The chain holds; raises where the bench measures something that is no branch log."""
    fault = log.verify(db, 1)
    if fault:
        raise RuntimeError(f"entry {fault.number}: {fault.reason}")
