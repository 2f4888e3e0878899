# SPDX-License-Identifier: EUPL-1.2
"""The sealed log: lines are numbered by the database, seals over them are added by a role of their own, and each line says
what for, by which part in the casus, with which consent, under which break-glass and from which system."""

from django.db import migrations, models

import vangnet.conf.identifiers

# The lines that are there get their numbers in the order of their moments. From then on the database gives a number and its
# own moment to every line, whatever the writer says, and fills in the treatment relation when the writer did not.
NUMMEREN = """
create sequence access_logregel_volgnummer as bigint;
alter table access_logregel disable trigger user;
with volgorde as (select id, row_number() over (order by op, id) as plaats from access_logregel)
update access_logregel r set nummer = v.plaats, vastgelegd_op = r.op from volgorde v where v.id = r.id;
alter table access_logregel enable trigger user;
select setval('access_logregel_volgnummer', coalesce((select max(nummer) from access_logregel), 0) + 1, false);

create function access_logregel_nummer() returns trigger language plpgsql as $$
begin
  new.nummer := nextval('access_logregel_volgnummer');
  new.vastgelegd_op := clock_timestamp();
  if new.relatie = '' and new.casus_id is not null and new.organisatie_id is not null then
    select coalesce(string_agg(distinct deel, ' ' order by deel), '') into new.relatie from access_betrokkenheid
     where casus_id = new.casus_id and organisatie_id = new.organisatie_id and van <= new.op
       and (tot is null or tot > new.op);
  end if;
  if new.casus_id is not null then
    select left(coalesce(string_agg(distinct t.voor || ':' || t.antwoord, ' '), ''), 200) into new.toestemming
      from (select distinct on (voor, jeugdige_id, persoon_id) voor, antwoord from casework_toestemming
             where casus_id = new.casus_id and op <= new.op and vervallen_op is null
             order by voor, jeugdige_id, persoon_id, op desc) t;
  end if;
  return new;
end $$;
create trigger access_logregel_nummer before insert on access_logregel
  for each row execute function access_logregel_nummer();
"""
NIET_NUMMEREN = """
drop trigger access_logregel_nummer on access_logregel;
drop function access_logregel_nummer();
drop sequence access_logregel_volgnummer;
"""

# Whatever the default privileges gave to others on the seals is taken back: they read. The sealer (a role of its own) reads
# the log and adds seals. Where that role does not exist yet, docs/beheer.md says how to make it and what to grant.
BEWAKEN = """
create trigger access_zegel_vast before update or delete on access_zegel
  for each row execute function access_logregel_vast();
create trigger access_zegel_heel before truncate on access_zegel
  for each statement execute function access_logregel_vast();
create trigger access_zegelcontrole_vast before update or delete on access_zegelcontrole
  for each row execute function access_logregel_vast();
create trigger access_zegelcontrole_heel before truncate on access_zegelcontrole
  for each statement execute function access_logregel_vast();
do $$
declare
  wie record;
begin
  for wie in select distinct a.grantee::regrole as rol from pg_class c cross join aclexplode(c.relacl) a
              where c.oid in ('access_zegel'::regclass, 'access_zegelcontrole'::regclass)
                and a.grantee <> c.relowner and a.grantee <> 0 loop
    execute format('revoke insert, update, delete, truncate on access_zegel, access_zegelcontrole from %s', wie.rol);
  end loop;
  for wie in select distinct a.grantee::regrole as rol from pg_class c cross join aclexplode(c.relacl) a
              where c.oid = 'access_logregel'::regclass and a.grantee <> c.relowner and a.grantee <> 0 loop
    execute format('revoke update, delete, truncate on access_logregel from %s', wie.rol);
  end loop;
  if exists (select from pg_roles where rolname = 'vangnet_zegel') then
    grant select on access_logregel to vangnet_zegel;
    grant select, insert on access_zegel, access_zegelcontrole to vangnet_zegel;
  end if;
end $$;
"""

