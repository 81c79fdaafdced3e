"""What a policy document is once it has been made ready for the ear."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Sentence:
    """One sentence of the cleaned document, headings included."""

    number: int
    """Counted from 1 through the whole document; summaries cite it."""
    text: str
    """The sentence as it stands after cleaning."""
    clause: tuple[str, ...]
    """The labels that lead to it, outermost first: ("四", "（二）"); empty in the introduction."""
    heading: bool = False
    """True for the heading of a chapter or part, the title and the signature: it says nothing by itself."""


@dataclass(frozen=True)
class Chapter:
    """A part of the document under one label of its own numbering."""

    title: str
    """The heading without its label; empty where the document gives the label only."""
    text: str
    """All that stands under it, parts included, as it is to be read out."""
    number: str
    """The label as the document writes it, without the comma: 一, （二）, 10, 第三条; empty for the introduction."""
    parts: tuple[Chapter, ...] = ()
    """The chapters nested in this one."""


@dataclass(frozen=True)
class Narration:
    """A document ready to be read out, summarised and asked about."""

    title: str
    """Whole title, joined where the document breaks it; empty where none is found."""
    number: str | None
    """The document's own number (嘉发〔2020〕25号), never one it cites."""
    issuer: str | None
    """Who issued it."""
    date: str | None
    """ISO date on which it was signed, else on which it was printed."""
    chapters: tuple[Chapter, ...]
    """Outermost chapters in order; what stands before the first label is a chapter without number."""
    sentences: tuple[Sentence, ...]
    """All sentences in order, numbered from 1: title, body, signature."""
    removed: tuple[str, ...]
    """What was cut because nobody wants to hear it: recipients, issue lines, advertisements, page numbers."""

    @cached_property
    def whole(self) -> str:
        """All sentences as one string."""
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True)
class SummarySentence:
    """One sentence of a summary."""

    text: str
    """What is spoken; its characters, numbers and names come from the sources in their order."""
    sources: tuple[int, ...]
    """Numbers of the sentences it was cut from."""


@dataclass(frozen=True)
class Summary:
    """What a document means for its members, in a minute or so."""

    sentences: tuple[SummarySentence, ...]
    """In the order of speaking; empty for a document without sentences."""

    @property
    def text(self) -> str:
        """The whole summary as one string."""
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True)
class Passage:
    """The place in a document that answers a question."""

    document: str
    """Title of the document."""
    clause: str
    """Where it stands, ready to be spoken: 第四部分第二点; empty where the document has no numbering."""
    text: str
    """The sentences that answer, as the document has them."""
    sources: tuple[int, ...]
    """Their numbers in the document."""
    key: str = ""
    """The key under which the document was put into the index."""
    others: tuple[Passage, ...] = ()
    """Passages of other documents that answer too: localities differ."""


@dataclass(frozen=True)
class NotInDocuments:
    """No document answers the question."""

    nearest: Passage | None = None
    """The passage that came nearest, for those who want to look; it is not an answer."""
