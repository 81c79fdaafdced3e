"""An invented branch for the tests of understanding."""

from __future__ import annotations

from datetime import datetime

from dialogs.understanding.meaning import Person, Role, Situation, Title

NOW = datetime(2026, 11, 22, 9, 30)
"""A Sunday."""

ROSTER = (
    Person("柳春生", "男", 1941),
    Person("董素琴", "女", 1946),
    Person("柯文海", "男", 1950),
    Person("庞玉兰", "女", 1939),
)
TITLES = (
    Title("A1", "离退休干部党员学习办法", ("学习办法",)),
    Title("A2", "社区互助养老倡议书", ("养老倡议",)),
)
VALUES = {
    "person": "董素琴",
    "title": "学习办法",
    "amount": "三十六块五",
    "phone": "一三九零零零零四五六七",
    "address": "幸福小区三号楼",
    "topic": "合唱队",
    "reason": "腿疼",
    "text": "明天停水",
    "place": "活动室",
    "period": "上个月",
    "when": "明天",
}
"""What stands in the place of {slot} in a skill's own tests."""


def situation(role: Role = "member", **more: object) -> Situation:
    return Situation(role, NOW, ROSTER, TITLES, **more)  # type: ignore[arg-type]


def filled(say: str, intent: str = "") -> str:
    """A sentence of a skill with its {slots} filled."""
    return say.format_map(VALUES | ({"topic": "月报"} if intent == "report_make" else {}))
