"""Where a Chinese font lies on this machine: printed cards and pictures need one, and none is small enough to ship."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts").expanduser(),
    Path("/System/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)
KNOWN = (
    ("NotoSansCJK-Regular.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", 0),
    ("NotoSansSC-Regular.ttf", 0),
    ("SourceHanSansSC-Regular.otf", 0),
    ("wqy-zenhei.ttc", 0),
    ("wqy-microhei.ttc", 0),
    ("DroidSansFallbackFull.ttf", 0),
    ("PingFang.ttc", 0),
    ("msyh.ttc", 0),
    ("simhei.ttf", 0),
)
"""File names, best first, with the place of the simplified Chinese face in the file."""


@dataclass(frozen=True)
class ChineseFont:
    """A font with simplified Chinese characters."""

    file: Path
    """Where it lies."""
    face: int
    """Which of the file's faces; 0 where it holds one."""


def chinese_font() -> ChineseFont | None:
    """The best that is installed, None where there is none (Debian: fonts-noto-cjk)."""
    there = {file.name: file for folder in FOLDERS if folder.is_dir() for file in folder.rglob("*.[to]t[cf]")}
    return next((ChineseFont(there[name], face) for name, face in KNOWN if name in there), None)
