# SPDX-License-Identifier: EUPL-1.2
"""The URLs of Beheer."""

from __future__ import annotations

from django.urls import URLPattern, path

from vangnet.web.beheer import (
    bevestigen,
    bewaren,
    blokkades,
    invoer,
    koppelingen,
    logboek,
    mensen,
    noodtoegang,
    organisaties,
    sluitingsdagen,
    verzoeken,
)

urlpatterns: list[URLPattern] = [
    path("", mensen.show, name="beheer"),
    path("/uitnodigen", mensen.invite, name="beheer_uitnodigen"),
    path("/mensen/<uuid:medewerker_id>", mensen.person, name="beheer_mens"),
    path("/mensen/<uuid:medewerker_id>/wijzigen", mensen.update, name="beheer_mens_wijzigen"),
    path("/mensen/<uuid:medewerker_id>/uitnodiging", mensen.invite_again, name="beheer_mens_uitnodiging"),
    path("/mensen/<uuid:medewerker_id>/telefoon-kwijt", mensen.lost_phone, name="beheer_mens_telefoon"),
    path("/mensen/<uuid:medewerker_id>/afmelden", mensen.revoke, name="beheer_mens_afmelden"),
    path("/mensen/<uuid:medewerker_id>/vertrek", mensen.leave, name="beheer_mens_vertrek"),
    path("/mensen/<uuid:medewerker_id>/terug", mensen.give_back, name="beheer_mens_terug"),
    path("/mensen/<uuid:medewerker_id>/functie", mensen.change_function, name="beheer_mens_functie"),
    path("/organisaties", organisaties.show, name="beheer_organisaties"),
    path("/organisaties/nieuw", organisaties.add, name="beheer_organisatie_nieuw"),
    path("/organisaties/<uuid:organisatie_id>", organisaties.edit, name="beheer_organisatie"),
    path("/koppelingen", koppelingen.show, name="beheer_koppelingen"),
    path("/koppelingen/nieuw", koppelingen.add, name="beheer_koppeling_nieuw"),
    path("/koppelingen/<uuid:koppeling_id>/intrekken", koppelingen.end, name="beheer_koppeling_intrekken"),
    path("/bevestigen", bevestigen.show, name="beheer_bevestigen"),
    path("/bevestigen/sleutel/<uuid:koppeling_id>", bevestigen.key, name="beheer_bevestigen_sleutel"),
    path("/bevestigen/uitnodiging/<uuid:uitnodiging_id>", bevestigen.invitation, name="beheer_bevestigen_uitnodiging"),
    path("/sluitingsdagen", sluitingsdagen.show, name="sluitingsdagen"),
    path("/sluitingsdagen/<uuid:dag_id>/intrekken", sluitingsdagen.withdraw, name="sluitingsdag_intrekken"),
    path("/invoer", invoer.show, name="beheer_invoer"),
    path("/invoer/<slug:soort>", invoer.bring_in, name="beheer_invoer_lijst"),
    path("/invoer/<slug:soort>/voorbeeld", invoer.template, name="beheer_invoer_voorbeeld"),
    path("/blokkades", blokkades.show, name="beheer_blokkades"),
    path("/blokkades/open", blokkades.lift, name="beheer_blokkade_open"),
    path("/noodtoegang", noodtoegang.show, name="beheer_noodtoegang"),
    path("/noodtoegang/<uuid:nood_id>", noodtoegang.one, name="beheer_noodtoegang_een"),
    path("/verzoeken", verzoeken.show, name="beheer_verzoeken"),
    path("/verzoeken/<uuid:verzoek_id>", verzoeken.judge, name="beheer_verzoek_oordeel"),
    path("/bewaren", bewaren.show, name="beheer_bewaren"),
    path("/bewaren/niet-wissen", bewaren.hold, name="beheer_niet_wissen"),
    path("/bewaren/weer-wissen", bewaren.lift, name="beheer_weer_wissen"),
    path("/bewaren/wissen", bewaren.order, name="beheer_wissen"),
    path("/bewaren/wissen/<uuid:opdracht_id>/bevestigen", bewaren.confirm, name="beheer_wissen_bevestigen"),
    path("/bewaren/wissen/<uuid:opdracht_id>/intrekken", bewaren.withdraw, name="beheer_wissen_intrekken"),
    path("/log", logboek.show, name="beheer_log"),
    path("/log/bestand", logboek.export, name="beheer_log_bestand"),
    path("/log/regel/<uuid:regel_id>", logboek.line, name="beheer_log_regel"),
    path("/log/gezin", logboek.family, name="beheer_log_gezin"),
]
