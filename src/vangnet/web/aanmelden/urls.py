# SPDX-License-Identifier: EUPL-1.2
"""The URLs of signing in and of the own account."""

from django.urls import path

from vangnet.web.aanmelden import account, views

urlpatterns = [
    path("", views.begin, name="start"),
    path("aanmelden", views.sign_in, name="aanmelden"),
    path("aanmelden/code", views.second_factor, name="aanmelden_code"),
    path("aanmelden/sleutel", views.passkey, name="aanmelden_sleutel"),
    path("afmelden", views.sign_out, name="afmelden"),
    path("slot", views.lock, name="slot"),
    path("slot/sleutel", views.unlock_passkey, name="slot_sleutel"),
    path("slot/stand", views.state, name="slot_stand"),
    path("slot/wakker", views.awake, name="slot_wakker"),
    path("uitnodiging/<str:geheim>", views.invitation, name="uitnodiging"),
    path("proef", views.demo, name="proef"),
    path("account", account.show, name="account"),
    path("account/sleutel", account.passkey, name="account_sleutel"),
    path("account/app", account.app, name="account_app"),
    path("account/weg", account.remove, name="account_weg"),
    path("account/herstelcodes", account.recovery_codes, name="account_herstelcodes"),
    path("account/functie", account.function, name="account_functie"),
    path("account/agenda", account.calendar, name="account_agenda"),
    path("account/agenda/weg", account.calendar_off, name="account_agenda_weg"),
    path("account/wachtwoord", account.password, name="account_wachtwoord"),
]
