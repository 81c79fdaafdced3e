"""Money and quarters in words."""

from __future__ import annotations

from dialogs import words


def say_yuan(fen: int) -> str:
    """An amount: 108元, 36.50元."""
    key = "whole" if fen % 100 == 0 else "parts"
    return words.load("money", "words").say(key, yuan=fen // 100, cents=f"{fen % 100:02d}")


def say_quarter(quarter: str) -> str:
    """A quarter: 2026Q4 -> 2026年第四季度."""
    number = words.load("money", "words").say(f"quarter_{quarter[-1]}")
    return words.load("money", "words").say("quarter", year=quarter[:4], number=number)
