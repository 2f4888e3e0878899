# SPDX-License-Identifier: EUPL-1.2
"""The form beside the answer: every field with what was typed in it and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from vangnet.rules.tekst import dag_in_woorden
from vangnet.web.afspraken.invoer import Invoer, field_id
from vangnet.web.afspraken.velden import FIRST_FORMS, MAIN, OFTEN, Feit, feiten, vormen, word
from vangnet.web.templatetags.vangnet import language

TEMPLATES = {"keuze": "keuze", "janee": "janee", "getal": "tekst", "dag": "tekst", "moment": "tekst"}


def build(invoer: Invoer, regios: Sequence[Mapping[str, Any]], gekozen: str) -> dict[str, Any]:
    """The fields in reading order; municipalities and forms of help are those of the chosen region."""
    region = next((one for one in regios if one["sleutel"] == gekozen), {"gemeenten": [], "vormen": []})
    gemeenten = region["gemeenten"]
    faults = {fault.veld: fault for fault in invoer.fouten}
    known = feiten()
    main: list[dict[str, Any]] = [
        _choice("regio", _("Regio"), [(one["sleutel"], one["naam"]) for one in regios], invoer, faults, leeg=_("Kies een regio")),
        _choice("gemeente", _("Gemeente"), [(one["cbs"], one["naam"]) for one in gemeenten], invoer, faults, leeg=_("Onbekend")),
    ]  # fmt: skip
    chosen = _municipality(invoer.een("gemeente"), gemeenten)
    if chosen:
        main[1]["keuzes"] = [{**one, "aan": one["waarde"] == chosen} for one in main[1]["keuzes"]]
    hint = dag_in_woorden(invoer.op.date(), language()) if invoer.op else _("zoals 17-05-2024")
    main = [{"soort": "rij", "sjabloon": "afspraken/velden/rij.html", "velden": main}]
    moment = [
        _text("dag", _("Dag van de melding"), invoer, faults, hint=hint),
        _text("tijd", _("Tijd"), invoer, faults, hint=_("zoals 21:40"), kort=True),
    ]
    main.append({"soort": "rij", "sjabloon": "afspraken/velden/rij.html", "velden": moment})
    main += [_fact(known[path], invoer, faults) for path in MAIN[:-1]]
    forms = _forms(invoer, faults, region["vormen"])
    main.append(forms)
    main.append(_fact(known[MAIN[-1]], invoer, faults))

    filled = [path for path in known if invoer.een(path) and path not in MAIN]
    more = [_fact(known[path], invoer, faults) for path in dict.fromkeys([*OFTEN, *filled])]
    more.insert(0, _text("start", _("Start van de hulp"), invoer, faults, hint=_("leeg: op het moment van de melding")))
    flat = [one for entry in [*main, *more] for one in entry.get("velden", [entry])]
    return {
        "hoofd": main,
        "velden": flat,
        "dag": moment[0],
        "gemeente": main[0]["velden"][1],
        "vormen": forms,
        "meer": more,
        "meer_ingevuld": len(filled) + bool(invoer.een("start")),
        "lezingen": [text for text in invoer.alle("lezing") if text],
    }


def _municipality(typed: str, gemeenten: Sequence[Mapping[str, str]]) -> str:
    """The CBS code of what was typed, which may also be a name."""
    for one in gemeenten:
        if typed and typed.lower() in (one["cbs"].lower(), one["naam"].lower()):
            return one["cbs"]
    return ""


def _base(name: str, label: str, kind: str, invoer: Invoer, faults: Mapping[str, Any]) -> dict[str, Any]:
    fault = faults.get(name)
    return {
        "naam": name, "id": field_id(name), "label": label, "sjabloon": f"afspraken/velden/{kind}.html",
        "waarde": invoer.een(name), "fout": fault,
    }  # fmt: skip


def _text(
    name: str, label: str, invoer: Invoer, faults: Mapping[str, Any], *, hint: str = "", kort: bool = False,
    mode: str = "text",
) -> dict[str, Any]:  # fmt: skip
    return {**_base(name, label, "tekst", invoer, faults), "hint": hint, "kort": kort, "modus": mode}


def _choice(
    name: str, label: str, choices: Sequence[tuple[str, str]], invoer: Invoer, faults: Mapping[str, Any], *,
    leeg: str = "",
) -> dict[str, Any]:  # fmt: skip
    typed = invoer.een(name)
    options = [{"waarde": value, "tekst": text, "aan": value == typed} for value, text in choices]
    if typed and not any(option["aan"] for option in options):
        # What was typed stays visible, also when it is no valid choice.
        options.insert(0, {"waarde": typed, "tekst": typed, "aan": True})
    return {**_base(name, label, "keuze", invoer, faults), "keuzes": options, "leeg": leeg}


def _fact(fact: Feit, invoer: Invoer, faults: Mapping[str, Any]) -> dict[str, Any]:
    if fact.soort == "keuze" and (len(fact.keuzes) > 3 or fact.pad == "betrokken.gi"):
        choices = [(value, word(value)) for value in fact.keuzes]
        return _choice(fact.pad, fact.label, choices, invoer, faults, leeg=_("Nog niet bekend"))
    if fact.soort in ("keuze", "janee"):
        typed = invoer.een(fact.pad)
        options = [{"waarde": value, "tekst": word(value), "aan": value == typed} for value in fact.keuzes]
        if "onbekend" not in fact.keuzes:
            options.append({"waarde": "", "tekst": _("Weet niet"), "aan": not typed})
        return {**_base(fact.pad, fact.label, "janee", invoer, faults), "keuzes": options}
    hint = {"moment": _("zoals 17-05-2024 23:10"), "dag": _("zoals 17-05-2024")}.get(fact.soort, "")
    mode = "numeric" if fact.soort == "getal" else "text"
    return _text(fact.pad, fact.label, invoer, faults, hint=hint, kort=fact.soort == "getal", mode=mode)


def _forms(invoer: Invoer, faults: Mapping[str, Any], own: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The forms of help by the names of the region; what it does not know unfolds, so that it can still be asked."""
    typed = invoer.alle("vorm")
    first = dict(own) or {form: word(form) for form in FIRST_FORMS}
    names = {**first, **{form: word(form) for form in vormen() if form not in first}}
    options = [
        {"waarde": form, "tekst": name, "aan": form in typed, "meteen": form in first or form in typed}
        for form, name in names.items()
    ]
    return {**_base("vorm", _("Welke hulp?"), "vormen", invoer, faults), "keuzes": options}


