# SPDX-License-Identifier: EUPL-1.2
"""A conversation with a server that ends in time, also when the other side keeps it alive with a byte now and then."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from .fouten import NietVerstuurd


class Termijn:
    """The time that a conversation gets. When it is over, the socket that it holds is shut."""

    def __init__(self, seconds: float) -> None:
        self.om = False
        self._held: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def holds(self, sock: socket.socket | None) -> None:
        """From now on this socket is shut in time."""
        with self._lock:
            self._held = sock
        if self.om:
            self._shut()

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.cancel()
        with self._lock:
            self._held = None

    def _shut(self) -> None:
        with self._lock:
            self.om = True
            if self._held is not None:
                with suppress(OSError):  # The socket under TLS: nothing is said any more.
                    socket.socket.shutdown(self._held, socket.SHUT_RDWR)


@contextmanager
def in_time(seconds: float) -> Iterator[Termijn]:
    """A conversation of at most `seconds`. Whatever goes wrong with the network becomes `NietVerstuurd`, which repeats nothing
    of what the other side said."""
    termijn = Termijn(seconds)
    termijn.start()
    try:
        yield termijn
    except NietVerstuurd as nee:
        if termijn.om and not nee.definitief:
            raise NietVerstuurd("geen_antwoord") from None
        raise
    except ssl.SSLError:
        raise NietVerstuurd("geen_antwoord" if termijn.om else "niet_veilig") from None
    except TimeoutError:
        raise NietVerstuurd("geen_antwoord") from None
    except (ConnectionRefusedError, socket.gaierror):
        raise NietVerstuurd("geen_verbinding") from None
    except (OSError, EOFError):
        raise NietVerstuurd("geen_antwoord" if termijn.om else "afgebroken") from None
    finally:
        termijn.stop()
