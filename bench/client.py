# SPDX-License-Identifier: EUPL-1.2
"""One browser, as the measurements use it."""

from __future__ import annotations

import http.client
import re
from urllib.parse import urlencode


class Client:
    """One browser: a kept connection, the cookies of a signed-in person, and the token of a page."""

    def __init__(self, port: int, session: str) -> None:
        self.key, self.organisation = session.split(":")
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies = {"sessie": self.key}
        self.token = ""
        body = self.ask("GET", "/melding/nieuw")[1]
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', body)
        if found is None:
            raise SystemExit("geen CSRF-token op /melding/nieuw")
        self.token = found.group(1)
        self.turn = 0

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Accept-Encoding": "gzip",
        } | headers
        body = None
        if fields is not None:
            body = urlencode({"csrfmiddlewaretoken": self.token} | fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.link.request(method, path, body, headers)
        answer = self.link.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        text = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {text[:300]!r}")
        return answer.status, text.decode("utf-8", "replace")
