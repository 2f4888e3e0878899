# SPDX-License-Identifier: EUPL-1.2
"""Organisations, the people who work there, what they may be for a casus, and the log of every look and change."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce, Lower

from vangnet.conf.identifiers import new_id


class Soort(models.TextChoices):
    """What kind of organisation it is; decides which functions its people can have."""

    CRISISDIENST = "crisisdienst", "Crisisdienst"
    TOEGANG = "toegang", "Gemeentelijke toegang"
    GI = "gi", "Gecertificeerde instelling"
    VEILIG_THUIS = "veilig_thuis", "Veilig Thuis"
    ZORGAANBIEDER = "zorgaanbieder", "Zorgaanbieder"
    TAFEL = "tafel", "Regionale tafel"
    REGIO = "regio", "Regio"


class Rol(models.TextChoices):
    """What a person does for an organisation; the rights table (`rechten`) speaks in these words."""

    CRISISMEDEWERKER = "crisismedewerker", "Crisismedewerker"
    GEDRAGSWETENSCHAPPER = "gedragswetenschapper", "Gedragswetenschapper"
    PSYCHIATER = "psychiater", "Psychiater"
    COORDINATOR = "coordinator", "Coördinator"
    TOEGANGSMEDEWERKER = "toegangsmedewerker", "Toegangsmedewerker"
    JEUGDBESCHERMER = "jeugdbeschermer", "Jeugdbeschermer"
    MEDEWERKER_VEILIG_THUIS = "medewerker_veilig_thuis", "Medewerker Veilig Thuis"
    PLANNER = "planner", "Planner van een aanbieder"
    TAFELLID = "tafellid", "Lid van een regionale tafel"
    BELEIDSMEDEWERKER = "beleidsmedewerker", "Beleidsmedewerker"
    BEHEERDER = "beheerder", "Regiobeheerder"
    FG = "fg", "Functionaris gegevensbescherming"


class Deel(models.TextChoices):
    """In what part an organisation takes part in a casus; all rights follow from it."""

    REGIE = "regie", "Regie"
    CRISISHULP = "crisishulp", "Crisishulp"
    INSCHATTING = "inschatting", "Mee op inschatting"
    MEEDENKEN = "meedenken", "Denkt mee"
    SIGNAAL = "signaal", "Kreeg een signaal"
    RTO = "rto", "Genodigd voor het RTO"
    HULP = "hulp", "Geeft hulp"
    VERVOLG = "vervolg", "Vervolghulp"
    AANBOD = "aanbod", "Is iets gevraagd"
    DOSSIER = "dossier", "Bewaart het dossier"


class Organisatie(models.Model):
    """An organisation in the chain: a crisis service, the access of a municipality, a GI, a provider, a table."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    regio = models.SlugField(max_length=60)
    soort = models.CharField(max_length=20, choices=Soort)
    naam = models.CharField(max_length=120)
    gemeente = models.CharField(max_length=80, blank=True)
    """The municipality whose access this is; empty for others."""
    telefoon = models.CharField(max_length=30, blank=True)
    telefoon_buiten = models.CharField(max_length=30, blank=True)
    """The number outside office hours; empty when nobody answers then."""
    bereikbaar = models.CharField(max_length=200, blank=True)
    """When the first number is answered, in words."""
    postbus = models.EmailField(blank=True)
    actief = models.BooleanField(default=True)

    class Meta:
        ordering = ["naam"]
        constraints: ClassVar = [
            models.UniqueConstraint("regio", Lower("naam"), name="organisatie_eenmaal"),
            models.CheckConstraint(condition=Q(soort__in=Soort.values), name="organisatie_soort"),
        ]

    def __str__(self) -> str:
        return self.naam


class Medewerkers(BaseUserManager["Medewerker"]):
    """Finds people by their address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> Medewerker:
        return self.get(email__iexact=username)


class Medewerker(AbstractBaseUser):
    """A person who signs in. What he may do follows from his functions and from the betrokkenheid of his organisation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField()
    naam = models.CharField(max_length=120)
    telefoon = models.CharField(max_length=30, blank=True)
    opleiding = models.CharField(max_length=4, blank=True, choices=[(o, o) for o in ("MBO", "HBO", "HBO+", "WO")])
    """Qualification; the triager needs HBO+ or WO where the region says so (LEK-19)."""
    is_active = models.BooleanField(default=True)
    sessienummer = models.PositiveIntegerField(default=1)
    """Every session carries the number it began with; raising it ends all sessions of this person at once."""

    objects = Medewerkers()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["naam"]

    class Meta:
        ordering = ["naam"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="medewerker_eenmaal")]

    def __str__(self) -> str:
        return self.naam