# Two questions of who watches over the log (vangnet_ziet_toe, of the second lock), answered with the rights of the owner: they
# look past row-level security, within his own region, and give away no more than their columns say. The tables of casussen
# come later than this migration; plpgsql looks for them when it runs.
VRAGEN = """
-- Which lines of the log meet a rule that compares them with casussen (process.show_unusual): numbers of lines, no content.
create function vangnet_logvragen(p_van timestamptz, p_tot timestamptz, p_wie uuid[], p_klanken text[])
returns table (welke text, regel_id uuid) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not vangnet_ziet_toe() then
    return;
  end if;
  return query
  with mijn as (select o.regio from access_organisatie o where o.id = vangnet_wie()),
  namen as (select * from unnest(p_wie, p_klanken) as n(wie, klank)),
  l as materialized (
    select r.id, r.op, r.medewerker_id, r.organisatie_id, r.casus_id, r.geslaagd, r.handeling, r.relatie, r.toelichting
      from access_logregel r join access_organisatie o on o.id = r.organisatie_id join mijn on mijn.regio = o.regio
     where r.op >= p_van and r.op < p_tot and r.casus_id is not null and (r.geslaagd or r.toelichting = 'NietBetrokken'))
  select 'dicht', l.id from l where not l.geslaagd and exists (
    select from access_blokkade d where d.casus_id = l.casus_id and d.medewerker_id = l.medewerker_id)
  union all
  select 'eigen_naam', l.id from l join namen n on n.wie = l.medewerker_id
   where l.geslaagd and l.handeling <> 'zoeken' and (
    exists (select from casework_jeugdige j where j.casus_id = l.casus_id and j.klank = n.klank)
    or exists (select from casework_persoon p where p.casus_id = l.casus_id and p.klank = n.klank))
  union all
  select 'niet_betrokken', l.id from l where not l.geslaagd and not exists (
    select from access_betrokkenheid b where b.casus_id = l.casus_id and b.organisatie_id = l.organisatie_id and b.van <= l.op)
  union all
  select 'na_einde', l.id from l where (l.geslaagd and l.relatie = 'dossier') or (
    not l.geslaagd and l.relatie in ('', 'dossier') and exists (
    select from access_betrokkenheid b where b.casus_id = l.casus_id and b.organisatie_id = l.organisatie_id and b.van <= l.op));
end $$;

-- What heads the list for a family: that the casus is of this region, whether an address is secret, when it began.
create function vangnet_casuskop(p_nummer text)
returns table (casus_id uuid, geheim boolean, begonnen_op timestamptz) language plpgsql stable security definer
set search_path = public, pg_temp as $$
begin
  if not vangnet_ziet_toe() then
    return;
  end if;
  return query
  select c.id, c.geheim, c.begonnen_op from casework_casus c
   where c.nummer = p_nummer and c.regio = (select o.regio from access_organisatie o where o.id = vangnet_wie());
end $$;
"""
GEEN_VRAGEN = """
drop function vangnet_casuskop(text);
drop function vangnet_logvragen(timestamptz, timestamptz, uuid[], text[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_betrokken_lopend"),
    ]

    operations = [
        migrations.CreateModel(
            name="Zegel",
            fields=[
                ("nummer", models.BigIntegerField(primary_key=True, serialize=False)),
                ("op", models.DateTimeField()),
                ("van", models.BigIntegerField()),
                ("tot", models.BigIntegerField()),
                ("gezien_tot", models.BigIntegerField()),
                ("aantal", models.IntegerField()),
                ("vorm", models.SmallIntegerField()),
                ("regels", models.BinaryField()),
                ("vorige", models.BinaryField()),
                ("sleutel", models.CharField(max_length=16)),
                ("merk", models.BinaryField()),
            ],
            options={"ordering": ["nummer"]},
        ),
        migrations.CreateModel(
            name="Zegelcontrole",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("op", models.DateTimeField()),
                ("goed", models.BooleanField()),
                ("regels", models.BigIntegerField()),
                ("zegels", models.BigIntegerField()),
                ("uitslag", models.CharField(blank=True, max_length=300)),
            ],
            options={"indexes": [models.Index("op", name="zegelcontrole_op")]},
        ),
        migrations.AddField("logregel", "doel", models.CharField(blank=True, max_length=20, default=""), False),
        migrations.AddField("logregel", "relatie", models.CharField(blank=True, max_length=100, default=""), False),
        migrations.AddField("logregel", "toestemming", models.CharField(blank=True, max_length=200, default=""), False),
        migrations.AddField("logregel", "noodtoegang_id", models.UUIDField(null=True)),
        migrations.AddField("logregel", "bron", models.CharField(blank=True, max_length=60, default=""), False),
        migrations.AddField("logregel", "nummer", models.BigIntegerField(editable=False, null=True, unique=True)),
        migrations.AddField("logregel", "vastgelegd_op", models.DateTimeField(editable=False, null=True)),
        migrations.RunSQL(NUMMEREN, NIET_NUMMEREN),
        migrations.AddIndex("logregel", models.Index("op", name="log_op")),
        migrations.AddConstraint(
            "logregel",
            models.CheckConstraint(
                condition=models.Q(("nummer__isnull", False), ("vastgelegd_op__isnull", False)), name="log_genummerd"
            ),
        ),
        migrations.RunSQL(BEWAKEN, migrations.RunSQL.noop),
        migrations.RunSQL(VRAGEN, GEEN_VRAGEN),
    ]
