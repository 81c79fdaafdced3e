"""Joining: the secretary hands out a link that works once, and the chat that opens it is the member's from then on."""

from __future__ import annotations

import secrets
from collections import defaultdict
from datetime import datetime, timedelta

from sqlite_utils import Database
from telegram import Bot
from telegram.error import InvalidToken, NetworkError

from bot.app import App
from bot.config import TOKEN_VARIABLE, ConfigError
from bot.telegram.wording import words
from storage import links, log, members
from storage.members import Member

CHANNEL = "telegram"
PURPOSE = "enrol"
LASTS = timedelta(hours=72)
"""How long a link may lie about: forwarded links are the way in for strangers."""
WRONG_CODES = 5
"""Wrong codes in an hour, after which an account's codes are not looked at."""
HOUR = timedelta(hours=1)


async def issue_enrolment(app: App, member: Member, now: datetime) -> str:
    """A link that enrols one chat for this member, once, within 72 hours. Raises ConfigError as `bot_name` does."""
    return enrolment_link(await bot_name(app), new_code(app.db, member, now))


def enrolment_link(bot: str, code: str) -> str:
    """What a member opens to be enrolled: the chat with the bot, with the code in it."""
    return f"https://t.me/{bot}?start={code}"


async def bot_name(app: App) -> str:
    """The bot's user name. Raises ConfigError where Telegram knows no such bot or cannot be reached."""
    settings = app.config.telegram
    try:
        async with Bot(
            settings.token.get_secret_value(), base_url=settings.base_url, base_file_url=settings.base_file_url
        ) as bot:
            return bot.username
    except InvalidToken as error:
        raise refused_token() from error
    except NetworkError as error:
        raise ConfigError("telegram_unreached", address=settings.base_url, reason=type(error).__name__) from error


def refused_token() -> ConfigError:
    """What to tell the operator when Telegram does not know the token."""
    return ConfigError("token_refused", variable=TOKEN_VARIABLE)


def new_code(db: Database, member: Member, now: datetime, lasts: timedelta = LASTS) -> str:
    """A code of 128 random bits; only its hash is kept."""
    code = secrets.token_urlsafe(16)
    links.add_link(db, code, member.id, PURPOSE, now, now + lasts)
    return code


class Enrolment:
    """Codes that come in, and how many wrong ones each account has tried."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._wrong: defaultdict[int, list[datetime]] = defaultdict(list)

    def enrol(self, account: int, code: str, now: datetime) -> Member | None:
        """The member to whom this account belongs from now on; None for a code that is wrong, spent, old or locked.

        To be called inside the transaction that answers, so that a code is spent exactly when its answer stands.
        """
        recent = [at for at in self._wrong[account] if now - at < HOUR]
        owner = links.link_owner(self._db, code, PURPOSE, now) if len(recent) < WRONG_CODES else None
        member = members.member(self._db, owner) if owner is not None else None
        if member is None:
            self._wrong[account] = [*recent, now][-WRONG_CODES:]
            return None
        self._wrong.pop(account, None)
        links.use_link(self._db, code, now)
        members.add_contact(self._db, member.id, CHANNEL, str(account), now)
        log.append(
            self._db,
            branch_id=member.branch_id,
            at=now,
            kind="enrolled",
            sentence=words("log").say("enrolled", name=member.name),
            actor_id=member.id,
            member_id=member.id,
            channel=CHANNEL,
        )
        return member


def sender(db: Database, account: int, now: datetime) -> Member | None:
    """The member who writes from this account, or None for a stranger.

    Who had blocked us and now writes again can be reached again.
    """
    owner = members.contact_owner(db, CHANNEL, str(account))
    member = members.member(db, owner) if owner is not None else None
    if member and not any(
        contact.channel == CHANNEL and contact.address == str(account) for contact in members.contacts(db, member.id)
    ):
        members.add_contact(db, member.id, CHANNEL, str(account), now)
    return member
