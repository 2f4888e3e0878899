# SPDX-License-Identifier: EUPL-1.2
"""Backups: one encrypted file of one moment of the whole database, and the way back (docs/besluiten/0025)."""


class KopieFout(Exception):
    """Een reservekopie maken, nakijken of terugzetten gaat nu niet; the message is the Dutch sentence that says why."""
