# SPDX-License-Identifier: EUPL-1.2
"""Per column of the record, and per name in its JSON, the part of a casus that shows it (`access.veldzicht`)."""

from __future__ import annotations

from vangnet.access.veldzicht import ALLEEN_ERBIJ, ALLEEN_LEZEN, ALLES_MAG, BLIJFT, KENMERK, NOOIT, Tabel, Tabellen

PLAATS = "{} + niet geheim of adres + op verzoek"
"""Where the child is: with the part it belongs to, and with a secret address only when asked for."""
OVERAL = "profiel of kern"
"""For everybody who takes part, also who was only asked something."""
VRAAG = "regie of eigen vraag"
VERZOEK = "log + verzoek.behandelen + behandelt"
"""What a family asked and what was said to it: for the organisation that answers."""
VERZOEKREGEL = "log + verzoek.opnemen"
"""That it asked something: for who may take a request down."""
BEWAREN = "bewaren.inzien"

TABELLEN: Tabellen = {
    "casework_casus": Tabel("casus of nood", BLIJFT, {
        "id": KENMERK, "regio": OVERAL, "nummer": "profiel of kern of log.inzien of blokkade.beheren of bewaren.inzien", "begonnen_op": OVERAL, "versie_afspraken": "kern",
        "gemeente": "profiel + niet geheim of kern + niet geheim of adres",
        "gemeente_buiten": "profiel + niet geheim of kern + niet geheim of adres", "oefening": OVERAL, "geheim": OVERAL,
        "besluit_crisis_op": NOOIT, "inzet_voor_besluit": NOOIT, "gesloten_op": "kern", "uitkomst": "kern",
        "gevoegd_bij_id": KENMERK, "beeld": "kern", "volgende_klok_op": NOOIT, "gewijzigd_op": "kern of profiel + bord.inzien", "versie": OVERAL,
    }),
    "casework_melding": Tabel("casus of nood", BLIJFT, {
        "id": KENMERK, "casus_id": KENMERK, "op": "melding", "melder": "melding", "naam": "melding + niet anoniem",
        "organisatie_melder": "melding", "telefoon": "melding", "telefoon_cijfers": NOOIT, "anoniem": "melding",
        "kanaal": "melding", "vraag": "melding", "situatie": "melding", "waar_nu": "melding + niet geheim",
        "opgenomen_door_id": KENMERK, "opgenomen_bij_id": KENMERK, "geparkeerd_op": "melding", "afgerond_op": NOOIT,
        "uitkomst": "melding",
    }),
    "casework_jeugdige": Tabel("casus of nood", BLIJFT, {
        "id": KENMERK, "casus_id": KENMERK, "volgorde": NOOIT, "voornaam": "kern", "achternaam": "gezin", "klank": NOOIT,
        "geboortedatum": "gezin", "leeftijd": OVERAL, "leeftijd_duur": OVERAL, "ongeboren": OVERAL,
        "uitgerekend_datum": "gezin", "bsn": "gezin", "geslacht": "gezin", "sector": "gezin",
        "waar_nu": PLAATS.format("gezin"), "vervallen_op": NOOIT,
    }),
    "casework_persoon": Tabel("casus of nood", BLIJFT, {
        "id": KENMERK, "casus_id": KENMERK, "rol": "gezin", "naam": "gezin", "klank": NOOIT, "geboortedatum": "gezin",
        "telefoon": "gezin + contact", "telefoon_cijfers": NOOIT, "gezag": "gezin", "woont_thuis": "gezin",
        "organisatie": "gezin", "taal": "gezin", "gevaar": "gezin", "opmerking": "gezin", "vervallen_op": NOOIT,
    }),
    "casework_adres": Tabel("casus of nood", BLIJFT, {
        "id": KENMERK, "casus_id": KENMERK, "jeugdige_id": KENMERK, "persoon_id": KENMERK, "soort": "adres",
        "straat": PLAATS.format("adres"), "postcode": PLAATS.format("adres"), "plaats": PLAATS.format("adres"),
        "geheim": "adres",
    }),
    "casework_feit": Tabel("casus of nood", ALLEEN_ERBIJ, {
        "id": NOOIT, "casus_id": KENMERK, "veld": "per feit", "waarde": "per feit", "gebeurd_op": NOOIT,
        "ingevoerd_op": NOOIT, "door_id": KENMERK, "namens_id": KENMERK, "vorige_id": NOOIT,
    }),
    "casework_inzet": Tabel("casus of nood", BLIJFT, {
        "id": KENMERK, "casus_id": KENMERK, "jeugdige_id": KENMERK, "vorm": "inzet of eigen vraag", "aanbieder_id": KENMERK,
        "aanbieder_naam": PLAATS.format("inzet"), "plaats": PLAATS.format("inzet"), "gesproken_met": "inzet",
        "besloten_op": "inzet", "van": "inzet", "tot": "inzet", "tot_wanneer": "inzet", "reden_einde": "inzet",
        "ouders_geinformeerd_op": "inzet", "perspectief_op": NOOIT, "wijkteam_betrokken_op": NOOIT, "overgedragen_op": NOOIT,
        "overwogen": "inzet", "vervallen_op": NOOIT,
    }),
    "casework_rto": Tabel("casus of nood", BLIJFT, {
        "id": KENMERK, "casus_id": KENMERK, "gepland_op": "rto", "waar": "rto + niet geheim", "reden_andere_dag": "rto",
        "gehouden_op": "rto", "vervallen_op": NOOIT, "reden_vervallen": NOOIT, "op_afstand": NOOIT, "reden_op_afstand": NOOIT,
        "perspectief": "rto", "perspectief_bekend": "rto", "veiligheidsplan": "rto", "doelen": "rto",
        "procesregisseur_organisatie_id": KENMERK, "procesregisseur_naam": "rto", "procesregisseur_aanwezig": NOOIT,
        "nieuw_overleg_nodig": NOOIT,
    }),
    "casework_genodigde": Tabel("casus", BLIJFT, {
        "id": KENMERK, "casus_id": KENMERK, "rto_id": KENMERK, "organisatie_id": KENMERK, "persoon_id": KENMERK,
        "naam": "rto", "komt": "rto", "aanwezig": "rto", "steunt_perspectief": NOOIT,
    }),
    "casework_aanbod": Tabel("casus", BLIJFT, {
        "id": KENMERK, "casus_id": KENMERK, "soort": VRAAG, "van_organisatie_id": KENMERK, "aan_organisatie_id": KENMERK,
        "gedaan_op": VRAAG, "gedaan_door_id": KENMERK, "tekst": VRAAG, "regels": VRAAG, "zichtbaar_vanaf": "kern",
        "uiterlijk": VRAAG, "inzet_id": KENMERK, "rto_id": KENMERK, "antwoord": VRAAG, "wijze": NOOIT,
        "beantwoord_op": VRAAG, "beantwoord_door": VRAAG, "reden": VRAAG,
        "post_op": NOOIT, "gelezen_op": VRAAG, "gelezen_door_id": KENMERK,
    }),
    "casework_taak": Tabel("casus", BLIJFT, {
        "id": KENMERK, "casus_id": KENMERK, "sleutel": NOOIT, "wat": "taken", "waarom": "taken", "regels": "taken",
        "voor_id": KENMERK, "wie_id": KENMERK, "uiterlijk": "taken", "klaar_op": "taken", "klaar_door_id": KENMERK,
        "resultaat": "taken",
    }),
    "casework_toestemming": Tabel("casus", BLIJFT, {
        "id": KENMERK, "casus_id": KENMERK, "jeugdige_id": KENMERK, "persoon_id": KENMERK, "voor": "toestemming",
        "antwoord": "toestemming", "hoe": "toestemming", "op": "toestemming", "door_id": KENMERK,
        "toelichting": "toestemming", "vervallen_op": NOOIT,
    }),
    "casework_notitie": Tabel("casus", BLIJFT, {
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
    "casework_verzoek": Tabel("casus", BLIJFT, {
        "id": KENMERK, "casus_id": KENMERK, "volgnummer": f"{VERZOEKREGEL} of verzoek.toezien", "soort": f"{VERZOEKREGEL} of verzoek.toezien",
        "persoon_id": KENMERK, "jeugdige_id": KENMERK, "vrager": VERZOEK, "wat": VERZOEK,
        "ontvangen_op": f"{VERZOEKREGEL} of verzoek.toezien", "uiterlijk": f"{VERZOEKREGEL} of verzoek.toezien",
        "verlengd_op": VERZOEK, "verlengd_reden": VERZOEK, "opgenomen_door_id": KENMERK, "opgenomen_bij_id": KENMERK,
        "ingevoerd_op": NOOIT, "identiteit": VERZOEK, "mag_vragen": VERZOEK, "mag_reden": VERZOEK, "beoordeeld_door_id": KENMERK,
        "beoordeeld_op": VERZOEK, "aangeboden_op": VERZOEK, "aangeboden_door_id": KENMERK, "teruggestuurd": VERZOEK,
        "besluit": f"{VERZOEKREGEL} of verzoek.toezien", "grond": f"{VERZOEK} of verzoek.toezien", "reden": VERZOEK,
        "besloten_door_id": KENMERK, "besloten_op": VERZOEK, "hersteld_met_id": KENMERK, "verklaring": VERZOEK,
        "fg_akkoord": f"{VERZOEK} of verzoek.toezien", "fg_door_id": KENMERK, "fg_op": VERZOEK, "fg_reden": VERZOEK,
        "klaar_op": VERZOEKREGEL, "klaar_door_id": KENMERK, "klaar_hoe": VERZOEK,
    }),
    "casework_passagekeuze": Tabel("casus", BLIJFT, {
        "id": NOOIT, "casus_id": KENMERK, "verzoek_id": KENMERK, "sleutel": NOOIT, "vingerafdruk": NOOIT,
        "geven": "log + verzoek.voorbereiden + behandelt", "grond": "log + verzoek.voorbereiden + behandelt", "door_id": KENMERK,
        "op": NOOIT,
    }),
    "casework_afschrift": Tabel("casus", ALLEEN_ERBIJ, {
        "id": NOOIT, "casus_id": KENMERK, "verzoek_id": KENMERK, "inhoud": VERZOEK, "voorbereid_door_id": KENMERK,
        "vrijgegeven_door_id": KENMERK, "vrijgegeven_op": NOOIT,
    }),
    "casework_bewaarstop": Tabel("toezicht", ALLEEN_LEZEN, {
        "id": KENMERK, "casus_id": KENMERK, "regio": NOOIT, "nummer": BEWAREN, "reden": BEWAREN, "gevraagd_door": BEWAREN,
        "op": BEWAREN, "door_id": KENMERK, "opgeheven_op": NOOIT, "opgeheven_door_id": KENMERK,
    }),
    "casework_wisopdracht": Tabel("toezicht", ALLEEN_LEZEN, {
        "id": KENMERK, "casus_id": KENMERK, "regio": NOOIT, "nummer": BEWAREN, "grond": BEWAREN, "reden": BEWAREN,
        "verzoek_id": KENMERK, "opgedragen_op": BEWAREN, "opgedragen_door_id": KENMERK, "opgedragen_rol": NOOIT,
        "bevestigd_op": BEWAREN, "bevestigd_door_id": KENMERK, "ingetrokken_op": NOOIT, "ingetrokken_door_id": KENMERK,
    }),
    "casework_grafsteen": Tabel("grafsteen", ALLEEN_LEZEN, {
        "casus_id": KENMERK, "regio": NOOIT, "nummer": BEWAREN, "soort": BEWAREN, "grond": f"{BEWAREN} of toen betrokken",
        "beleid": BEWAREN, "gewist_op": f"{BEWAREN} of toen betrokken", "rijen": BEWAREN, "opdracht_id": KENMERK,
        "verzoek_id": KENMERK, "opgedragen_door": KENMERK, "bevestigd_door": KENMERK, "uitgevoerd_door": BEWAREN,
        "met": KENMERK, "organisaties": KENMERK,
    }),
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
