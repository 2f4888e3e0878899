# SPDX-License-Identifier: EUPL-1.2
"""A log line is one line, and what an exception quotes stays out of it."""

import json
import logging
import sys

from vangnet.conf.logs import LineFormatter


def record(message: str, *, with_exception: bool = False) -> logging.LogRecord:
    trouble = None
    if with_exception:
        try:
            raise ValueError("Key (bsn)=(999990019) already exists")
        except ValueError:
            trouble = sys.exc_info()
    return logging.LogRecord("vangnet.proef", logging.ERROR, __file__, 1, message, (), trouble)


def test_one_line_of_json() -> None:
    line = LineFormatter().format(record("eerste\nvervalste tweede"))
    assert "\n" not in line
    found = json.loads(line)
    assert found["bericht"] == "eerste\nvervalste tweede"
    assert found["niveau"] == "ERROR"
    assert found["tijd"].endswith("+00:00")


def test_an_exception_gives_class_and_places_but_no_values() -> None:
    line = LineFormatter().format(record("mislukt", with_exception=True))
    assert "999990019" not in line
    found = json.loads(line)
    assert found["fout"] == "ValueError"
    assert found["langs"][0].startswith("test_logregels.py:")


def test_an_address_that_is_a_secret_stays_out_of_the_log() -> None:
    for said, kept in (
        ("Method Not Allowed (PROPFIND): /agenda/geheim-123.ics", "Method Not Allowed (PROPFIND): /agenda/..."),
        ("Internal Server Error: /uitnodiging/a_b-c?x=1", "Internal Server Error: /uitnodiging/...?x=1"),
        ("Not Found: /dienst", "Not Found: /dienst"),
    ):
        assert json.loads(LineFormatter().format(record(said)))["bericht"] == kept