def summary(invoer: Invoer, regios: Sequence[Mapping[str, Any]], gekozen: str) -> str:
    """The situation in one line, for the head of the page and for paper."""
    if invoer.leeg:
        return ""
    known = feiten()
    parts = []
    chosen = next((one for one in regios if one["sleutel"] == gekozen), None)
    region, gemeenten = (chosen["naam"], chosen["gemeenten"]) if chosen else ("", [])
    code = _municipality(invoer.een("gemeente"), gemeenten)
    place = next((one["naam"] for one in gemeenten if one["cbs"] == code), "")
    if region:
        parts.append(f"{place}, {region}" if place else region)
    if invoer.op:
        parts.append(f"{dag_in_woorden(invoer.op.date(), language())} {invoer.op:%H:%M}")
    caller = invoer.een("melding.melder")
    if caller in known["melding.melder"].keuzes:
        parts.append(_("%(wie)s belt") % {"wie": word(caller).lower() if len(caller) > 3 else word(caller)})
    crisis = {"ja": _("crisis"), "nee": _("geen crisis")}.get(invoer.een("inschatting.crisis"))
    if crisis:
        parts.append(crisis)
    forms = [word(form).lower() for form in invoer.alle("vorm") if form in vormen()]
    if forms:
        parts.append(", ".join(forms))
    return " · ".join(parts)
