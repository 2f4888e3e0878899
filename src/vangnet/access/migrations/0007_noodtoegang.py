# SPDX-License-Identifier: EUPL-1.2
"""Break-glass: who looked at which child for an hour, why, and what the review said. Nobody but functions of the owner
writes it (`clocks.0004`), nothing of it is taken away, and what was said stays as it was said, until its casus is erased whole."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import vangnet.access.models
import vangnet.conf.identifiers

BEWAKEN = """
create function access_noodtoegang_vast() returns trigger language plpgsql as $$
begin
  -- It goes with the casus it looked at, when the owner's procedure erases that; the log keeps that somebody looked.
  if tg_op = 'DELETE' and current_setting('vangnet.wist', true) = 'ja'
     and current_user = (select pg_get_userbyid(c.relowner) from pg_class c where c.oid = tg_relid) then
    return old;
  end if;
  if tg_op <> 'UPDATE' then
    raise exception 'access_noodtoegang is om te bewaren' using errcode = 'integrity_constraint_violation';
  end if;
  if (new.id, new.casus_id, new.medewerker_id, new.organisatie_id, new.rol, new.reden, new.van, new.tot, new.uiterlijk)
       is distinct from
     (old.id, old.casus_id, old.medewerker_id, old.organisatie_id, old.rol, old.reden, old.van, old.tot, old.uiterlijk)
     or old.levensgevaar and not new.levensgevaar
     or old.beeindigd_op is not null and new.beeindigd_op is distinct from old.beeindigd_op
     or old.adres_op is not null and old.adres_antwoord <> 'nee' and (new.adres_op, new.adres_antwoord, new.adres_tweede_id)
          is distinct from (old.adres_op, old.adres_antwoord, old.adres_tweede_id)
     or old.oordeel in ('terecht', 'onterecht') and (new.oordeel, new.toelichting, new.beoordeeld_op, new.beoordeeld_door_id)
          is distinct from (old.oordeel, old.toelichting, old.beoordeeld_op, old.beoordeeld_door_id) then
    raise exception 'wat bij noodtoegang gezegd is, blijft staan' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger access_noodtoegang_vast before update or delete on access_noodtoegang
  for each row execute function access_noodtoegang_vast();
create trigger access_noodtoegang_heel before truncate on access_noodtoegang
  for each statement execute function access_noodtoegang_vast();
do $$
declare
  wie record;
begin
  for wie in select distinct a.grantee::regrole as rol from pg_class c cross join aclexplode(c.relacl) a
              where c.oid = 'access_noodtoegang'::regclass and a.grantee <> c.relowner and a.grantee <> 0 loop
    execute format('revoke insert, update, delete, truncate on access_noodtoegang from %s', wie.rol);
  end loop;
end $$;
"""
NIET_BEWAKEN = """
drop trigger access_noodtoegang_heel on access_noodtoegang;
drop trigger access_noodtoegang_vast on access_noodtoegang;
drop function access_noodtoegang_vast();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_koppelingen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Noodtoegang",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("casus_id", models.UUIDField()),
                ("rol", models.CharField(max_length=30)),
                ("reden", models.CharField(max_length=500)),
                ("van", models.DateTimeField()),
                ("tot", models.DateTimeField()),
                ("beeindigd_op", models.DateTimeField(null=True)),
                ("levensgevaar", models.BooleanField()),
                ("adres_gevraagd_op", models.DateTimeField(null=True)),
                ("adres_reden", models.CharField(blank=True, max_length=500)),
                ("adres_antwoord", models.CharField(blank=True, max_length=12)),
                ("adres_op", models.DateTimeField(null=True)),
                ("uiterlijk", models.DateField()),
                ("beoordeeld_op", models.DateTimeField(null=True)),
                ("oordeel", models.CharField(blank=True, max_length=10)),
                ("toelichting", models.CharField(blank=True, max_length=1000)),
                (
                    "adres_tweede",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "beoordeeld_door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.organisatie"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("casus_id"), name="noodtoegang_casus"),
                    models.Index(
                        models.F("uiterlijk"),
                        condition=models.Q(("oordeel__in", ("terecht", "onterecht")), _negated=True),
                        name="noodtoegang_open",
                    ),
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("medewerker", "="),
                            (
                                vangnet.access.models.Periode(
                                    "van", django.db.models.functions.comparison.Coalesce("beeindigd_op", "tot")
                                ),
                                "&&",
                            ),
                        ],
                        name="noodtoegang_een_tegelijk",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("beeindigd_op__isnull", True), ("tot__gt", models.F("van"))),
                            models.Q(
                                ("beeindigd_op__gte", models.F("van")),
                                ("beeindigd_op__lte", models.F("tot")),
                                ("tot__gt", models.F("van")),
                            ),
                            _connector="OR",
                        ),
                        name="noodtoegang_periode",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reden", ""), _negated=True),
                            ("adres_antwoord__in", ("", "ja", "nee", "levensgevaar")),
                            ("oordeel__in", ("", "terecht", "onterecht", "navraag")),
                        ),
                        name="noodtoegang_woorden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("adres_tweede__isnull", True),
                            models.Q(("adres_tweede", models.F("medewerker")), _negated=True),
                            _connector="OR",
                        ),
                        name="noodtoegang_ander",
                    ),
                ],
            },
        ),
        migrations.RunSQL(BEWAKEN, NIET_BEWAKEN),
    ]
