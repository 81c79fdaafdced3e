"""Who may open which page: a secret link a person, made from one key that never leaves the data folder."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.app import App
from storage import links, members
from storage.members import Member

KEY_FILE = "page.key"
KEY_BYTES = 32
SECRET_LENGTH = 22
"""Characters of a link's secret: 132 bits, beyond guessing."""


def page_key(folder: Path) -> bytes:
    """The key of this installation's links, made once and readable by its owner alone.

    Links are made from it again at each start, so that they can be printed although only their hashes are stored.
    """
    path = folder / KEY_FILE
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        path.chmod(0o600)
        return path.read_bytes()
    key = secrets.token_bytes(KEY_BYTES)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key


def page_secret(key: bytes, member_id: int) -> str:
    """The secret in the address of a member's page."""
    mark = hmac.new(key, f"page:{member_id}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mark).decode()[:SECRET_LENGTH]


def visitor(app: App, secret: str) -> Member | None:
    """Whose page this secret opens; None for every other secret."""
    owner = links.link_owner(app.db, secret, "page", app.clock())
    return members.member(app.db, owner) if owner is not None else None
