# SPDX-License-Identifier: EUPL-1.2
"""What the database itself guards: every version is kept, events and facts only grow, an open casus has exactly one
organisation in the lead, no help begins before the decision, nobody takes part in a casus that does not exist."""

from django.db import migrations

VERSIES = [
    "casus", "melding", "jeugdige", "persoon", "adres", "inzet", "rto", "genodigde", "aanbod", "taak", "toestemming",
    "notitie",
]  # fmt: skip
ALLEEN_ERBIJ = ["feit", "gebeurtenis", "versie"]

# The columns that follow from others say nothing about what somebody knew; they are left out of a version.
BEWAAR = """
create function casework_bewaar_versie() returns trigger language plpgsql as $$
declare
  oud jsonb := to_jsonb(old) - 'beeld' - 'volgende_klok_op' - 'gewijzigd_op' - 'versie' - 'klank' - 'telefoon_cijfers';
  nieuw jsonb := to_jsonb(new) - 'beeld' - 'volgende_klok_op' - 'gewijzigd_op' - 'versie' - 'klank' - 'telefoon_cijfers';
begin
  if oud is distinct from nieuw then
    insert into casework_versie (tabel, rij_id, casus_id, was, op, door_id)
    values (substr(tg_table_name, 10), old.id, coalesce((oud ->> 'casus_id')::uuid, old.id), oud, statement_timestamp(),
            nullif(current_setting('vangnet.medewerker', true), '')::uuid);
  end if;
  return null;
end $$;
create function casework_alleen_erbij() returns trigger language plpgsql as $$
begin
  raise exception '% is alleen om bij te schrijven', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
"""

# At the end of every transaction that touched a casus or its regie: exactly one organisation leads while it is open.
REGIE = """
create function casework_een_regie() returns trigger language plpgsql as $$
declare
  wie uuid := case when tg_table_name = 'casework_casus' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'casus_id' end;
  dicht timestamptz;
  bestaat boolean;
  lopend int;
begin
  select true, gesloten_op into bestaat, dicht from casework_casus where id = wie;
  if bestaat is null then
    raise exception 'casus % bestaat niet', wie using errcode = 'foreign_key_violation';
  end if;
  select count(*) into lopend from access_betrokkenheid where casus_id = wie and deel = 'regie' and tot is null;
  if dicht is null and lopend <> 1 then
    raise exception 'open casus % heeft % organisaties met regie; verwacht precies 1', wie, lopend
      using errcode = 'integrity_constraint_violation', constraint = 'precies_een_regie';
  end if;
  if dicht is not null and lopend > 0 then
    raise exception 'gesloten casus % heeft nog een organisatie met regie', wie
      using errcode = 'integrity_constraint_violation', constraint = 'geen_regie_na_sluiten';
  end if;
  return null;
end $$;
create constraint trigger precies_een_regie after insert or update on casework_casus
  deferrable initially deferred for each row execute function casework_een_regie();
create constraint trigger precies_een_regie after insert or update on access_betrokkenheid
  deferrable initially deferred for each row execute function casework_een_regie();
"""

# ZL-12: no crisis care before the decision crisis, unless the policy of the casus allows it.
INZET = """
create function casework_inzet_na_besluit() returns trigger language plpgsql as $$
declare
  besluit timestamptz;
  mag boolean;
begin
  select besluit_crisis_op, inzet_voor_besluit into besluit, mag from casework_casus where id = new.casus_id;
  if not mag and (besluit is null or coalesce(new.van, new.besloten_op) < besluit) then
    raise exception 'inzet voor het besluit crisis'
      using errcode = 'integrity_constraint_violation', constraint = 'inzet_na_besluit';
  end if;
  return new;
end $$;
create trigger inzet_na_besluit before insert or update of van, besloten_op on casework_inzet
  for each row execute function casework_inzet_na_besluit();
create sequence casework_nummer;
"""

TERUG = """
drop sequence casework_nummer;
drop trigger inzet_na_besluit on casework_inzet;
drop function casework_inzet_na_besluit();
drop trigger precies_een_regie on access_betrokkenheid;
drop trigger precies_een_regie on casework_casus;
drop function casework_een_regie();
"""


def _triggers() -> str:
    uit = []
    for tabel in VERSIES:
        uit.append(
            f"create trigger bewaar_versie after update on casework_{tabel} "
            "for each row execute function casework_bewaar_versie();"
        )
    for tabel in ALLEEN_ERBIJ:
        uit.append(
            f"create trigger alleen_erbij before update or delete or truncate on casework_{tabel} "
            "for each statement execute function casework_alleen_erbij();"
        )
    return "\n".join(uit)


def _zonder_triggers() -> str:
    return "\n".join(
        [f"drop trigger bewaar_versie on casework_{tabel};" for tabel in VERSIES]
        + [f"drop trigger alleen_erbij on casework_{tabel};" for tabel in ALLEEN_ERBIJ]
        + ["drop function casework_bewaar_versie();", "drop function casework_alleen_erbij();"]
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0001_initial"),
        ("access", "0002_initial"),
    ]

    operations = [
        migrations.RunSQL(BEWAAR + _triggers(), _zonder_triggers()),
        migrations.RunSQL(REGIE + INZET, TERUG),
    ]
