# SPDX-License-Identifier: EUPL-1.2
"""What people, programs and attackers send: odd values, spoiled forms, wrong files and JSON that nobody asked for."""

from __future__ import annotations

import json
from random import Random
from typing import Any
from urllib.parse import quote_from_bytes

MERK = "xss-7f3a"
"""Occurs in nothing of ours; where it comes out as mark-up, as an attribute or as an address, something was not escaped."""
SCRIPT = (
    f"<{MERK}>", f'"><{MERK} x="', f"'><{MERK} x='", f"</script><{MERK}>", f"</textarea><{MERK}>", f"<!--<{MERK}>-->",
    f'" on{MERK}="1', f"' on{MERK}='1", f" on{MERK}=1 ", f"javascript:alert('{MERK}')", f"data:text/html,<{MERK}>",
    f"{{{{ '<{MERK}>'|safe }}}}", f"{{% debug %}}<{MERK}>", f"\\u003c{MERK}\\u003e", f"&lt;{MERK}&gt;<{MERK}>", f"]]><{MERK}>",
    f"${{'<{MERK}>'}}", f"`<{MERK}>`", f"<svg/on{MERK}=1>", f"<{MERK}\n>", f"<\x00{MERK}>",
)  # fmt: skip
ELDERS = (
    f"//{MERK}.example", f"https://{MERK}.example/", f"/\\{MERK}.example", f"\\\\{MERK}.example", f"http:///{MERK}.example",
    f"/%2f{MERK}.example", f"/\t/{MERK}.example", f"https:{MERK}.example", f"javascript:{MERK}", f"/ok\r\nX-{MERK}: 1",
)  # fmt: skip
"""Ways to another site, for whatever leads on."""
FORMULES = (
    f'=HYPERLINK("http://{MERK}")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    ";=1+1",
)
TEKST = (
    "", " ", "\t\n", "\x00", "a\x00b", "x" * 300, "x" * 25_000, "9" * 400, "👶🏽🚑👨‍👩‍👧‍👦", "\u202egnagtiu\u202c", "\ufeffbom", "e\u0301" * 200,
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A", "\ud800", "\udfff\ud800", "\uffff", "ﷺ" * 40, "ß" * 121, "İ" * 90, "\u200b", "\x1b[31m", "\x7f", "\x85",
    "' or 1=1; drop table casework_casus; --", "\" or \"\"=\"", "1); select pg_sleep(9); --", "$$;select 1;$$", "\\'; --", "%' or '1'='1", "_%",
    "{{ 7*7 }}{% debug %}", "%s %(a)s %n {0} {naam} {0.__class__}", "${7*7}", "#{7*7}", "../../etc/passwd", "..\\..\\x", "con", "|id", "$(id)", "`id`",
    "null", "undefined", "None", "true", "[]", "{}", '{"a": 1}', '"\\u0000"', "[" * 5_000, "<x>" * 900, "&#0;", "\r\nSet-Cookie: a=b",
    "ja", "nee", "on", "off", "onbekend", "x" * 121, "x" * 255, "a@b", "a" * 250 + "@b.nl", "a@b.nl\nBcc: c@d.nl", "06", "+31 6 12345678", "tel:112",
)  # fmt: skip
TIJD = (
    "29-02-2023", "2023-02-29", "31-04-2024", "00-00-0000", "2024-13-01", "2024-03-31T02:30", "2024-10-27T02:30", "0001-01-01T00:00",
    "9999-12-31T23:59", "0001-01-01T00:00+14:00", "9999-12-31T23:59:59-14:00", "2024-05-16T21:52:00+99:00", "2024-05-16T25:00",
    "1900-01-01T00:00+23:59", "2024-W20-4", "2024-05-16T22", "20240516T221000Z", "16 mei 2024", "gisteren", "24:00", "-1:30", "2100-12-31",
    "2024-05-16T22:10", "2024-05-16", "2024-05-17T09:00", "16-05-2024", "1e3-01-01", "٢٠٢٤-٠٥-١٦", "2024-05-16T22:10:61", "2024-05-16 22:10:00.123456789",
)  # fmt: skip
GETAL = (
    "0",
    "-1",
    "1e9",
    "NaN",
    "Infinity",
    "-0",
    "٣",
    "²",
    "½",
    "1,5",
    "1.5",
    "0x10",
    "1_000",
    "2147483648",
    "9223372036854775808",
    "123456789",
    "111222333",
)
SLEUTEL = (
    "00000000-0000-0000-0000-000000000000",
    "g" * 36,
    "{00000000-0000-0000-0000-000000000001}",
    "urn:uuid:" + "0" * 32,
    "0" * 32,
    "1",
    "a.b.c.d",
    ".",
    "x" * 90,
)
SOORTEN = (SCRIPT, ELDERS, FORMULES, TEKST, TIJD, GETAL, SLEUTEL)
TALEN = ("application/json", "text/plain", "text/xml", "multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded; charset=utf-7",
         "application/x-www-form-urlencoded; charset=onzin", "application/octet-stream", "", "image/png", "application/json; charset=utf-16", "a" * 300)  # fmt: skip


def odd(kies: Random, ids: list[str]) -> str:
    """One odd value; sometimes the id of something, of mine or of others."""
    if ids and kies.random() < 0.15:
        return kies.choice(ids)
    value = kies.choice(kies.choice(SOORTEN))
    if kies.random() < 0.1:
        value += kies.choice(kies.choice(SOORTEN))
    return value


Fields = list[tuple[str, str]]


def spoil(kies: Random, fields: Fields, ids: list[str], names: list[str]) -> Fields:
    """A form with one to three things wrong: another value, gone, doubled, a strange name, or nothing wrong at all."""
    uit = list(fields)
    for _ in range(kies.choice((0, 1, 1, 1, 2, 3))):
        doen = kies.random()
        plek = kies.randrange(len(uit)) if uit else 0
        if doen < 0.62 and uit:
            uit[plek] = (uit[plek][0], odd(kies, ids))
        elif doen < 0.74 and uit:
            uit.pop(plek)
        elif doen < 0.84 and uit:
            uit.insert(plek, (uit[plek][0], odd(kies, ids)))
        elif doen < 0.94:
            uit.append((kies.choice(names), odd(kies, ids)))
        else:
            uit.append((odd(kies, ids)[:300], odd(kies, ids)))
    return uit


def as_form(fields: Fields) -> bytes:
    """The fields as a browser sends them; halves of a surrogate pair as bytes that are no UTF-8."""
    return b"&".join(
        b"=".join(quote_from_bytes(word.encode("utf-8", "surrogatepass"), safe="").encode() for word in pair)
        for pair in fields
    )


def as_multipart(kies: Random, fields: Fields, files: list[tuple[str, str, bytes]]) -> tuple[bytes, str]:
    """The fields and files, and the content type with its boundary."""
    grens, delen = "grens7f3a", []
    for naam, waarde in fields:
        veilig = naam.replace('"', "%22").replace("\r", "").replace("\n", "")
        kop = f'--{grens}\r\nContent-Disposition: form-data; name="{veilig}"\r\n\r\n'
        delen.append(kop.encode("utf-8", "surrogatepass") + waarde.encode("utf-8", "surrogatepass") + b"\r\n")
    for naam, bestand, inhoud in files:
        soort = kies.choice(("text/csv", "application/pdf", "text/html", "onzin", "text/csv; charset=utf-16"))
        kop = f'--{grens}\r\nContent-Disposition: form-data; name="{naam}"; filename="{bestand}"\r\nContent-Type: {soort}\r\n\r\n'
        delen.append(kop.encode("utf-8", "surrogatepass") + inhoud + b"\r\n")
    einde = f"--{grens}--\r\n" if kies.random() < 0.9 else ""
    return b"".join(delen) + einde.encode(), f"multipart/form-data; boundary={grens}"


def files(kies: Random) -> list[tuple[str, str, bytes]]:
    """One or two files that are not what was asked for."""
    namen = (
        "lijst.csv",
        "../../lijst.csv",
        f"<{MERK}>.csv",
        "\u202evsc.exe",
        "",
        "a" * 300 + ".csv",
        "x.csv\x00.exe",
        "con.csv",
        "=1+1.csv",
    )
    inhouden = (
        b"", b"\x00\x01\x02", b"PK\x03\x04" + b"\x00" * 40, "naam;soort\n".encode("utf-16"), b"\xff\xfe\x00", b'"open;\n' * 50,
        b"naam;soort;gemeente;telefoon\n=1+1;crisisdienst;;\n" + f"<{MERK}>;toegang;Heerlen;".encode(), b";" * 9000, b"a,b\r\n1,2,3,4\r\n", b"x" * 1_100_000,
        b"naam\n" + b"rij\n" * 3000, "naam;soort\nÇa va 👶;crisisdienst\n".encode("cp1252", "replace"),
    )  # fmt: skip
    return [(kies.choice(("bestand", "bestand", "tekst", "foto")), kies.choice(namen), kies.choice(inhouden)) for _ in range(kies.choice((1, 1, 2)))]  # fmt: skip


def spoiled_json(kies: Random, good: Any, ids: list[str]) -> bytes:
    """A body of JSON: the good one with something wrong in it, or something that is hardly JSON at all."""
    doen = kies.random()
    if doen < 0.12:
        return kies.choice((
            b"", b"{", b"[]", b"null", b"NaN", b'"x"', b"1e999", b"[" * 9000, b'{"a":' * 500, b"\xff\xfe{\x00}\x00", b'{"a": NaN, "b": -Infinity}', b"{'a': 1}",
            b'{"' + b"k" * 70_000 + b'": 1}', b'{"a": "\\ud800"}', b"\xef\xbb\xbf{}", b'{"a": 1} {"b": 2}', b"[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]", b'{"a": 1,}',
            b'{"a": 12345678901234567890123456789012345678901234567890}',
        ))  # fmt: skip
    text = json.dumps(_spoiled(kies, good, ids), ensure_ascii=kies.random() < 0.5)
    body = text.encode("utf-8", "surrogatepass")
    if doen < 0.2 and isinstance(good, dict) and good:
        key = json.dumps(kies.choice(list(good)))
        return b"{" + key.encode() + b": 1, " + body.lstrip(b"{")  # the same key twice
    return body


def _spoiled(kies: Random, value: Any, ids: list[str]) -> Any:
    if isinstance(value, dict) and value and kies.random() < 0.85:
        uit = dict(value)
        key = kies.choice(list(uit))
        doen = kies.random()
        if doen < 0.15:
            del uit[key]
        elif doen < 0.3:
            uit[odd(kies, ids)[:80]] = _any(kies, ids)
        else:
            uit[key] = _spoiled(kies, uit[key], ids)
        return uit
    if isinstance(value, list) and value and kies.random() < 0.7:
        uit_lijst = list(value)
        plek = kies.randrange(len(uit_lijst))
        uit_lijst[plek] = _spoiled(kies, uit_lijst[plek], ids)
        return uit_lijst
    return _any(kies, ids)


def _any(kies: Random, ids: list[str]) -> Any:
    """Anything JSON can say."""
    diep: Any = "diep"
    for _ in range(40):
        diep = [diep]
    return kies.choice((None, True, False, 0, -1, 1.5, 10**20, -(10**40), "", [], {}, [None], {"": ""}, [[]] * 300, diep, odd(kies, ids), odd(kies, ids), odd(kies, ids)))  # fmt: skip
