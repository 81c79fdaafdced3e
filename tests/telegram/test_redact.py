"""The token in no log line: not in the message, its arguments, a traceback, or a handler added later."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.redact import HIDDEN, Redaction, install_redaction, where

TOKEN = "987654321:AAH-canary_canary_canary_canary_9Xq"
SHORT = "42:test-token"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a handler writes that is added after the redaction was installed."""
    factory = logging.getLogRecordFactory()
    install_redaction(SHORT)
    page = io.StringIO()
    handler = logging.StreamHandler(page)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("canary")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield page
    logger.removeHandler(handler)
    logging.setLogRecordFactory(factory)


def _raise(secret: str) -> None:
    raise ValueError(f"cannot reach /bot{secret}/getMe")


@pytest.mark.parametrize("secret", [TOKEN, TOKEN.replace(":", "%3A"), SHORT, "test-token"])
class TestNoToken:
    """Every way into a log line."""

    def test_in_the_message(self, written: io.StringIO, secret: str) -> None:
        logging.getLogger("canary").info(f"GET https://api.example/bot{secret}/getMe")
        assert HIDDEN in written.getvalue()
        assert secret not in written.getvalue()

    def test_in_the_arguments(self, written: io.StringIO, secret: str) -> None:
        logging.getLogger("canary.child").warning("%s answered %d", f"/bot{secret}/getMe", 200)
        assert f"/bot{HIDDEN}/getMe answered 200" in written.getvalue()

    def test_in_bytes_and_objects(self, written: io.StringIO, secret: str) -> None:
        logging.getLogger("canary").debug("request %r", {"target": f"/bot{secret}/x".encode()})
        assert secret not in written.getvalue()

    def test_in_a_traceback(self, written: io.StringIO, secret: str) -> None:
        try:
            _raise(secret)
        except ValueError:
            logging.getLogger("canary").exception("failed")
        assert "Traceback" in written.getvalue()
        assert "ValueError" in written.getvalue()
        assert secret not in written.getvalue()

    def test_in_a_line_whose_format_does_not_fit(self, written: io.StringIO, secret: str) -> None:
        logging.getLogger("canary").warning("%d %d", secret)
        assert secret not in written.getvalue()


def test_other_lines_stay_as_they_are(written: io.StringIO) -> None:
    logging.getLogger("canary").info("update %d of %s at %s", 12, "王桂兰", "09:30:15")
    assert written.getvalue() == "INFO update 12 of 王桂兰 at 09:30:15\n"


def test_a_traceback_without_token_keeps_its_exception(written: io.StringIO) -> None:
    record = logging.LogRecord("canary", logging.ERROR, __file__, 1, "failed", (), (ValueError, ValueError("x"), None))
    Redaction(SHORT).filter(record)
    assert record.exc_info is not None


def test_the_chatty_libraries_are_quiet(written: io.StringIO) -> None:
    assert logging.getLogger("httpx").getEffectiveLevel() >= logging.WARNING
    assert logging.getLogger("httpcore").getEffectiveLevel() >= logging.WARNING


def test_an_error_is_told_without_its_words() -> None:
    try:
        _raise("".join(("存折", "密码")))
    except ValueError as error:
        told = where(error)
    assert told.startswith("ValueError")
    assert "_raise" in told
    assert "存折密码" not in told
