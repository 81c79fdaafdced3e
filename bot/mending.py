"""What the operating system refuses, as something that the operator can mend."""

from __future__ import annotations

import errno
from pathlib import Path

from storage.faults import Mendable

FULL = (errno.ENOSPC, errno.EDQUOT)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def file_trouble(error: OSError, folder: Path) -> Mendable | None:
    """The fault of a file or of the disk under it; None where no file was at fault.

    `folder` is named where the disk is full and the system does not say which file it was writing.
    """
    if error.errno in FULL:
        return Mendable("disk_full", folder=str(error.filename or folder))
    if error.filename is None:
        return None
    file = str(error.filename)
    if error.errno in FORBIDDEN:
        return Mendable("file_forbidden", file=file)
    return Mendable("file_trouble", file=file, reason=str(error.strerror))
