# SPDX-License-Identifier: EUPL-1.2
"""The record: a casus, the calls that began it, the family, the help, the round-table meeting, the offers, and every event.

What the rules reason over is kept as facts (`Feit`) under the path it has in `Situatie`; who, where and in which period
are rows. Nothing here is a status that somebody sets: the stand follows from these rows (`stand`). Facts and events are
append-only; of every other row each version is kept by a trigger (`Versie`).
"""

from __future__ import annotations

from typing import ClassVar, get_args

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from vangnet.access.models import Medewerker, Organisatie, Periode
from vangnet.conf.identifiers import new_id
from vangnet.rules.situatie import Melder, Vorm

from .verzoek import Afschrift, Passagekeuze, Verzoek, Verzoekbesluit, Verzoeksoort
from .wismodellen import Bewaarstop, Grafsteen, Wisopdracht

__all__ = [
    "VERBLIJFSVORMEN", "Aanbod", "Aanwezigheid", "Adres", "Afschrift", "Bewaarstop", "Casus", "Feit", "Gebeurtenis", "Genodigde",
    "Grafsteen", "Inzet", "Jeugdige", "Melding", "Notitie", "Passagekeuze", "Persoon", "Rto", "Taak", "Toestemming", "Uitkomst", "Versie",
    "Verzoek", "Verzoekbesluit", "Verzoeksoort", "Vraagsoort", "Wisopdracht",
]  # fmt: skip

VERBLIJFSVORMEN = (
    "crisisopname_ggz",
    "crisispleegzorg",
    "eigen_netwerk",
    "gesloten_plaatsing",
    "netwerkpleegzorg",
    "noodbed",
    "residentieel",
)
"""Forms in which the child sleeps elsewhere: no child sleeps in two places at once."""


def _keuzes(soort: object) -> list[tuple[str, str]]:
    return [(woord, woord) for woord in get_args(soort)]


class Uitkomst(models.TextChoices):
    """How a casus ended."""

    OPEN = "", "nog open"
    CONSULT = "consult", "Consult"
    VERWIJZING = "verwijzing", "Verwezen"
    ACUTE_HULP = "acute_hulp", "Acute hulp"
    GEEN_CRISIS = "geen_crisis", "Geen crisis"
    DOORGELEID = "doorgeleid", "Doorgeleid naar een bevoegde functionaris"
    GEVOEGD = "gevoegd", "Gevoegd bij een lopende casus"
    AFGESLOTEN = "afgesloten", "Crisishulp en vervolg afgerond"
    NIET_BEDIEND = "niet_bediend", "Vraag die niet bediend kon worden"
    VERGISSING = "vergissing", "Per vergissing begonnen"