class Functie(models.Model):
    """What a person does for which organisation, from when until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="functies")
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="functies")
    rol = models.CharField(max_length=30, choices=Rol)
    van = models.DateTimeField()
    tot = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "medewerker", "organisatie", "rol", condition=Q(tot__isnull=True), name="functie_eenmaal"
            ),
            models.CheckConstraint(condition=Q(rol__in=Rol.values), name="functie_rol"),
            models.CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gt=F("van")), name="functie_periode"),
        ]

    def __str__(self) -> str:
        return f"{self.rol} bij {self.organisatie_id}"


class Periode(Func):
    """The half open period of a row, as PostgreSQL knows it."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Betrokkenheid(models.Model):
    """Which organisation (and person) takes part in which casus, in what part, from when until when.

    `casus_id` has no foreign key, since no key points up; the room of the casus guards it with a trigger. That an open
    casus has exactly one organisation in the lead is held by an exclusion constraint here and a trigger there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus_id = models.UUIDField()
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    deel = models.CharField(max_length=12, choices=Deel)
    van = models.DateTimeField()
    tot = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="een_regie_tegelijk",
                expressions=[
                    ("casus_id", RangeOperators.EQUAL),
                    (Periode("van", "tot"), RangeOperators.OVERLAPS),
                ],
                condition=Q(deel="regie"),
            ),
            models.CheckConstraint(condition=Q(deel__in=Deel.values), name="betrokkenheid_deel"),
            models.CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="betrokkenheid_periode"),
        ]
        indexes: ClassVar = [
            models.Index("organisatie", "casus_id", name="betrokken_nu", condition=Q(tot__isnull=True)),
            models.Index("casus_id", name="betrokken_casus"),
            models.Index("organisatie", "tot", name="betrokken_lopend", condition=~Q(deel="dossier")),
        ]

    def __str__(self) -> str:
        return f"{self.deel} in {self.casus_id}"


class Blokkade(models.Model):
    """A person who may not see a casus although his organisation may: a relation of the family, say."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus_id = models.UUIDField()
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    van = models.DateTimeField()
    reden = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("casus_id", "medewerker", name="blokkade_eenmaal")]

    def __str__(self) -> str:
        return f"{self.medewerker_id} niet bij {self.casus_id}"


