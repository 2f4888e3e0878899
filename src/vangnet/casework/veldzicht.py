# SPDX-License-Identifier: EUPL-1.2
"""Per column of the record, and per name in its JSON, the part of a casus that shows it (`access.veldzicht`)."""

from __future__ import annotations

from vangnet.access.veldzicht import ALLEEN_ERBIJ, ALLES_MAG, KENMERK, NOOIT, Tabel, Tabellen

PLAATS = "{} + niet geheim of adres + op verzoek"
"""Where the child is: with the part it belongs to, and with a secret address only when asked for."""
OVERAL = "profiel of kern"
"""For everybody who takes part, also who was only asked something."""
VRAAG = "regie of eigen vraag"

TABELLEN: Tabellen = {
    "casework_casus": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "regio": OVERAL, "nummer": "profiel of kern of log.inzien of blokkade.beheren", "begonnen_op": OVERAL, "versie_afspraken": "kern",
        "gemeente": "profiel + niet geheim of kern + niet geheim of adres",
        "gemeente_buiten": "profiel + niet geheim of kern + niet geheim of adres", "oefening": OVERAL, "geheim": OVERAL,
        "besluit_crisis_op": NOOIT, "inzet_voor_besluit": NOOIT, "gesloten_op": "kern", "uitkomst": "kern",
        "gevoegd_bij_id": KENMERK, "beeld": "kern", "volgende_klok_op": NOOIT, "gewijzigd_op": "kern of profiel + bord.inzien", "versie": OVERAL,
    }),
    "casework_melding": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "casus_id": KENMERK, "op": "melding", "melder": "melding", "naam": "melding + niet anoniem",
        "organisatie_melder": "melding", "telefoon": "melding", "telefoon_cijfers": NOOIT, "anoniem": "melding",
        "kanaal": "melding", "vraag": "melding", "situatie": "melding", "waar_nu": "melding + niet geheim",
        "opgenomen_door_id": KENMERK, "opgenomen_bij_id": KENMERK, "geparkeerd_op": "melding", "afgerond_op": NOOIT,
        "uitkomst": "melding",
    }),
    "casework_jeugdige": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "casus_id": KENMERK, "volgorde": NOOIT, "voornaam": "kern", "achternaam": "gezin", "klank": NOOIT,
        "geboortedatum": "gezin", "leeftijd": OVERAL, "leeftijd_duur": OVERAL, "ongeboren": OVERAL,
        "uitgerekend_datum": "gezin", "bsn": "gezin", "geslacht": "gezin", "sector": "gezin",
        "waar_nu": PLAATS.format("gezin"), "vervallen_op": NOOIT,
    }),
    "casework_persoon": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "casus_id": KENMERK, "rol": "gezin", "naam": "gezin", "klank": NOOIT, "geboortedatum": "gezin",
        "telefoon": "gezin + contact", "telefoon_cijfers": NOOIT, "gezag": "gezin", "woont_thuis": "gezin",
        "organisatie": "gezin", "taal": "gezin", "gevaar": "gezin", "opmerking": "gezin", "vervallen_op": NOOIT,
    }),
    "casework_adres": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "casus_id": KENMERK, "jeugdige_id": KENMERK, "persoon_id": KENMERK, "soort": "adres",
        "straat": PLAATS.format("adres"), "postcode": PLAATS.format("adres"), "plaats": PLAATS.format("adres"),
        "geheim": "adres",
    }),
    "casework_feit": Tabel("casus", ALLEEN_ERBIJ, {
        "id": NOOIT, "casus_id": KENMERK, "veld": "per feit", "waarde": "per feit", "gebeurd_op": NOOIT,
        "ingevoerd_op": NOOIT, "door_id": KENMERK, "namens_id": KENMERK, "vorige_id": NOOIT,
    }),
    "casework_inzet": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "casus_id": KENMERK, "jeugdige_id": KENMERK, "vorm": "inzet of eigen vraag", "aanbieder_id": KENMERK,
        "aanbieder_naam": PLAATS.format("inzet"), "plaats": PLAATS.format("inzet"), "gesproken_met": "inzet",
        "besloten_op": "inzet", "van": "inzet", "tot": "inzet", "tot_wanneer": "inzet", "reden_einde": "inzet",
        "ouders_geinformeerd_op": "inzet", "perspectief_op": NOOIT, "wijkteam_betrokken_op": NOOIT, "overgedragen_op": NOOIT,
        "overwogen": "inzet", "vervallen_op": NOOIT,
    }),
    "casework_rto": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "casus_id": KENMERK, "gepland_op": "rto", "waar": "rto + niet geheim", "reden_andere_dag": "rto",
        "gehouden_op": "rto", "vervallen_op": NOOIT, "reden_vervallen": NOOIT, "op_afstand": NOOIT, "reden_op_afstand": NOOIT,
        "perspectief": "rto", "perspectief_bekend": "rto", "veiligheidsplan": "rto", "doelen": "rto",
        "procesregisseur_organisatie_id": KENMERK, "procesregisseur_naam": "rto", "procesregisseur_aanwezig": NOOIT,
        "nieuw_overleg_nodig": NOOIT,
    }),
    "casework_genodigde": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "casus_id": KENMERK, "rto_id": KENMERK, "organisatie_id": KENMERK, "persoon_id": KENMERK,
        "naam": "rto", "komt": "rto", "aanwezig": "rto", "steunt_perspectief": NOOIT,
    }),
    "casework_aanbod": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "casus_id": KENMERK, "soort": VRAAG, "van_organisatie_id": KENMERK, "aan_organisatie_id": KENMERK,
        "gedaan_op": VRAAG, "gedaan_door_id": KENMERK, "tekst": VRAAG, "regels": VRAAG, "zichtbaar_vanaf": "kern",
        "uiterlijk": VRAAG, "inzet_id": KENMERK, "rto_id": KENMERK, "antwoord": VRAAG, "wijze": NOOIT,
        "beantwoord_op": VRAAG, "beantwoord_door": NOOIT, "reden": VRAAG,
    }),
    "casework_taak": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "casus_id": KENMERK, "sleutel": NOOIT, "wat": "taken", "waarom": "taken", "regels": "taken",
        "voor_id": KENMERK, "wie_id": KENMERK, "uiterlijk": "taken", "klaar_op": "taken", "klaar_door_id": KENMERK,
        "resultaat": "taken",
    }),
    "casework_toestemming": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "casus_id": KENMERK, "jeugdige_id": KENMERK, "persoon_id": KENMERK, "voor": "toestemming",
        "antwoord": "toestemming", "hoe": "toestemming", "op": "toestemming", "door_id": KENMERK,
        "toelichting": "toestemming", "vervallen_op": NOOIT,
    }),
    "casework_notitie": Tabel("casus", ALLES_MAG, {
        "id": KENMERK, "casus_id": KENMERK, "soort": "notities", "tekst": "notities", "over_derden": "notities",
        "met": "notities", "persoon_id": KENMERK, "gebeurd_op": "notities", "ingevoerd_op": NOOIT, "door_id": KENMERK,
        "namens_id": KENMERK,
    }),
    "casework_gebeurtenis": Tabel("casus", ALLEEN_ERBIJ, {
        "id": KENMERK, "casus_id": KENMERK, "soort": "per gebeurtenis", "gebeurd_op": "per gebeurtenis",
        "ingevoerd_op": "per gebeurtenis", "door_id": KENMERK, "namens_id": KENMERK, "gegevens": "per gebeurtenis",
        "voorstel": "per gebeurtenis", "afgeweken": "per gebeurtenis", "reden": "per gebeurtenis",
        "regels": "per gebeurtenis", "corrigeert_id": KENMERK,
    }),
    "casework_versie": Tabel("casus", ALLEEN_ERBIJ, dict.fromkeys(
        ("id", "tabel", "rij_id", "casus_id", "was", "op", "door_id"), NOOIT
    )),
    "casework_aanwezigheid": Tabel("casus", ALLES_MAG, {
        "id": NOOIT, "casus_id": KENMERK, "medewerker_id": KENMERK, "onderdeel": "kern", "gezien_op": NOOIT,
    }),
}  # fmt: skip
"""The tables of the record."""

BEELD: dict[str, str] = {
    "kinderen": OVERAL, "stand": OVERAL, "regie": "regie", "regie_wie": "regie", "regie_over": NOOIT, "stap": "kern",
    "per": "kern", "nog": "kern", "vannacht": "gezin + inzet", "klok": "per klok", "klokken": "per klok",
    "melding": "melding", "rto": "rto", "terug_verwacht_op": "inschatting", "bel_als_niet_terug": "inschatting",
    "vertrokken_op": "inschatting", "rto_op": NOOIT, "crisis": NOOIT, "geschil": "taken", "op_bezoek": "inschatting",
    "wie": "inschatting", "geparkeerd": NOOIT, "geheim": OVERAL, "oefening": OVERAL,
}  # fmt: skip
"""The names in `Casus.beeld`, the strip: what of it which reader gets."""
VOORSTEL = frozenset({"sleutel", "waarde", "tekst", "strekking", "regels", "versie", "eigen"})
"""The names in `Gebeurtenis.voorstel`; all are seen with the event."""