class Casus(models.Model):
    """One crisis of one family, from melding to afsluiting; may concern several children."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    regio = models.SlugField(max_length=60)
    nummer = models.CharField(max_length=20, unique=True)
    begonnen_op = models.DateTimeField()
    versie_afspraken = models.DateField()
    """First day of the version of the agreements under which it began; it keeps that version."""
    gemeente = models.CharField(max_length=80, blank=True)
    gemeente_buiten = models.CharField(max_length=80, blank=True, default="", db_default="")
    """The municipality of the child when it is of another region; then `gemeente` is empty, and no agreement of this
    region names who leads there."""
    oefening = models.BooleanField(default=False)
    """A practice casus never notifies and never counts."""
    geheim = models.BooleanField(default=False)
    """Whether any address in it is secret."""
    besluit_crisis_op = models.DateTimeField(null=True, blank=True)
    """When crisis was decided; no help begins before it (ZL-12) unless the region's policy allows."""
    inzet_voor_besluit = models.BooleanField(default=False)
    gesloten_op = models.DateTimeField(null=True, blank=True)
    uitkomst = models.CharField(max_length=20, blank=True, choices=Uitkomst)
    gevoegd_bij = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    beeld = models.JSONField(default=dict)
    """What a strip on the board shows, worked out after every change in the same transaction; never a source."""
    volgende_klok_op = models.DateTimeField(null=True, blank=True)
    gewijzigd_op = models.DateTimeField()
    versie = models.PositiveIntegerField(default=1)
    """Goes up with every change; who decides on an older one is told."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(uitkomst__in=Uitkomst.values), name="casus_uitkomst"),
            models.CheckConstraint(
                condition=Q(gesloten_op__isnull=True, uitkomst="") | (Q(gesloten_op__isnull=False) & ~Q(uitkomst="")),
                name="casus_gesloten_met_uitkomst",
            ),
            models.CheckConstraint(
                condition=Q(gesloten_op__isnull=True) | Q(gesloten_op__gte=F("begonnen_op")), name="casus_periode"
            ),
        ]
        indexes: ClassVar = [
            models.Index("volgende_klok_op", name="casus_open", condition=Q(gesloten_op__isnull=True)),
            models.Index("regio", "begonnen_op", name="casus_begonnen"),
        ]

    def __str__(self) -> str:
        return self.nummer


class Melding(models.Model):
    """A call or message that may be a crisis. The first one begins a casus; another may be joined to a running one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="meldingen")
    op = models.DateTimeField()
    melder = models.CharField(max_length=30, blank=True, choices=_keuzes(Melder))
    naam = models.CharField(max_length=120, blank=True)
    organisatie_melder = models.CharField(max_length=120, blank=True)
    telefoon = models.CharField(max_length=30, blank=True)
    telefoon_cijfers = models.CharField(max_length=20, blank=True)
    anoniem = models.BooleanField(default=False)
    kanaal = models.CharField(max_length=10, blank=True)
    vraag = models.CharField(max_length=20, blank=True)
    situatie = models.TextField(blank=True)
    waar_nu = models.CharField(max_length=200, blank=True)
    opgenomen_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    opgenomen_bij = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    geparkeerd_op = models.DateTimeField(null=True, blank=True)
    afgerond_op = models.DateTimeField(null=True, blank=True)
    uitkomst = models.CharField(max_length=20, blank=True)
    """What the call led to: inschatting, consult, verwijzing, acute_hulp, doorgeleid, gevoegd, niet_bediend."""

    class Meta:
        indexes: ClassVar = [
            models.Index("casus", name="melding_casus"),
            models.Index("telefoon_cijfers", name="melding_telefoon", condition=~Q(telefoon_cijfers="")),
        ]

    def __str__(self) -> str:
        return f"melding {self.op:%Y-%m-%d %H:%M}"


class Jeugdige(models.Model):
    """A child of the casus."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="jeugdigen")
    volgorde = models.PositiveSmallIntegerField(default=1)
    voornaam = models.CharField(max_length=80, blank=True)
    achternaam = models.CharField(max_length=80, blank=True)
    klank = models.CharField(max_length=80, blank=True)
    """How the surname sounds (`klank.klank_van`), for finding a family while typing."""
    geboortedatum = models.DateField(null=True, blank=True)
    leeftijd = models.PositiveSmallIntegerField(null=True, blank=True)
    """In whole years at the melding, when the day of birth is not known."""
    leeftijd_duur = models.CharField(max_length=5, blank=True, default="", db_default="")
    """What was said of a child under two (`P8M`, `P3W`, `P5D`): no day of birth is made up from it."""
    ongeboren = models.BooleanField(default=False)
    uitgerekend_datum = models.DateField(null=True, blank=True)
    bsn = models.CharField(max_length=9, blank=True)
    geslacht = models.CharField(max_length=10, blank=True)
    sector = models.CharField(max_length=3, blank=True)
    waar_nu = models.CharField(max_length=200, blank=True)
    """Where the child is tonight while no form of stay is on record: at home, with the neighbours."""
    vervallen_op = models.DateTimeField(null=True, blank=True)
    """Taken off the casus: the wrong child, or entered twice."""

    class Meta:
        ordering = ["volgorde", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(bsn="") | Q(bsn__regex=r"^\d{9}$"), name="jeugdige_bsn"),
        ]
        indexes: ClassVar = [
            models.Index("casus", name="jeugdige_casus"),
            models.Index("klank", name="jeugdige_klank", condition=~Q(klank="")),
            models.Index("bsn", name="jeugdige_bsn_zoek", condition=~Q(bsn="")),
            models.Index("geboortedatum", name="jeugdige_geboren"),
        ]

    def __str__(self) -> str:
        return self.voornaam or "kind"


class Persoon(models.Model):
    """A parent, somebody of the family or network, or a professional around it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="personen")
    rol = models.CharField(max_length=40)
    """moeder, vader, stiefouder, broer, zus, oma, opa, familie, netwerk, voogd, huisarts, school, professional, ..."""
    naam = models.CharField(max_length=120, blank=True)
    klank = models.CharField(max_length=80, blank=True)
    geboortedatum = models.DateField(null=True, blank=True)
    telefoon = models.CharField(max_length=30, blank=True)
    telefoon_cijfers = models.CharField(max_length=20, blank=True)
    gezag = models.CharField(max_length=10, blank=True)
    """ja, nee, onbekend; empty when not asked."""
    woont_thuis = models.BooleanField(null=True, blank=True)
    """Whether this person lives where the child lives."""
    organisatie = models.CharField(max_length=120, blank=True)
    taal = models.CharField(max_length=40, blank=True)
    """The language for which an interpreter is needed; empty when none."""
    gevaar = models.BooleanField(default=False)
    """Whether this person is a danger: for the child or for who goes to the door."""
    opmerking = models.CharField(max_length=300, blank=True)
    vervallen_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes: ClassVar = [
            models.Index("casus", name="persoon_casus"),
            models.Index("klank", name="persoon_klank", condition=~Q(klank="")),
            models.Index("telefoon_cijfers", name="persoon_telefoon", condition=~Q(telefoon_cijfers="")),
        ]

    def __str__(self) -> str:
        return self.rol