class Noodtoegang(models.Model):
    """Break-glass: one person looks at one child for an hour, for one reason, and is reviewed. Rows are made and go on by
    functions of the database only (`clocks.0004`); a trigger holds what was said."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus_id = models.UUIDField()
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    rol = models.CharField(max_length=30)
    reden = models.CharField(max_length=500)
    """Why, in his own words."""
    van = models.DateTimeField()
    tot = models.DateTimeField()
    """An hour later, whatever happens."""
    beeindigd_op = models.DateTimeField(null=True)
    """When he said that he was done."""
    levensgevaar = models.BooleanField()
    """He said that a life was at risk: then a secret address needs no second person."""
    adres_gevraagd_op = models.DateTimeField(null=True)
    adres_reden = models.CharField(max_length=500, blank=True)
    """Why the address, for the second person, who sees nothing of the family."""
    adres_tweede = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, related_name="+")
    adres_antwoord = models.CharField(max_length=12, blank=True)
    """`ja` or `nee` of the second person, or `levensgevaar`: also after a no, whose person then stays named."""
    adres_op = models.DateTimeField(null=True)
    """When that was answered."""
    uiterlijk = models.DateField()
    """The last day of the review: the next working day of the region."""
    beoordeeld_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, related_name="+")
    beoordeeld_op = models.DateTimeField(null=True)
    oordeel = models.CharField(max_length=10, blank=True)
    """`terecht`, `onterecht`, or `navraag`: looked at in time, not finished."""
    toelichting = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="noodtoegang_een_tegelijk",
                expressions=[
                    ("medewerker", RangeOperators.EQUAL),
                    (Periode("van", Coalesce("beeindigd_op", "tot")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(tot__gt=F("van"), beeindigd_op__isnull=True) | Q(tot__gt=F("van"), beeindigd_op__gte=F("van"), beeindigd_op__lte=F("tot")), name="noodtoegang_periode"),
            models.CheckConstraint(
                condition=~Q(reden="") & Q(adres_antwoord__in=("", "ja", "nee", "levensgevaar"))
                & Q(oordeel__in=("", "terecht", "onterecht", "navraag")),
                name="noodtoegang_woorden",
            ),
            models.CheckConstraint(
                condition=Q(adres_tweede__isnull=True) | ~Q(adres_tweede=F("medewerker")), name="noodtoegang_ander"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index("casus_id", name="noodtoegang_casus"),
            models.Index("uiterlijk", name="noodtoegang_open", condition=~Q(oordeel__in=("terecht", "onterecht"))),
        ]

    def __str__(self) -> str:
        return f"{self.medewerker_id} bij {self.casus_id}"


class Logregel(models.Model):
    """One line of the log by NEN 7513: when, who, for which organisation, in what function, did what, to what, with what
    outcome. The table only takes new lines; a trigger refuses the rest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    op = models.DateTimeField()
    medewerker_id = models.UUIDField(null=True)
    naam = models.CharField(max_length=120, blank=True)
    organisatie_id = models.UUIDField(null=True)
    rol = models.CharField(max_length=30, blank=True)
    handeling = models.CharField(max_length=20)
    """aanmelden, afmelden, inzien, zoeken, printen, wijzigen, toevoegen, exporteren, geweigerd, ..."""
    ding = models.CharField(max_length=60)
    """Which thing of the rights table: casus, melding, bord, medewerker, ..."""
    casus_id = models.UUIDField(null=True)
    geslaagd = models.BooleanField(default=True)
    toelichting = models.CharField(max_length=300, blank=True)
    """Why it was refused, or which part was seen; never what was in it."""
    adres = models.GenericIPAddressField(null=True)
    verzoek = models.UUIDField(null=True)
    doel = models.CharField(max_length=20, blank=True)
    """What for: hulp, beheer, toezicht, aanmelden (`log.doel_van`)."""
    relatie = models.CharField(max_length=100, blank=True)
    """The parts that the organisation had in the casus at that moment: the treatment relation. The database fills it in
    when the caller does not."""
    toestemming = models.CharField(max_length=200, blank=True)
    """Which answers to a request for consent stood in the casus at that moment (`hulp:ja delen:nee`), without whose. The
    database fills it in."""
    noodtoegang_id = models.UUIDField(null=True)
    """The break-glass under which this was done; None in ordinary work."""
    bron = models.CharField(max_length=60, blank=True)
    """The system that wrote the line."""
    nummer = models.BigIntegerField(null=True, unique=True, editable=False)
    """Given out by the database when it writes the line, in the order of writing; seals speak of it."""
    vastgelegd_op = models.DateTimeField(null=True, editable=False)
    """When the database wrote the line, by its own clock."""

    class Meta:
        indexes: ClassVar = [
            models.Index("casus_id", "op", name="log_casus", condition=Q(casus_id__isnull=False)),
            models.Index("medewerker_id", "op", name="log_medewerker"),
            models.Index("op", name="log_op"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(nummer__isnull=False, vastgelegd_op__isnull=False), name="log_genummerd")
        ]

    def __str__(self) -> str:
        return f"{self.handeling} {self.ding}"


class Zegel(models.Model):
    """A seal over a run of lines of the log: their hashes, the seal before it, and a mark made with a key that is not in
    the database (`zegel`). The table only takes new rows, and only from the sealer."""

    nummer = models.BigIntegerField(primary_key=True)
    op = models.DateTimeField()
    """When the lines that it covers were looked for, by the clock of the database."""
    van = models.BigIntegerField()
    """The line number after the one that the seal before it ended with."""
    tot = models.BigIntegerField()
    gezien_tot = models.BigIntegerField()
    """Up to which line number everything was there at `op`; the last seal of that round ends with it."""
    aantal = models.IntegerField()
    vorm = models.SmallIntegerField()
    """Which fields of a line count (`zegel.VORMEN`)."""
    regels = models.BinaryField()
    """Per line its number (8 bytes) and the SHA-256 of its fields (32 bytes), in order."""
    vorige = models.BinaryField()
    """The SHA-256 of the seal before it; zeros for the first."""
    sleutel = models.CharField(max_length=16)
    """Which key made the mark: the beginning of its SHA-256."""
    merk = models.BinaryField()
    """HMAC-SHA256 over all the rest."""

    class Meta:
        ordering = ["nummer"]

    def __str__(self) -> str:
        return f"zegel {self.nummer}"


