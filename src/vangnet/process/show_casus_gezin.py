# SPDX-License-Identifier: EUPL-1.2
"""Of a casus the people: children, family, addresses, consent, where a child is tonight, and who takes part."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Organisatie
from vangnet.casework.models import Adres
from vangnet.rules.advies import Advies
from vangnet.rules.tekst import T

from . import gezinskaart, record_consent
from .acties import slaapplek, vormnaam
from .beeld import apart, korte_naam
from .dossier import Dossier
from .leeftijd import Leeftijd
from .verteller import Verteller, leeftijd_of

DEELNAAM = {
    "regie": T("regie"), "crisishulp": T("crisishulp"), "inschatting": T("mee op inschatting"), "meedenken": T("denkt mee"),
    "signaal": T("kreeg een signaal"), "rto": T("genodigd voor het RTO"), "hulp": T("geeft hulp"),
    "vervolg": T("vervolghulp"), "aanbod": T("is iets gevraagd"), "dossier": T("bewaart het dossier"),
}  # fmt: skip


def vannacht_of(d: Dossier, advies: Advies | None, te_zien: frozenset[str], v: Verteller) -> tuple[dict[str, Any], ...]:
    """Per child where it sleeps tonight, or that nobody knows; nothing of a casus that is closed."""
    if not te_zien & {"inzet", "gezin"} or d.casus.gesloten_op is not None:
        return ()
    uit = []
    for kind in d.kinderen:
        soort, inzet = slaapplek(d, kind)
        waar = (inzet.plaats or d.naam(inzet.aanbieder_id) or inzet.aanbieder_naam) if inzet else kind.waar_nu
        uit.append(
            {
                "id": str(kind.id),
                "kind": kind.voornaam or v.zin(T("het kind")),
                "soort": soort,
                "vorm": vormnaam(advies, inzet.vorm) if inzet else "",
                "waar": "" if d.casus.geheim else waar,
                "sinds": inzet.van if inzet else None,
                "nodig": d.waarde("inschatting.crisis") is True,
            }
        )
    return tuple(uit)


def mensen_of(d: Dossier, v: Verteller) -> list[gezinskaart.Mens]:
    """The people of the family as the family map draws them."""
    gezag = {"ja": T("gezag"), "nee": T("geen gezag"), "onbekend": T("gezag onbekend")}
    uit = []
    for p in d.mensen:
        regel = v.zin(T("gevaar")) if p.gevaar else v.zin(gezag.get(p.gezag, "")) or v.zin(ROLNAAM.get(p.rol, p.rol))
        uit.append(gezinskaart.Mens(p.rol, p.naam or v.zin(ROLNAAM.get(p.rol, p.rol)), regel, p.gevaar))
    for k in d.kinderen:
        leeftijd = leeftijd_of(d, k, v, kort=True)
        naam = k.voornaam or v.zin(T("kind"))
        uit.append(gezinskaart.Mens("jeugdige", f"{naam}, {leeftijd}" if leeftijd else naam, v.zin(T("jeugdige"))))
    return uit


ROLNAAM = {
    "moeder": T("moeder"), "vader": T("vader"), "stiefouder": T("stiefouder"), "partner_van_ouder": T("partner van ouder"),
    "pleegouder": T("pleegouder"), "voogd": T("voogd"), "broer": T("broer"), "zus": T("zus"), "oma": T("oma"),
    "opa": T("opa"), "familie": T("familie"), "netwerk": T("netwerk"), "huisarts": T("huisarts"), "school": T("school"),
    "hulpverlener": T("hulpverlener"), "tolk": T("tolk"), "anders": T("iemand anders"),
}  # fmt: skip
"""The roles of people as a person reads them."""


def kinderen_of(d: Dossier, te_zien: frozenset[str], v: Verteller) -> tuple[dict[str, Any], ...]:
    """The children, with as much as the parts in sight allow."""
    gezin = "gezin" in te_zien
    return tuple(
        {
            "id": str(k.id),
            "naam": (apart(f"{k.voornaam} {k.achternaam}".strip()) if gezin else korte_naam(k))
            or v.zin(T("kind zonder naam")),
            "voornaam": k.voornaam,
            "achternaam": k.achternaam if gezin else "",
            "leeftijd": d.leeftijd(k),
            "leeftijd_zin": leeftijd_of(d, k, v),
            "leeftijd_ingevuld": str(Leeftijd(k.leeftijd, k.leeftijd_duur)),
            "geboortedatum": k.geboortedatum if gezin else None,
            "ongeboren": k.ongeboren,
            "uitgerekend_datum": k.uitgerekend_datum if gezin else None,
            "bsn": k.bsn if gezin else "",
            "geslacht": k.geslacht if gezin else "",
            "sector": k.sector if gezin else "",
            "waar_nu": k.waar_nu if gezin and not d.casus.geheim else "",
        }
        for k in d.kinderen
    )


def personen_of(d: Dossier, te_zien: frozenset[str], v: Verteller) -> tuple[dict[str, Any], ...]:
    """The people around the children, with their numbers for who sees `contact`."""
    contact = "contact" in te_zien
    return tuple(
        {
            "id": str(p.id),
            "rol": p.rol,
            "rolnaam": v.zin(ROLNAAM.get(p.rol, p.rol)),
            "naam": p.naam,
            "geboortedatum": p.geboortedatum,
            "telefoon": p.telefoon if contact else "",
            "gezag": p.gezag,
            "woont_thuis": p.woont_thuis,
            "organisatie": p.organisatie,
            "taal": p.taal,
            "gevaar": p.gevaar,
            "opmerking": p.opmerking,
        }
        for p in sorted(d.mensen, key=lambda p: (list(ROLNAAM).index(p.rol) if p.rol in ROLNAAM else 99, p.naam))
    )


def addresses_of(d: Dossier, show_secret: bool = False) -> list[dict[str, Any]]:
    """The addresses; of a secret one nothing but that it is there, unless it was asked for."""
    kinderen = {k.id: k.voornaam for k in d.kinderen}
    personen = {p.id: p.naam or p.rol for p in d.mensen}
    uit = []
    for a in Adres.objects.filter(casus_id=d.casus.id).order_by("id"):
        dicht = a.geheim and not show_secret
        uit.append(
            {
                "id": str(a.id),
                "soort": a.soort,
                "van": kinderen.get(a.jeugdige_id, "") or personen.get(a.persoon_id, ""),
                "straat": "" if dicht else a.straat,
                "postcode": "" if dicht else a.postcode,
                "plaats": "" if dicht else a.plaats,
                "geheim": a.geheim,
            }
        )
    if show_secret and d.casus.geheim:
        for k in d.kinderen:
            if k.waar_nu:
                uit.append(
                    {
                        "id": str(k.id), "soort": "nu", "van": k.voornaam, "straat": k.waar_nu, "postcode": "", "plaats": "",
                        "geheim": True,
                    }
                )  # fmt: skip
        for i in d.hulp:
            if (i.plaats or i.aanbieder_naam) and i.tot is None:
                uit.append(
                    {
                        "id": str(i.id), "soort": "inzet", "van": vormnaam(None, i.vorm),
                        "straat": ", ".join(w for w in (i.aanbieder_naam, i.plaats) if w), "postcode": "",
                        "plaats": "", "geheim": True,
                    }
                )  # fmt: skip
    return uit


def toestemming_of(d: Dossier, v: Verteller) -> tuple[dict[str, Any], ...]:
    """Per child and per person with gezag what was answered, and who still has to be asked."""
    # Of a call that only asked for advice, and of a casus that is over, nobody has to be asked any more.
    vraagt = d.casus.gesloten_op is None and d.melding.vraag != "consult" and d.waarde("triage.uitkomst") != "consult"
    uit = []
    for rij in record_consent.rows(d):
        rij["rol"] = v.zin(ROLNAAM.get(rij["rol"], rij["rol"]))
        rij["waarom"] = v.zin(rij["waarom"])
        rij["nodig"] = rij["nodig"] and vraagt
        for voor in ("hulp", "delen"):
            if rij[voor]:
                rij[voor]["woord"] = v.zin(rij[voor]["woord"])
        uit.append(rij)
    return tuple(uit)


def organisations_of(
    d: Dossier, actor: Actor, v: Verteller, alleen: set[UUID] | None = None
) -> tuple[dict[str, Any], ...]:
    """Who takes part now, with numbers to call: the lead first; `alleen` names the few that may be named."""
    per: dict[UUID, list[Any]] = {}
    for b in d.betrokkenheden:
        if b.tot is None and (alleen is None or b.organisatie_id in alleen):
            per.setdefault(b.organisatie_id, []).append(b)
    for id_ in alleen or ():
        per.setdefault(id_, [])
    uit = []
    for o in Organisatie.objects.filter(id__in=per):
        delen = [b.deel for b in per[o.id]]
        uit.append(
            {
                "id": str(o.id),
                "naam": o.naam,
                "soort": o.soort,
                "telefoon": o.telefoon,
                "telefoon_buiten": o.telefoon_buiten,
                "bereikbaar": o.bereikbaar,
                "delen": tuple(v.zin(DEELNAAM.get(deel, deel)) for deel in dict.fromkeys(delen)),
                "wie": next((d.naam(b.medewerker_id) for b in per[o.id] if b.medewerker_id), ""),
                "regie": "regie" in delen,
                "van_mij": o.id == actor.organisatie_id,
            }
        )
    return tuple(sorted(uit, key=lambda o: (not o["regie"], o["naam"])))
