# SPDX-License-Identifier: EUPL-1.2
"""Log lines: one JSON object a line on stderr, and nothing in it that may name a person."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType

GEHEIM = re.compile(r"(/(?:agenda|uitnodiging)/)[^\s'\"?]+")
"""Addresses that are themselves a secret: whoever reads the log must not be able to open them."""


def frames(trace: TracebackType | None) -> list[str]:
    """Where an exception came by, innermost last: file:line function, without any value."""
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


class LineFormatter(logging.Formatter):
    """Writes a record as one line of JSON.

    Of an exception it keeps the class and the places it came by, not its text: the text of a database error quotes
    the row, and the row may be a child.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "tijd": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "bron": record.name,
            "bericht": GEHEIM.sub(r"\1...", record.getMessage()),
        }
        status = getattr(record, "status_code", None)
        if status is not None:
            line["status"] = status
        if record.exc_info and record.exc_info[0] is not None:
            line["fout"] = record.exc_info[0].__qualname__
            line["langs"] = frames(record.exc_info[2])[-12:]
        return json.dumps(line, ensure_ascii=False, default=str)
