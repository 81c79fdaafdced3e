"""Text for the eye -> text for the ear."""

from __future__ import annotations


def for_the_ear(text: str) -> str:
    """Chinese characters and pauses only."""
    return text
