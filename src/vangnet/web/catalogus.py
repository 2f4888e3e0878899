# SPDX-License-Identifier: EUPL-1.2
"""Lets Babel read Django templates, and the sentences of refusals; the steps for the catalogue stand in
conf/locale/babel.cfg."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import IO, Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract_django(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Iterable[str], options: Mapping[str, Any]
) -> Iterator[Any]:
    """The messages of one Django template, as Babel expects them from an extractor."""
    source = templatize(fileobj.read().decode("utf-8"))
    # Babel parses the result as Python; the filler that templatize leaves between the calls is no statement.
    calls = "\n".join(_calls(source))
    yield from extract_python(BytesIO(calls.encode("utf-8")), keywords, list(comment_tags), dict(options))


def extract_code(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Iterable[str], options: Mapping[str, Any]
) -> Iterator[Any]:
    """The messages of a Python file: what is marked, and of every refusal the sentence that its docstring begins with."""
    source = fileobj.read()
    yield from extract_python(BytesIO(source), keywords, list(comment_tags), dict(options))
    tree = ast.parse(source)
    refusals = {"Weigering"}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and ({b.id for b in node.bases if isinstance(b, ast.Name)} & refusals):
            refusals.add(node.name)
            if sentence := (ast.get_docstring(node) or "").partition("\n")[0]:
                yield node.lineno, "_", sentence, []


def _calls(source: str) -> Iterator[str]:
    """Only the gettext calls of a templatized source, each on the line where it stood."""
    for line in source.splitlines():
        parts = []
        at = 0
        while (start := _next_call(line, at)) >= 0:
            end = _closing(line, start)
            parts.append(line[start:end])
            at = end
        yield "; ".join(parts)


def _next_call(line: str, at: int) -> int:
    found = [
        place
        for name in ("gettext(", "ngettext(", "pgettext(", "npgettext(", " _(")
        if (place := line.find(name, at)) >= 0
    ]
    return min(found, default=-1)


def _closing(line: str, start: int) -> int:
    depth = 0
    quote = ""
    skip = False
    for place in range(line.index("(", start), len(line)):
        sign = line[place]
        if skip:
            skip = False
        elif sign == "\\":
            skip = True
        elif quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "()":
            depth += 1 if sign == "(" else -1
            if not depth:
                return place + 1
    return len(line)
