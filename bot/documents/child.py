"""The child process that reads files from outside; started by `reading`, which limits it before it gets the file.

Takes the file on standard input; answers with lines of JSON on standard output: `done`/`of` while it reads, then
`text` and `kind`, or `fault`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # started alone, so that no other code of ours is loaded

from bot.documents.kinds import Refused, decoded, kind_of

MOST_CHARACTERS = 300_000
"""Characters of one document: fifteen hours of reading."""


def read(data: bytes) -> Mapping[str, str]:
    """The text in a file, and what kind of file it was. Raises Refused."""
    kind = kind_of(data)
    if kind == "mht":
        from bot.documents.from_mht import page_within

        data = page_within(data)
        kind = kind_of(data)
    if kind == "docx":
        from bot.documents.from_docx import read_docx

        text = read_docx(data)
    elif kind == "pdf":
        from bot.documents.from_pdf import read_pdf

        text = read_pdf(data, _progress)
    elif kind == "html":
        from bot.documents.from_html import read_html

        text = read_html(decoded(data))
    elif kind == "markdown":
        from bot.documents.from_text import read_markdown

        text = read_markdown(decoded(data))
    else:
        text = decoded(data)
    if not text.strip():
        raise Refused("empty")
    if len(text) > MOST_CHARACTERS:
        raise Refused("long", characters=len(text), most=MOST_CHARACTERS)
    return {"kind": kind, "text": text}


def _progress(done: int, of: int) -> None:
    _say({"done": done, "of": of})


def _say(line: Mapping[str, str | int]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read one file and end."""
    try:
        _say(read(sys.stdin.buffer.read()))
    except Refused as refused:
        _say({"fault": refused.fault, **refused.values})
    except (MemoryError, RecursionError):
        _say({"fault": "packed"})
    except ImportError as error:  # the house is not whole; the file is not to blame
        _say({"fault": "unready", "error": str(error)})
    except Exception as error:  # noqa: BLE001 - what a parser raises over a damaged file is in nobody's documentation
        _say({"fault": "broken", "error": type(error).__name__})


if __name__ == "__main__":
    main()
