"""Policy documents by ear: cleaned, in chapters, summed up, and asked about.

`narrate` makes a text ready, `summarise` tells in ninety seconds what it means for members, `outline` names its
chapters, `build_index` and `answer` find the passage that answers a question.
"""

from __future__ import annotations

from dialogs.narration.index import Index, build_index
from dialogs.narration.model import (
    Chapter,
    Narration,
    NotInDocuments,
    Passage,
    Sentence,
    Summary,
    SummarySentence,
)
from dialogs.narration.narrate import as_contract, narrate
from dialogs.narration.questions import answer
from dialogs.narration.spoken import outline
from dialogs.narration.summary import summarise

__all__ = [
    "Chapter",
    "Index",
    "Narration",
    "NotInDocuments",
    "Passage",
    "Sentence",
    "Summary",
    "SummarySentence",
    "answer",
    "as_contract",
    "build_index",
    "narrate",
    "outline",
    "summarise",
]
