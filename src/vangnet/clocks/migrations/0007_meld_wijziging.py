# SPDX-License-Identifier: EUPL-1.2
"""Whoever has a page open hears of a change as soon as it is committed: the database says which organisations it touches,
and whose way in has changed. It says no more than that; what changed, each asks for himself, through both locks."""

from django.db import migrations

OP = """
-- Tell the organisations of a casus that something in it changed. One that left in this very change hears it too.
create function vangnet_meld_casus(casus uuid, op timestamptz) returns void language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  wie text;
begin
  select string_agg(distinct b.organisatie_id::text, ' ') into wie from access_betrokkenheid b
   where b.casus_id = casus and (b.tot is null or b.tot >= op - interval '1 minute');
  if wie is not null then
    perform pg_notify('vangnet', 'bij ' || left(wie, 7900));
  end if;
end $$;

-- At the end of the work: who takes part is known then.
create function casework_casus_melden() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  perform vangnet_meld_casus(new.id, new.gewijzigd_op);
  return null;
end $$;
create constraint trigger casus_melden after insert or update on casework_casus deferrable initially deferred
  for each row execute function casework_casus_melden();

-- A casus that closes or opens to one person; from outside that changes no casus.
create function access_blokkade_melden() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  perform vangnet_meld_casus(coalesce(new.casus_id, old.casus_id), now());
  return null;
end $$;
create trigger blokkade_melden after insert or delete on access_blokkade
  for each row execute function access_blokkade_melden();

-- Who has duty stands on every board of the organisation.
create function capacity_dienst_melden() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  perform pg_notify('vangnet', 'bij ' || coalesce(new.organisatie_id, old.organisatie_id));
  return null;
end $$;
create trigger dienst_melden after insert or update or delete on capacity_dienst
  for each row execute function capacity_dienst_melden();

-- A way in that ended or changed: what this person has open looks again whether it still may be.
create function access_toegang_melden() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'access_functie' then
    perform pg_notify('vangnet', 'wie ' || new.medewerker_id);
  elsif tg_table_name = 'access_organisatie' then
    perform pg_notify('vangnet', 'huis ' || new.id);
  else
    perform pg_notify('vangnet', 'wie ' || new.id);
  end if;
  return null;
end $$;
create trigger functie_melden after update on access_functie
  for each row execute function access_toegang_melden();
create trigger medewerker_melden after update of sessienummer, is_active on access_medewerker
  for each row execute function access_toegang_melden();
create trigger organisatie_melden after update of actief on access_organisatie
  for each row execute function access_toegang_melden();
revoke execute on function vangnet_meld_casus(uuid, timestamptz) from public;
"""
AF = """
drop trigger organisatie_melden on access_organisatie;
drop trigger medewerker_melden on access_medewerker;
drop trigger functie_melden on access_functie;
drop function access_toegang_melden();
drop trigger dienst_melden on capacity_dienst;
drop function capacity_dienst_melden();
drop trigger blokkade_melden on access_blokkade;
drop function access_blokkade_melden();
drop trigger casus_melden on casework_casus;
drop function casework_casus_melden();
drop function vangnet_meld_casus(uuid, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0006_verzoeken"),
        ("access", "0007_noodtoegang"),
        ("capacity", "0001_initial"),
        ("casework", "0005_verzoeken"),
    ]

    operations = [migrations.RunSQL(OP, AF)]
