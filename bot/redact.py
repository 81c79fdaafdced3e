"""Keep secrets out of log lines: the bot token, which stands in each URL of the Bot API, and what members say."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable

HIDDEN = "[token]"
TOKEN = r"\d{6,}(?::|%3[Aa])[\w-]{30,}"  # noqa: S105 - the shape of a token, not one
"""What Bot API tokens look like: the bot's number, a colon (also as a URL writes it), the secret."""

_CHATTY = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "telegram": logging.INFO}
"""Loggers that write whole requests below these levels: the token, and what members say."""

RecordFactory = Callable[..., logging.LogRecord]


class Redaction(logging.Filter):
    """Replaces tokens in a record's message, arguments and traceback."""

    def __init__(self, token: str = "") -> None:
        super().__init__()
        secret = token.partition(":")[2]
        known = [re.escape(word) for word in (token, secret) if len(word) >= 8]
        self._pattern = re.compile("|".join([*known, TOKEN]))

    def clean(self, text: str) -> str:
        """The text without tokens."""
        return self._pattern.sub(HIDDEN, text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record; it is always kept."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):  # a format that does not fit: logging itself would print the parts
            message = f"{record.msg} {record.args}"
        record.msg, record.args = self.clean(message), ()
        if record.exc_info and record.exc_info[1] is not None:
            story = "".join(traceback.format_exception(record.exc_info[1])).rstrip()
            if self._pattern.search(story):
                # A formatter prints exc_text where it is set; without exc_info it cannot build the text anew.
                record.exc_text, record.exc_info = self.clean(story), None
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True


def install_redaction(token: str = "") -> None:
    """Clean every log record of this process from now on, whichever logger and handler it passes.

    A filter on one logger sees nothing of its children, and one on a handler misses handlers added later;
    the record factory is the one place that every record passes.
    """
    redaction = Redaction(token)
    make: RecordFactory = logging.getLogRecordFactory()

    def factory(*args: object, **kwargs: object) -> logging.LogRecord:
        record = make(*args, **kwargs)
        redaction.filter(record)
        return record

    logging.setLogRecordFactory(factory)
    for name, level in _CHATTY.items():
        logging.getLogger(name).setLevel(level)


def where(error: BaseException) -> str:
    """An error's kind and the way it came, without its message, which may hold what a member said."""
    way = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    return f"{type(error).__name__}\n{way}"