class Zegelcontrole(models.Model):
    """That the sealed log was checked, and what came out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    op = models.DateTimeField()
    goed = models.BooleanField()
    regels = models.BigIntegerField()
    zegels = models.BigIntegerField()
    uitslag = models.CharField(max_length=300, blank=True)
    """The first faults in words; empty when there are none."""

    class Meta:
        indexes: ClassVar = [models.Index("op", name="zegelcontrole_op")]

    def __str__(self) -> str:
        return "goed" if self.goed else "fout"


class Reservekopie(models.Model):
    """That a backup was made, looked over, or put back to try it. The table only takes new rows, and only from the role that
    makes backups: the application cannot say that there is one."""

    GEMAAKT, NAGEKEKEN, TERUGGEZET = SOORTEN = ("gemaakt", "nagekeken", "teruggezet")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    op = models.DateTimeField()
    """Of one that was made: the moment of which it holds the database. Else: when it was looked at."""
    vastgelegd_op = models.DateTimeField()
    """When this row was written, by the clock of the database."""
    soort = models.CharField(max_length=12)
    """One of `SOORTEN`."""
    goed = models.BooleanField()
    grootte = models.BigIntegerField()
    """Bytes of the file."""
    tabellen = models.IntegerField()
    rijen = models.BigIntegerField()
    vingerafdruk = models.CharField(max_length=64)
    """The SHA-256 of the file."""
    uitslag = models.CharField(max_length=300, blank=True)
    """What was wrong, in words; empty when nothing was."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["soort", "op"], name="reservekopie_op")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(soort__in=("gemaakt", "nagekeken", "teruggezet")), name="reservekopie_soort"
            )
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.op:%Y-%m-%d %H:%M}"


class Sluitingsdag(models.Model):
    """A day on which the access of a municipality is not available, as it filed it (ZL-39..43)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="sluitingsdagen")
    datum = models.DateField()
    gemeld_op = models.DateField()
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organisatie", "datum", condition=Q(ingetrokken_op__isnull=True), name="sluitingsdag_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.datum}"


class Aanmeldpoging(models.Model):
    """How often signing in with one address has failed lately. The address itself is not kept, only a keyed hash of it,
    so that an address that is not known here counts in the same way and the table names nobody."""

    sleutel = models.CharField(primary_key=True, max_length=64)
    aantal = models.PositiveIntegerField(default=0)
    laatste = models.DateTimeField()
    vast_tot = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index("laatste", name="poging_laatste")]

    def __str__(self) -> str:
        return f"{self.aantal} keer"


class Uitnodiging(models.Model):
    """An address that lets one person set a password, once. Only a hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="uitnodigingen")
    geheim = models.CharField(max_length=64, unique=True)
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Who invited; empty when the operator did so at the command line."""
    op = models.DateTimeField()
    geldig_tot = models.DateTimeField()
    gebruikt_op = models.DateTimeField(null=True, blank=True)
    bevestigd_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """The second person (`access.tweede`); asked when the one who is invited has no second factor of his own."""
    bevestigd_op = models.DateTimeField(null=True, blank=True)
    afgerond_op = models.DateTimeField(null=True, blank=True)
    """When the person came in with the password that he set by it and a second factor: from then on it is his alone."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("medewerker", condition=Q(gebruikt_op__isnull=True), name="uitnodiging_een_open"),
            models.CheckConstraint(condition=Q(geldig_tot__gt=F("op")), name="uitnodiging_periode"),
            models.CheckConstraint(condition=~Q(bevestigd_door=F("door")), name="uitnodiging_twee_mensen"),
        ]

    def __str__(self) -> str:
        return f"voor {self.medewerker_id}"


