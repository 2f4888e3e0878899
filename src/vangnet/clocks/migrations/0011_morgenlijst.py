# SPDX-License-Identifier: EUPL-1.2
"""The morning list: which organisations opened with signals waiting, when the loop has that to do, and that a signal was read is on the
screens of who sent it.

The loop sees no row of a casus here: per organisation it gets a mailbox and a number, no casus and no child.
"""

from importlib import import_module

from django.db import migrations

only_for_the_application = import_module("vangnet.clocks.migrations.0002_rijbeveiliging").only_for_the_application

OP = """
-- Claim the mail about signals of which the receiver has opened: each signal counts for one mail, however many loops ask. How many wait
-- there now, where the mail goes, and who hears it when that fails: who sent the oldest.
create function vangnet_morgenlijsten(p_op timestamptz)
returns table (naar uuid, van uuid, regio text, postbus text, opening timestamptz, aantal bigint)
language sql volatile security definer set search_path = public, pg_temp as $$
  with klaar as (
    select a.id, a.post_op from casework_aanbod a where a.post_op <= p_op and a.antwoord = '' for update skip locked
  ), weg as (
    update casework_aanbod a set post_op = null from klaar k where a.id = k.id
    returning a.aan_organisatie_id, a.van_organisatie_id, a.gedaan_op, a.id, k.post_op
  ), per as (
    select w.aan_organisatie_id, (array_agg(w.van_organisatie_id order by w.gedaan_op, w.id))[1] as van, min(w.post_op) as opening
      from weg w group by w.aan_organisatie_id
  )
  select o.id, p.van, o.regio, o.postbus, p.opening,
         (select count(*) from casework_aanbod a join casework_casus c on c.id = a.casus_id
           where a.aan_organisatie_id = o.id and a.soort = 'signaal' and a.antwoord = '' and a.zichtbaar_vanaf <= p_op
             and not c.oefening)
    from per p join access_organisatie o on o.id = p.aan_organisatie_id order by o.id
$$;

-- When the loop has something to do next: a moment, of nobody.
create or replace function vangnet_volgende_wek() returns timestamptz language sql stable security definer
set search_path = public, pg_temp as $$
  select least(
    (select min(k.wek_op) from clocks_klok k where k.geeindigd_op is null),
    (select min(a.volgende_op) from clocks_alarm a where a.volgende_op is not null),
    (select min(a.post_op) from casework_aanbod a where a.antwoord = '' and a.post_op is not null),
    (select min(a.uiterlijk) from casework_aanbod a join casework_casus c on c.id = a.casus_id
      where a.antwoord = '' and c.gesloten_op is null))
$$;

-- That a signal was read is on every screen of those who take part.
create function casework_gelezen_melden() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform vangnet_meld_casus(new.casus_id, vangnet_nu());
  return null;
end $$;
create trigger gelezen_melden after update of gelezen_op on casework_aanbod for each row
  when (old.gelezen_op is distinct from new.gelezen_op) execute function casework_gelezen_melden();
"""
AF = """
drop trigger gelezen_melden on casework_aanbod;
drop function casework_gelezen_melden();
drop function vangnet_morgenlijsten(timestamptz);
create or replace function vangnet_volgende_wek() returns timestamptz language sql stable security definer
set search_path = public, pg_temp as $$
  select least(
    (select min(k.wek_op) from clocks_klok k where k.geeindigd_op is null),
    (select min(a.volgende_op) from clocks_alarm a where a.volgende_op is not null),
    (select min(a.uiterlijk) from casework_aanbod a join casework_casus c on c.id = a.casus_id
      where a.antwoord = '' and c.gesloten_op is null))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_signalen"), ("clocks", "0010_wekker")]

    operations = [
        migrations.RunSQL(OP + only_for_the_application(("vangnet_morgenlijsten(timestamptz)",)), AF),
    ]
