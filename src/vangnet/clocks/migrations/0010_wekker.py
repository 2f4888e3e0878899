# SPDX-License-Identifier: EUPL-1.2
"""The loop that wakes people: what it may claim, how it hears that there is something new, what ends an alarm by itself, and whom a
change of an alarm is told.

The loop runs in the role of the application and sees one casus at a time, in the name of who leads it (docs/besluiten/0022). What it
must know beyond that, which casus is due and when the next one is, two functions tell it: ids and a moment.
"""

from importlib import import_module

from django.db import migrations

only_for_the_application = import_module("vangnet.clocks.migrations.0002_rijbeveiliging").only_for_the_application

DEEL = """exists (select from access_betrokkenheid b where b.casus_id = {tabel}.casus_id and b.organisatie_id = vangnet_wie()
  and b.van <= vangnet_nu() and (b.tot is null or b.tot >= vangnet_nu()))"""
TABELLEN = ("clocks_alarm", "clocks_waarschuwing")

OP = """
-- Claim the casus that has waited longest for its alarm: its row is locked until the end of the transaction, so that no two loops wake
-- the same people and nobody changes the casus meanwhile. One that somebody works on now is passed over, and comes back at once.
create function vangnet_wek(p_op timestamptz, p_niet uuid[])
returns table (casus_id uuid, organisatie_id uuid) language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_casus uuid;
begin
  for v_casus in
    select wacht.casus_id from (
      select k.casus_id, k.wek_op as op from clocks_klok k where k.wek_op <= p_op and k.geeindigd_op is null
      union all
      select a.casus_id, a.volgende_op from clocks_alarm a where a.volgende_op <= p_op
    ) wacht where not wacht.casus_id = any(p_niet) group by wacht.casus_id order by min(wacht.op), wacht.casus_id limit 50
  loop
    perform from casework_casus c where c.id = v_casus for update skip locked;
    if found then
      -- Without anybody in whose name to wake: told too, so that the loop says so and goes on with the next.
      return query select v_casus, (select b.organisatie_id from access_betrokkenheid b
        where b.casus_id = v_casus and b.van <= p_op and (b.tot is null or b.tot > p_op) and b.deel <> 'aanbod'
        order by b.deel = 'regie' desc, b.deel = 'dossier' desc, b.van limit 1);
      return;
    end if;
  end loop;
end $$;

-- When the loop has something to do next: a moment, of nobody.
create function vangnet_volgende_wek() returns timestamptz language sql stable security definer set search_path = public, pg_temp as $$
  select least(
    (select min(k.wek_op) from clocks_klok k where k.geeindigd_op is null),
    (select min(a.volgende_op) from clocks_alarm a where a.volgende_op is not null),
    (select min(a.uiterlijk) from casework_aanbod a join casework_casus c on c.id = a.casus_id
      where a.antwoord = '' and c.gesloten_op is null))
$$;

-- The loop hears that a deadline began, moved or ended, or that an offer has a last moment.
create function clocks_wekker_hoort() returns trigger language plpgsql as $$
begin
  perform pg_notify('vangnet_wekker', '');
  return null;
end $$;
create trigger wekker_hoort after insert or update of wek_op on clocks_klok for each statement execute function clocks_wekker_hoort();
create trigger wekker_hoort after insert or update of uiterlijk on casework_aanbod for each statement execute function clocks_wekker_hoort();

-- What ends an alarm without anybody answering it: what it asks was done, no longer applies, or has another moment now.
create function clocks_klok_stopt_alarm() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_einde text := case when new.geeindigd_op is null then 'verplaatst' when new.uitkomst = 'vervallen' then 'vervallen' else 'gedaan' end;
begin
  update clocks_alarm a set einde_op = coalesce(new.geeindigd_op, vangnet_nu()), einde = v_einde, volgende_op = null
   where a.klok_id = new.id and a.einde_op is null;
  return null;
end $$;
create trigger stopt_alarm after update of geeindigd_op, uiterlijk on clocks_klok for each row
  when ((old.geeindigd_op is null and new.geeindigd_op is not null) or old.uiterlijk is distinct from new.uiterlijk)
  execute function clocks_klok_stopt_alarm();

-- An alarm that goes off, climbs or ends is told to those who take part, apart from changes of the casus: only the bar looks again.
create function clocks_alarm_melden() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  wie text;
begin
  select string_agg(distinct b.organisatie_id::text, ' ') into wie from access_betrokkenheid b
   where b.casus_id = new.casus_id and (b.tot is null or b.tot >= vangnet_nu() - interval '1 minute');
  if wie is not null then
    perform pg_notify('vangnet', 'bel ' || left(wie, 7900));
  end if;
  return null;
end $$;
create trigger alarm_melden after insert or update on clocks_alarm for each row execute function clocks_alarm_melden();

-- What runs already is looked at from now on; what passed before this loop existed is shown as late, and wakes nobody.
update clocks_klok set wek_op = uiterlijk where geeindigd_op is null and uiterlijk > now();
"""
AF = """
drop trigger alarm_melden on clocks_alarm;
drop function clocks_alarm_melden();
drop trigger stopt_alarm on clocks_klok;
drop function clocks_klok_stopt_alarm();
drop trigger wekker_hoort on casework_aanbod;
drop trigger wekker_hoort on clocks_klok;
drop function clocks_wekker_hoort();
drop function vangnet_volgende_wek();
drop function vangnet_wek(timestamptz, uuid[]);
"""


def _op_slot() -> str:
    uit = []
    for tabel in TABELLEN:
        uit += [
            f"alter table {tabel} enable row level security;", f"alter table {tabel} force row level security;",
            f"create policy deelnemer on {tabel} using ({DEEL.format(tabel=tabel)});",
        ]  # fmt: skip
    return "\n".join(uit)


WEG = "\n".join(
    f"drop policy deelnemer on {tabel}; alter table {tabel} no force row level security; alter table {tabel} disable row level security;"
    for tabel in TABELLEN
)
ALLEEN_ERBIJ = """
create trigger alleen_erbij before update or delete or truncate on clocks_waarschuwing
  for each statement execute function casework_alleen_erbij();
"""


class Migration(migrations.Migration):
    dependencies = [("clocks", "0009_alarmen")]

    operations = [
        migrations.RunSQL(
            OP
            + _op_slot()
            + ALLEEN_ERBIJ
            + only_for_the_application(("vangnet_wek(timestamptz, uuid[])", "vangnet_volgende_wek()")),
            "drop trigger alleen_erbij on clocks_waarschuwing;" + WEG + AF,
        )
    ]
