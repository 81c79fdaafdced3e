"""From the text of a file to a document that can be read out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.narration.chapters import build
from dialogs.narration.lines import lines_of, paragraphs
from dialogs.narration.masthead import masthead
from dialogs.narration.model import Narration, Sentence, Summary
from dialogs.narration.sweep import for_the_ear, sweep
from dialogs.narration.tables import read_tables


def narrate(text: str) -> Narration:
    """Clean a document for the ear and find its title, number, issuer, date and chapters.

    Any text is accepted: one without a head has an empty title, one without numbering a single chapter, and an
    empty one no chapters at all.
    """
    kept, removed = sweep(lines_of(text))
    head = masthead(kept, removed)
    title = for_the_ear(head.title)
    body = [for_the_ear(paragraph) for paragraph in paragraphs(read_tables(head.lines))]
    opening = [Sentence(1, title, (), heading=True)] if title else []
    chapters, sentences = build(body, len(opening) + 1)
    closing = _closing(head.signature, len(opening) + len(sentences) + 1)
    return Narration(
        title=title,
        number=head.number,
        issuer=for_the_ear(head.issuer) if head.issuer else None,
        date=head.date,
        chapters=chapters,
        sentences=(*opening, *sentences, *closing),
        removed=(*removed, *head.removed),
    )


def _closing(signature: str, number: int) -> Sequence[Sentence]:
    return [Sentence(number, re.sub(r"\s", "", signature) + "。", (), heading=True)] if signature else []


def as_contract(narration: Narration, summary: Summary) -> dict[str, object]:
    """The JSON object that `nuanyang summarise --json` prints."""
    return {
        "title": narration.title,
        "number": narration.number,
        "issuer": narration.issuer,
        "date": narration.date,
        "summary": [{"text": part.text, "sources": list(part.sources)} for part in summary.sentences],
        "chapters": [{"title": chapter.title, "text": chapter.text} for chapter in narration.chapters],
        "removed": list(narration.removed),
        "sentences": [sentence.text for sentence in narration.sentences],
    }
