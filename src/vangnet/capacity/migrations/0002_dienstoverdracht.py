# SPDX-License-Identifier: EUPL-1.2
"""The hand-over of a shift: its two tables, who sees their rows, that a signature stays what it was, that open pages hear of it,
and that it goes with the casussen that were on it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vangnet.conf.identifiers

DEEL = """exists (select from access_betrokkenheid b where b.casus_id = capacity_dienstoverdrachtregel.casus_id
  and b.organisatie_id = vangnet_wie() and b.van <= vangnet_nu() and (b.tot is null or b.tot >= vangnet_nu()))"""
EIGEN = "exists (select from capacity_dienstoverdracht o where o.id = overdracht_id)"
"""Only the own ones are there to be found."""

OP = f"""
-- A hand-over is of the service that hands over. What hangs on a casus asks for a part in that casus besides.
create policy eigen on capacity_dienstoverdracht for select using (organisatie_id = vangnet_wie());
create policy tekenen on capacity_dienstoverdracht for insert
  with check (organisatie_id = vangnet_wie() and gever_id = vangnet_ik());
create policy antwoorden on capacity_dienstoverdracht for update
  using (organisatie_id = vangnet_wie()) with check (organisatie_id = vangnet_wie());
create policy eigen on capacity_dienstoverdrachtregel for select using ({EIGEN} and {DEEL});
create policy tekenen on capacity_dienstoverdrachtregel for insert with check ({EIGEN} and {DEEL});
alter table capacity_dienstoverdracht enable row level security;
alter table capacity_dienstoverdracht force row level security;
alter table capacity_dienstoverdrachtregel enable row level security;
alter table capacity_dienstoverdrachtregel force row level security;

-- What was signed stays: it is received or taken back, once. Only the procedure that erases goes further (clocks 0005).
create function capacity_overdracht_vast() returns trigger language plpgsql as $$
begin
  if current_setting('vangnet.wist', true) = 'ja'
     and current_user = (select pg_get_userbyid(c.relowner) from pg_class c where c.oid = tg_relid) then
    return coalesce(new, old);
  end if;
  if tg_op = 'DELETE' or old.ontvangen_op is not null or old.ingetrokken_op is not null
     or (new.id, new.organisatie_id, new.gever_id, new.getekend_op, new.sinds, new.opmerking)
        is distinct from (old.id, old.organisatie_id, old.gever_id, old.getekend_op, old.sinds, old.opmerking) then
    raise exception 'een getekende overdracht verandert niet' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger vast before update or delete on capacity_dienstoverdracht
  for each row execute function capacity_overdracht_vast();
create trigger alleen_erbij before update or delete or truncate on capacity_dienstoverdrachtregel
  for each statement execute function casework_alleen_erbij();

-- When a casus is erased, what was said about the shift goes with it: somebody may have named the family there after all. A
-- hand-over of which no casus is left goes whole.
create function capacity_overdracht_leeg() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if exists (select from capacity_dienstoverdrachtregel r where r.overdracht_id = old.overdracht_id) then
    update capacity_dienstoverdracht o set opmerking = '' where o.id = old.overdracht_id and o.opmerking <> '';
  else
    delete from capacity_dienstoverdracht o where o.id = old.overdracht_id;
  end if;
  return null;
end $$;
create trigger leeg after delete on capacity_dienstoverdrachtregel
  for each row execute function capacity_overdracht_leeg();

-- That one waits, was received or taken back stands on every board of the service.
create trigger overdracht_melden after insert or update on capacity_dienstoverdracht
  for each row execute function capacity_dienst_melden();
revoke execute on function capacity_overdracht_leeg(), capacity_overdracht_vast() from public;
"""
AF = """
drop trigger overdracht_melden on capacity_dienstoverdracht;
drop trigger leeg on capacity_dienstoverdrachtregel;
drop trigger alleen_erbij on capacity_dienstoverdrachtregel;
drop trigger vast on capacity_dienstoverdracht;
drop function capacity_overdracht_leeg();
drop function capacity_overdracht_vast();
drop policy tekenen on capacity_dienstoverdrachtregel;
drop policy eigen on capacity_dienstoverdrachtregel;
drop policy antwoorden on capacity_dienstoverdracht;
drop policy tekenen on capacity_dienstoverdracht;
drop policy eigen on capacity_dienstoverdracht;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_tweede_persoon"),
        ("capacity", "0001_initial"),
        ("casework", "0005_verzoeken"),
        ("clocks", "0007_meld_wijziging"),  # who asks, and that open pages hear of a change
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dienstoverdracht",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("getekend_op", models.DateTimeField()),
                ("sinds", models.DateTimeField()),
                ("opmerking", models.CharField(blank=True, max_length=500)),
                ("ontvangen_op", models.DateTimeField(blank=True, null=True)),
                ("ingetrokken_op", models.DateTimeField(blank=True, null=True)),
                (
                    "gever",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ontvanger",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "ordering": ["-getekend_op"],
            },
        ),
        migrations.CreateModel(
            name="Dienstoverdrachtregel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kant", models.CharField(max_length=8)),
                ("versie", models.PositiveIntegerField()),
                ("opmerking", models.CharField(blank=True, max_length=300)),
                (
                    "casus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.casus"
                    ),
                ),
                (
                    "overdracht",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regels",
                        to="capacity.dienstoverdracht",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="dienstoverdracht",
            index=models.Index(fields=["organisatie", "-getekend_op"], name="overdracht_van"),
        ),
        migrations.AddConstraint(
            model_name="dienstoverdracht",
            constraint=models.UniqueConstraint(
                models.F("organisatie"),
                condition=models.Q(("ingetrokken_op__isnull", True), ("ontvangen_op__isnull", True)),
                name="overdracht_een_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="dienstoverdracht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ontvanger__isnull", True),
                    models.Q(("ontvanger", models.F("gever")), _negated=True),
                    _connector="OR",
                ),
                name="overdracht_twee_mensen",
            ),
        ),
        migrations.AddConstraint(
            model_name="dienstoverdracht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ontvangen_op__isnull", True), ("ontvanger__isnull", True)),
                    models.Q(
                        ("ingetrokken_op__isnull", True), ("ontvangen_op__isnull", False), ("ontvanger__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="overdracht_ontvangen",
            ),
        ),
        migrations.AddConstraint(
            model_name="dienstoverdracht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ontvangen_op__isnull", True), ("ontvangen_op__gte", models.F("getekend_op")), _connector="OR"
                ),
                name="overdracht_volgorde",
            ),
        ),
        migrations.AddIndex(
            model_name="dienstoverdrachtregel",
            index=models.Index(models.F("casus"), name="overdrachtregel_casus"),
        ),
        migrations.AddConstraint(
            model_name="dienstoverdrachtregel",
            constraint=models.UniqueConstraint(
                models.F("overdracht"), models.F("casus"), models.F("kant"), name="overdrachtregel_eenmaal"
            ),
        ),
        migrations.AddConstraint(
            model_name="dienstoverdrachtregel",
            constraint=models.CheckConstraint(
                condition=models.Q(("kant__in", ["geeft", "neemt"])), name="overdrachtregel_kant"
            ),
        ),
        migrations.RunSQL(OP, AF),
    ]
