"""Signs of life for a service manager (sd_notify): one that hangs is started again, and the inbox is answered then.

The protocol is one datagram to the socket that the manager names in the environment, so no library stands behind it.
Source: sd_notify(3), "READY=1" and "WATCHDOG=1".
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket

logger = logging.getLogger(__name__)


async def keep_alive() -> None:
    """Tell the manager that everything is open, then that the event loop turns, until cancelled.

    Nothing is told where no manager asks: no NOTIFY_SOCKET, or no WATCHDOG_USEC.
    """
    if not os.environ.get("NOTIFY_SOCKET"):
        return
    _tell(b"READY=1")
    patience = int(os.environ.get("WATCHDOG_USEC", "0")) / 1_000_000
    while patience:
        _tell(b"WATCHDOG=1")
        await asyncio.sleep(patience / 3)


def _tell(state: bytes) -> None:
    name = os.environ["NOTIFY_SOCKET"]
    address = "\0" + name[1:] if name.startswith("@") else name  # @ stands for the abstract namespace
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.sendto(state, address)
    except OSError as error:  # whoever started us is gone; members are served all the same
        logger.warning("the service manager cannot be told: %s", error.strerror)