class Eenmaalcode(models.Model):
    """A code that stands in for a lost second factor, once and for a quarter of an hour. Only a hash of it is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="eenmaalcodes")
    geheim = models.CharField(max_length=64)
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()
    geldig_tot = models.DateTimeField()
    gebruikt_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("medewerker", condition=Q(gebruikt_op__isnull=True), name="eenmaalcode_een_open"),
            models.CheckConstraint(condition=Q(geldig_tot__gt=F("op")), name="eenmaalcode_periode"),
        ]

    def __str__(self) -> str:
        return f"voor {self.medewerker_id}"


class Proefinstallatie(models.Model):
    """One row says that the demo made this database; without it nobody signs in with one click."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    op = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="proefinstallatie_een")]

    def __str__(self) -> str:
        return f"proef sinds {self.op:%Y-%m-%d}"


class Koppeling(models.Model):
    """A system of an organisation that asks the programming interface with a key of its own. Only a hash of the key is
    kept. The person in whose name it writes cannot sign in and has no function: the key alone makes him act."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="koppelingen")
    medewerker = models.OneToOneField(Medewerker, on_delete=models.PROTECT, related_name="koppeling")
    naam = models.CharField(max_length=40)
    begin = models.CharField(max_length=12)
    """The first signs of the key, to recognise it by."""
    geheim = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=40))
    """Marks of the rights table: what this system may ask, of what its organisation may."""
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Who made it; empty for the key of the demo."""
    op = models.DateTimeField()
    geldig_tot = models.DateTimeField()
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    gebruikt_op = models.DateTimeField(null=True, blank=True)
    """When it was last used, to the minute."""
    bevestigd_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """The second person (`access.tweede`); empty for the key of the demo and for keys from before this was asked."""
    bevestigd_op = models.DateTimeField(null=True, blank=True)
    """Until then the key opens nothing."""

    class Meta:
        ordering = ["naam"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organisatie", Lower("naam"), condition=Q(ingetrokken_op__isnull=True), name="koppeling_eenmaal"
            ),
            models.CheckConstraint(condition=Q(geldig_tot__gt=F("op")), name="koppeling_periode"),
            models.CheckConstraint(condition=~Q(bevestigd_door=F("door")), name="koppeling_twee_mensen"),
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.begin})"


class Agendasleutel(models.Model):
    """The secret address under which a calendar program reads what one person has to do in one function. Only a hash of it
    is kept. A new one takes the place of the old; goes with the function when that is erased."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    functie = models.OneToOneField(Functie, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    """The database itself takes the key away with the function (access 0009)."""
    geheim = models.CharField(max_length=64, unique=True)
    sessienummer = models.PositiveIntegerField()
    """That of the person when it was made: whatever ends all his sessions ends this too."""
    op = models.DateTimeField()
    geldig_tot = models.DateTimeField()
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    gelezen_op = models.DateTimeField(null=True, blank=True)
    gelogd_op = models.DateTimeField(null=True, blank=True)
    """When reading it last became a line of the log: once an hour at most."""
    ongelogd = models.PositiveIntegerField(default=0)
    """How often it was read since that line; the next line says so."""

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(geldig_tot__gt=F("op")), name="agenda_periode")]

    def __str__(self) -> str:
        return f"agenda van {self.functie_id}"


class Ontvangst(models.Model):
    """What a system sent under an id of its own choice, so that the same again gives the same answer and something else
    under that id is refused. Keeps a keyed hash of what came in and ids of what came of it: nothing of its content."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    ding = models.CharField(max_length=20)
    """melding or antwoord."""
    ding_id = models.UUIDField()
    inhoud = models.CharField(max_length=64)
    antwoord = models.JSONField()
    op = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("organisatie", "ding", "ding_id", name="ontvangst_eenmaal"),
        ]
        indexes: ClassVar = [models.Index("op", name="ontvangst_op")]

    def __str__(self) -> str:
        return f"{self.ding} {self.ding_id}"


class Tegoed(models.Model):
    """How many requests a key, or an address that sends wrong keys, may still make now (`access.tegoed`). The table is
    not logged by the database: after a crash everybody begins anew."""

    sleutel = models.CharField(primary_key=True, max_length=70)
    over = models.FloatField()
    op = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index("op", name="tegoed_op")]

    def __str__(self) -> str:
        return f"{self.over:.0f}"
