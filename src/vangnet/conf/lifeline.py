# SPDX-License-Identifier: EUPL-1.2
"""Ends a process when the one that started it is gone, however that went: nothing is left holding a port."""

import os
import signal
import threading
import time

WORKER = "VANGNET_WERKPROCES"
"""Set by `vangnet serve`: its worker processes end with it."""
GRACE = 5.0
"""Seconds between the request to end and the end."""


def end_with_parent() -> None:
    """From now on this process ends (asked first, then at once) within a second or so of its parent."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="ends with its parent").start()
