# SPDX-License-Identifier: EUPL-1.2
"""A mailbox and a gateway on this machine, for the demo and the tests: they really receive, and keep what came in a folder."""

from __future__ import annotations

import hmac
import itertools
import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from vangnet.conf import clock
from vangnet.messages import proef
from vangnet.messages.sein import HANDTEKENING, IDEMPOTENTIE, MOMENT, sign

HANGT = 30.0
"""Seconds that a gateway that hangs says nothing."""
GROOTSTE = 64 * 1024
TE_OUD = 300
"""Seconds that the moment of a signature may differ from the clock: an older one may be a repeat by somebody else."""
_teller = itertools.count()


def _name(soort: str) -> str:
    return f"{clock.real_milliseconds()}-{next(_teller):06d}{soort}"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Mailbus:
    """Takes every mail on loopback and keeps it as it came."""

    def __init__(self, map_: Path, poort: int = 0) -> None:
        self._map, self.poort = map_, poort or _free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.poort)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        proef.keep(self._map, _name(".eml"), envelope.content)
        return "250 bewaard"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()


class Seinbus:
    """A gateway on loopback: checks the signature, keeps what came in, and answers as its mood is. `gedrag` says per message
    which mood (`messages.proef`); else the folder does."""

    def __init__(
        self,
        map_: Path,
        sleutel: bytes,
        poort: int = 0,
        gedrag: Callable[[str], str] | None = None,
        hangt: float = HANGT,
    ) -> None:
        self._map, self._sleutel, self._hangt = map_, sleutel, hangt
        self._gedrag = gedrag or (lambda _: proef.mood(map_))
        bus = self

        class Vraag(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                bus._take(self)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: numbers of people do not belong in a log."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that is gone is what this server is for."""

        self._server = Server(("127.0.0.1", poort), Vraag)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/berichten"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True, name="poort van de proef").start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _take(self, vraag: BaseHTTPRequestHandler) -> None:
        lengte = int(vraag.headers.get("Content-Length") or 0)
        if not 0 < lengte <= GROOTSTE:
            self._answer(vraag, 413)
            return
        inhoud = vraag.rfile.read(lengte)
        moment = vraag.headers.get(MOMENT, "")
        goed = hmac.compare_digest(vraag.headers.get(HANDTEKENING, ""), sign(self._sleutel, moment, inhoud))
        goed = goed and moment.isdecimal() and abs(clock.now().timestamp() - int(moment)) <= TE_OUD
        id_ = vraag.headers.get(IDEMPOTENTIE, "")
        stemming = self._gedrag(id_)
        if stemming == proef.HANGT:
            time.sleep(self._hangt)
            vraag.close_connection = True
            return
        if not goed or stemming in (proef.WEIGERT, proef.STORING):
            self._answer(vraag, 401 if not goed else 403 if stemming == proef.WEIGERT else 503)
            return
        sein = json.loads(inhoud) | {"goed": goed}
        self.accept(id_, sein)
        if stemming == proef.VALT:
            vraag.close_connection = True
            return
        self._answer(vraag, 202)

    def accept(self, id_: str, sein: dict[str, Any]) -> None:
        """Keep what was accepted."""
        proef.keep(self._map, _name(".json"), json.dumps(sein, ensure_ascii=False).encode())

    def _answer(self, vraag: BaseHTTPRequestHandler, status: int) -> None:
        vraag.send_response(status)
        vraag.send_header("Content-Length", "0")
        vraag.end_headers()


def main(words: list[str]) -> None:
    """`python -m vangnet.cli.proefpost FOLDER MAIL-PORT GATEWAY-PORT`: both, until the one who started it is gone."""
    from vangnet.conf import lifeline

    map_ = Path(words[0])
    Mailbus(map_, int(words[1])).start()
    Seinbus(map_, (map_ / "sleutel").read_bytes().strip(), int(words[2])).start()
    lifeline.end_with_parent()
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1:])
