"""What a file is, told by what stands in it: names and endings lie."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

Kind = Literal["docx", "pdf", "mht", "html", "markdown", "text"]
Fault = Literal[
    "empty", "old_word", "rtf", "ofd", "other_office", "picture", "sound", "unknown", "broken", "locked", "no_text",
    "garbled", "packed", "pages", "long",
]  # fmt: skip
"""Why a file cannot be taken; the sentences stand in documents.toml."""

MOST_UNPACKED = 64 << 20
"""Bytes that a packed file may unpack to: the largest real document seen has a tenth of it without its pictures."""
MOST_MEMBERS = 2000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""Names the part of a new Word file with a password, which comes wrapped like an old one."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_WEB_PICTURE, _PHONE_PICTURES = b"WEBP", (b"heic", b"heix", b"mif1", b"avif")
"""What tells a picture whose file begins like a sound: RIFF, ftyp."""
_SOUNDS = (b"OggS", b"ID3", b"fLaC", b"#!AMR", b"RIFF", b"\x1aE\xdf\xa3")
_TAG = re.compile(r"<(!doctype html|html|head|body|table|div|p|h1)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,6} \S|^\s*[-*+] \S|\*\*\S|^\|.+\|$|^> ", re.MULTILINE)
_NOT_WRITTEN = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 4096
_MHT = re.compile(rb"^Content-Type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_MOST_SPOILED = 0.1
"""Share of characters that cannot be read, up to which it is a text that was damaged and not another kind of file."""


class Refused(Exception):
    """The file cannot be taken."""

    def __init__(self, fault: Fault, **values: int) -> None:
        super().__init__(fault)
        self.fault: Fault = fault
        self.values = values


def kind_of(data: bytes) -> Kind:
    """What can be read in these bytes. Raises Refused for what holds no text that we read."""
    if not data.strip():
        raise Refused("empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(_OLD_OFFICE):
        raise Refused("locked" if _LOCKED in data else "old_word")
    if data.startswith(b"{\\rtf"):
        raise Refused("rtf")
    if data.startswith(_PICTURES) or data[8:12] in (_WEB_PICTURE, *_PHONE_PICTURES):
        raise Refused("picture")
    if data.startswith(_SOUNDS) or data[4:8] == b"ftyp":
        raise Refused("sound")
    if _MHT.search(data[:_HEAD]):
        return "mht"
    return _written(decoded(data))


def decoded(data: bytes) -> str:
    """The text of a file without marks of its encoding: UTF-8, UTF-16 with its mark, else GB 18030.

    Raises Refused: where bytes are spoiled nobody knows what stood there, and figures must not be guessed.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    nearly = min((data.decode(each, "replace") for each in encodings), key=lambda text: text.count("\ufffd"))
    raise Refused("broken" if nearly.count("\ufffd") <= _MOST_SPOILED * len(nearly) else "unknown")


def _packed(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = file.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused("broken") from error
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_UNPACKED:
        raise Refused("packed")
    names = {each.filename for each in members}
    if "word/document.xml" in names:
        return "docx"
    if "OFD.xml" in names:
        raise Refused("ofd")
    raise Refused("other_office")


def _written(text: str) -> Kind:
    if _NOT_WRITTEN.search(text):
        raise Refused("unknown")
    if _TAG.search(text[:_HEAD]):
        return "html"
    return "markdown" if len(_MARKDOWN.findall(text)) > 1 else "text"