class Adres(models.Model):
    """Where a child or person lives, stays, or is to be visited. Its own table: a secret address leaves no trace elsewhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="adressen")
    jeugdige = models.ForeignKey(Jeugdige, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    soort = models.CharField(max_length=10, default="woont")
    """woont, nu (where to go tonight)."""
    straat = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    plaats = models.CharField(max_length=80, blank=True)
    geheim = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index("casus", name="adres_casus")]

    def __str__(self) -> str:
        return self.soort


class Feit(models.Model):
    """One fact as it was known from a moment on, under its path in `Situatie` (`triage.direct_onveilig`) or in
    `casework.velden`. Append-only: a later fact points at the one it replaces, so nobody overwrites another unseen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="feiten")
    veld = models.CharField(max_length=80)
    waarde = models.JSONField(null=True)
    """None: the fact was taken back."""
    gebeurd_op = models.DateTimeField()
    ingevoerd_op = models.DateTimeField()
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    namens = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    vorige = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "casus", "veld", "vorige", name="feit_niet_ongezien_vervangen", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.veld


class Inzet(models.Model):
    """A form of crisis care put to work: for one child, or for the whole family."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="inzetten")
    jeugdige = models.ForeignKey(Jeugdige, on_delete=models.PROTECT, null=True, blank=True, related_name="inzetten")
    vorm = models.CharField(max_length=50, choices=_keuzes(Vorm))
    aanbieder = models.ForeignKey(Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    aanbieder_naam = models.CharField(max_length=120, blank=True)
    """When the provider is no organisation here, or the help is the own network: who."""
    plaats = models.CharField(max_length=120, blank=True)
    gesproken_met = models.CharField(max_length=120, blank=True)
    besloten_op = models.DateTimeField()
    van = models.DateTimeField(null=True, blank=True)
    tot = models.DateTimeField(null=True, blank=True)
    tot_wanneer = models.DateField(null=True, blank=True)
    """Until which day the place was promised by phone; not the agreed maximum."""
    reden_einde = models.CharField(max_length=300, blank=True)
    ouders_geinformeerd_op = models.DateTimeField(null=True, blank=True)
    perspectief_op = models.DateTimeField(null=True, blank=True)
    wijkteam_betrokken_op = models.DateTimeField(null=True, blank=True)
    overgedragen_op = models.DateTimeField(null=True, blank=True)
    overwogen = models.JSONField(default=dict)
    """Lighter forms that were considered, each with why not."""
    vervallen_op = models.DateTimeField(null=True, blank=True)
    """Chosen, but never begun."""

    class Meta:
        ordering = ["besloten_op", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | (Q(van__isnull=False) & Q(tot__gte=F("van"))), name="inzet_periode"
            ),
            ExclusionConstraint(
                name="een_bed_tegelijk",
                expressions=[
                    ("jeugdige", RangeOperators.EQUAL),
                    (Periode("van", "tot"), RangeOperators.OVERLAPS),
                ],
                condition=Q(vorm__in=VERBLIJFSVORMEN, van__isnull=False, jeugdige__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index("casus", name="inzet_casus")]

    def __str__(self) -> str:
        return self.vorm


class Rto(models.Model):
    """The round-table meeting: planned, held or not, and what it agreed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="rtos")
    gepland_op = models.DateTimeField()
    waar = models.CharField(max_length=200, blank=True)
    reden_andere_dag = models.CharField(max_length=300, blank=True)
    gehouden_op = models.DateTimeField(null=True, blank=True)
    vervallen_op = models.DateTimeField(null=True, blank=True)
    reden_vervallen = models.CharField(max_length=300, blank=True)
    op_afstand = models.BooleanField(null=True, blank=True)
    reden_op_afstand = models.CharField(max_length=300, blank=True)
    perspectief = models.TextField(blank=True)
    perspectief_bekend = models.BooleanField(null=True, blank=True)
    veiligheidsplan = models.TextField(blank=True)
    doelen = models.JSONField(default=list)
    procesregisseur_organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    procesregisseur_naam = models.CharField(max_length=120, blank=True)
    procesregisseur_aanwezig = models.BooleanField(null=True, blank=True)
    nieuw_overleg_nodig = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["gepland_op"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "casus", condition=Q(gehouden_op__isnull=True, vervallen_op__isnull=True), name="een_rto_gepland"
            ),
        ]
        indexes: ClassVar = [models.Index("gepland_op", name="rto_gepland")]

    def __str__(self) -> str:
        return f"RTO {self.gepland_op:%Y-%m-%d %H:%M}"


