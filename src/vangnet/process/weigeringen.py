# SPDX-License-Identifier: EUPL-1.2
"""Why a use case says no: the class name is the code, the first line of the docstring what the worker reads."""

from vangnet.access.weigering import Weigering

__all__ = [
    "Achterhaald", "AlGedaan", "CasusGesloten", "CrisisNietBesloten", "DubbelBed", "GeenRecht", "GeenRegie", "NietBetrokken",
    "NietMeerTerug", "NogNietKlaar", "OnbekendVeld", "OngeldigeInvoer", "RedenNodig", "Weigering", "ZeiEerderNee",
]  # fmt: skip


class GeenRecht(Weigering):
    """Dit hoort niet bij jouw functie."""


class NietBetrokken(Weigering):
    """Je organisatie is nu niet bij deze casus betrokken, of de casus bestaat niet."""


class Achterhaald(Weigering):
    """Een collega was je voor. Kijk wat er veranderd is en beslis opnieuw; wat je schreef staat er nog.

    `details`: veld, nu (the value that stands), door, op."""


class AlGedaan(Weigering):
    """Dit is al gedaan."""


class CasusGesloten(Weigering):
    """Deze casus is gesloten. Heropen hem als er nog iets moet gebeuren."""


class CrisisNietBesloten(Weigering):
    """Crisishulp begint pas na het besluit crisis. Leg dat eerst vast."""


class DubbelBed(Weigering):
    """Dit kind verblijft in die periode al ergens anders. Beëindig eerst dat verblijf."""


class GeenRegie(Weigering):
    """Alleen de organisatie die de regie heeft, kan dit doen."""


class NietMeerTerug(Weigering):
    """Dit kan niet meer ongedaan worden gemaakt: er is al op verder gewerkt.

    `details`: wat."""


class NogNietKlaar(Weigering):
    """Er moet eerst nog iets anders gebeuren.

    `details`: wat."""


class OnbekendVeld(Weigering):
    """Dit gegeven kent Vangnet niet."""


class RedenNodig(Weigering):
    """Je wijkt af van het voorstel. Schrijf in één zin waarom.

    `details`: voorstel."""


class ZeiEerderNee(RedenNodig):
    """Deze organisatie zei nee tegen de regie. Schrijf in één zin waarom zij die nu toch krijgt.

    `details`: voorstel."""


class OngeldigeInvoer(Weigering):
    """Er klopt iets niet in wat je invulde.

    `details`: fouten, a list of (veld, gevonden, verwacht)."""

    def __init__(self, *fouten: tuple[str, str, str]) -> None:
        super().__init__(fouten=list(fouten))