class Genodigde(models.Model):
    """Somebody invited to a round-table meeting: an organisation, or a person of the family."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rto = models.ForeignKey(Rto, on_delete=models.PROTECT, related_name="genodigden")
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="+")
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    naam = models.CharField(max_length=120)
    komt = models.CharField(max_length=12, blank=True)
    """ja, nee, op_afstand; empty without an answer."""
    aanwezig = models.BooleanField(null=True, blank=True)
    steunt_perspectief = models.BooleanField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index("casus", name="genodigde_casus")]

    def __str__(self) -> str:
        return self.naam


class Vraagsoort(models.TextChoices):
    """What one organisation can ask another on the screen."""

    REGIE = "regie", "De regie overnemen"
    RTO = "rto", "Naar het RTO komen"
    HULP = "hulp", "Hulp geven"
    MEEGAAN = "meegaan", "Meegaan op inschatting"
    SIGNAAL = "signaal", "Een signaal oppakken"
    VERVOLG = "vervolg", "Vervolghulp geven"
    OVERIG = "overig", "Een vraag"


class Aanbod(models.Model):
    """A request from one organisation to another: offered, then accepted, refused, expired or withdrawn."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="aanbiedingen")
    soort = models.CharField(max_length=10, choices=Vraagsoort)
    van_organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    aan_organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    gedaan_op = models.DateTimeField()
    gedaan_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    tekst = models.CharField(max_length=500, blank=True)
    regels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    zichtbaar_vanaf = models.DateTimeField()
    """A signal of the night is for the next working day."""
    uiterlijk = models.DateTimeField(null=True, blank=True)
    inzet = models.ForeignKey(Inzet, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rto = models.ForeignKey(Rto, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    antwoord = models.CharField(max_length=12, blank=True)
    """aanvaard, geweigerd, verlopen, ingetrokken; empty while open."""
    wijze = models.CharField(max_length=10, blank=True)
    """scherm or telefoon; by phone the name and call-back number stand in `reden`."""
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    beantwoord_door = models.CharField(max_length=120, blank=True)
    reden = models.CharField(max_length=500, blank=True)
    post_op = models.DateTimeField(null=True, blank=True)
    """Of a signal when the mail about it goes: the first opening of who receives it. None once it went, or when none does."""
    gelezen_op = models.DateTimeField(null=True, blank=True)
    """Of a signal when somebody of who receives it first had it on the screen in the morning list."""
    gelezen_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["gedaan_op"]
        constraints: ClassVar = [
            models.UniqueConstraint("casus", condition=Q(soort="regie", antwoord=""), name="een_regieaanbod_open"),
            models.CheckConstraint(
                condition=Q(antwoord__in=["", "aanvaard", "geweigerd", "verlopen", "ingetrokken"]),
                name="aanbod_antwoord",
            ),
        ]
        indexes: ClassVar = [
            models.Index("aan_organisatie", "uiterlijk", name="aanbod_wacht", condition=Q(antwoord="")),
            models.Index("casus", name="aanbod_casus"),
            models.Index("post_op", name="aanbod_post", condition=Q(antwoord="", post_op__isnull=False)),
            models.Index("van_organisatie", "beantwoord_op", name="aanbod_signaal", condition=Q(soort="signaal")),
        ]

    def __str__(self) -> str:
        return self.soort


class Taak(models.Model):
    """Something to do, by whom and by when. Tasks that the agreements give carry a key, so that they are made once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="taken")
    sleutel = models.CharField(max_length=60, blank=True)
    wat = models.CharField(max_length=300)
    waarom = models.CharField(max_length=300, blank=True)
    regels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    voor = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    wie = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    uiterlijk = models.DateTimeField(null=True, blank=True)
    klaar_op = models.DateTimeField(null=True, blank=True)
    klaar_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    resultaat = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint("casus", "sleutel", condition=~Q(sleutel=""), name="taak_eenmaal"),
        ]
        indexes: ClassVar = [
            models.Index("voor", "uiterlijk", name="taak_open", condition=Q(klaar_op__isnull=True)),
            models.Index("casus", name="taak_casus"),
        ]

    def __str__(self) -> str:
        return self.wat


class Toestemming(models.Model):
    """Whether a person who has a say agrees, or on what other ground help began."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="toestemmingen")
    jeugdige = models.ForeignKey(Jeugdige, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    voor = models.CharField(max_length=10, default="hulp")
    """hulp or delen (sharing with other organisations)."""
    antwoord = models.CharField(max_length=16)
    """ja, nee, niet_bereikt, spoed, rechter."""
    hoe = models.CharField(max_length=40, blank=True)
    op = models.DateTimeField()
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    toelichting = models.CharField(max_length=300, blank=True)
    vervallen_op = models.DateTimeField(null=True, blank=True)
    """Taken back: recorded by mistake."""

    class Meta:
        ordering = ["op"]
        indexes: ClassVar = [models.Index("casus", name="toestemming_casus")]

    def __str__(self) -> str:
        return self.antwoord


class Notitie(models.Model):
    """A note, or a contact that was made or tried. Passages that concern third parties are marked when written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="notities")
    soort = models.CharField(max_length=12, default="notitie")
    """notitie, contact, belpoging."""
    tekst = models.TextField(blank=True)
    over_derden = models.BooleanField(default=False)
    """Whether it speaks of somebody other than the child and who asks for the file; never in what a family reads."""
    met = models.CharField(max_length=120, blank=True)
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    gebeurd_op = models.DateTimeField()
    ingevoerd_op = models.DateTimeField()
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    namens = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["gebeurd_op"]
        indexes: ClassVar = [models.Index("casus", name="notitie_casus")]

    def __str__(self) -> str:
        return self.soort


class Gebeurtenis(models.Model):
    """What happened: who, for which organisation, when it happened and when it was entered, what was proposed against what
    was decided, and why. Append-only; a correction is a new event that points at the old one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="gebeurtenissen")
    soort = models.CharField(max_length=40)
    """A key of `casework.gebeurtenissen`."""
    gebeurd_op = models.DateTimeField()
    ingevoerd_op = models.DateTimeField()
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    namens = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    gegevens = models.JSONField(default=dict)
    """What was decided, as values."""
    voorstel = models.JSONField(null=True, blank=True)
    """What the agreements proposed at that moment: sleutel, waarde, tekst, regels, versie."""
    afgeweken = models.BooleanField(default=False)
    reden = models.TextField(blank=True)
    regels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    corrigeert = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["gebeurd_op", "id"]
        indexes: ClassVar = [models.Index("casus", "gebeurd_op", name="gebeurtenis_casus")]

    def __str__(self) -> str:
        return self.soort


class Versie(models.Model):
    """Every version of every row of a casus, written by a trigger: table, row, what it was, until when, by whom."""

    id = models.BigAutoField(primary_key=True)
    tabel = models.CharField(max_length=40)
    rij_id = models.UUIDField()
    casus_id = models.UUIDField()
    was = models.JSONField()
    """The row as it was before this change."""
    op = models.DateTimeField()
    door_id = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index("casus_id", "op", name="versie_casus")]

    def __str__(self) -> str:
        return f"{self.tabel} {self.rij_id}"


class Aanwezigheid(models.Model):
    """Who looks at which casus right now, and what he writes; thrown away after a minute."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.CASCADE, related_name="+")
    medewerker = models.ForeignKey(Medewerker, on_delete=models.CASCADE, related_name="+")
    onderdeel = models.CharField(max_length=60, blank=True)
    gezien_op = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("casus", "medewerker", name="aanwezig_eenmaal")]

    def __str__(self) -> str:
        return str(self.medewerker_id)
