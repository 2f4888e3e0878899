# SPDX-License-Identifier: EUPL-1.2
"""What a second look at erasing, requests and break-glass changed in the database.

A casus that opens again takes back the order to erase it. The privacy officer's verdict on a request counts as a change of the
casus. While an hour of break-glass runs, a number that exists and one that does not are told the same. And buckets of who asked
a day ago are cleared with the rest.
"""

import re
from importlib import import_module

from django.db import migrations

HEROPENEN = """
-- A casus that opens again is not the one about which two people decided: what was ordered falls away.
create function casework_heropend() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update casework_wisopdracht o set ingetrokken_op = vangnet_nu(), ingetrokken_door_id = vangnet_ik()
   where o.casus_id = new.id and o.ingetrokken_op is null;
  return null;
end $$;
create trigger heropend after update of gesloten_op on casework_casus for each row
  when (old.gesloten_op is not null and new.gesloten_op is null) execute function casework_heropend();
revoke execute on function casework_heropend() from public;
"""

NOOD = """
-- Opens one child of the region for an hour, by its number or as the one that surely has the family of a call and is known to
-- p_bel; of two that fit as well neither opens. Of a number that does not exist, is of another region or is
-- closed to him the answer is the same. A second child waits until the first is done; the same one again is the same hour.
-- Those in the casus read it at once: an event, and a task for who leads.
create or replace function vangnet_nood_open(p_id uuid, p_nummer text, p_vragen jsonb, p_eigen uuid, p_bel text, p_rol text, p_reden text, p_levensgevaar boolean,
                                  p_uiterlijk date, p_taak text, p_waarom text)
returns table (uitkomst text, id uuid, casus_id uuid) language plpgsql volatile security definer
set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  v_casus uuid; v_past int; v_lopend record; v_id uuid := p_id;
begin
  if not (vangnet_is('{crisismedewerker,coordinator}') and vangnet_is(array[p_rol])) then
    return query select 'geen_recht', null::uuid, null::uuid; return;
  end if;
  perform from access_medewerker m where m.id = vangnet_ik() for no key update;
  if p_vragen is not null then
    select (array_agg(t.casus_id))[1], count(*) into v_casus, v_past from (
      select t.casus_id, rank() over (order by t.kracht desc, t.lopend desc) as plaats
        from vangnet_nood_treffer(p_vragen, p_eigen) t where t.bel = p_bel) t
     where t.plaats = 1;
    if v_past > 1 then
      return query select 'meer', null::uuid, null::uuid; return;
    end if;
  end if;
  select c.id into v_casus from casework_casus c
   where case when p_vragen is null then c.nummer = p_nummer else c.id = v_casus end and c.regio = vangnet_regio() and c.uitkomst not in ('vergissing', 'gevoegd')
     and not exists (select from access_blokkade x where x.casus_id = c.id and x.medewerker_id = vangnet_ik());
  select n.id, n.casus_id into v_lopend from access_noodtoegang n
   where n.medewerker_id = vangnet_ik() and n.beeindigd_op is null and n.tot > vangnet_nu();
  if v_casus is null then  -- While an hour runs a number that exists and one that does not are told the same.
    return query select case when v_lopend.id is null then 'onbekend' else 'nog_een' end, v_lopend.id, v_lopend.casus_id; return;
  end if;
  if exists (select from access_betrokkenheid b where b.casus_id = v_casus and b.organisatie_id = vangnet_wie()
               and b.deel not in ('aanbod', 'signaal') and b.van <= vangnet_nu() and (b.tot is null or b.tot > vangnet_nu())) then
    return query select 'betrokken', null::uuid, v_casus; return;
  end if;
  if v_lopend.id is not null then
    return query select case when v_lopend.casus_id = v_casus then 'al' else 'nog_een' end, v_lopend.id, v_lopend.casus_id;
    return;
  end if;
  if exists (select from access_noodtoegang n where n.id = v_id) then
    v_id := gen_random_uuid();
  end if;
  insert into access_noodtoegang (id, casus_id, medewerker_id, organisatie_id, rol, reden, van, tot, levensgevaar,
                                  adres_reden, adres_antwoord, uiterlijk, oordeel, toelichting)
  values (v_id, v_casus, vangnet_ik(), vangnet_wie(), p_rol, p_reden, vangnet_nu(), vangnet_nu() + interval '1 hour',
          p_levensgevaar, '', '', p_uiterlijk, '', '');
  insert into casework_gebeurtenis (id, casus_id, soort, gebeurd_op, ingevoerd_op, door_id, namens_id, gegevens, voorstel,
                                    afgeweken, reden, regels, corrigeert_id)
  values (gen_random_uuid(), v_casus, 'noodtoegang', vangnet_nu(), vangnet_nu(), vangnet_ik(), vangnet_wie(),
          jsonb_build_object('functie', p_rol, 'noodtoegang', v_id)
            || case when p_levensgevaar then '{"levensgevaar": true}'::jsonb else '{}' end,
          null, false, p_reden, '{}', null);
  insert into casework_taak (id, casus_id, sleutel, wat, waarom, regels, voor_id, wie_id, uiterlijk, resultaat)
  select gen_random_uuid(), v_casus, 'nood.' || v_id, p_taak, p_waarom, '{}', b.organisatie_id, b.medewerker_id, null, ''
    from access_betrokkenheid b where b.casus_id = v_casus and b.deel = 'regie' and b.tot is null;
  update casework_casus c set versie = c.versie + 1, gewijzigd_op = vangnet_nu() where c.id = v_casus;
  return query select 'open', v_id, v_casus;
end $$;
"""

VERZOEKEN = """
-- The second pair of eyes on destruction: agrees, or sends it back. Only to the decision that was read, and never to one's
-- own. Says whether it was done; the casus only so that the log can name it.
create or replace function vangnet_verzoek_oordeel(p_verzoek uuid, p_besluit text, p_grond text, p_akkoord boolean, p_reden text)
returns table (uitkomst text, casus_id uuid) language plpgsql volatile security definer
set search_path = public, pg_temp as $$
declare
  v record;
begin
  if not vangnet_ziet_toe() then
    return query select 'geen_recht', null::uuid; return;
  end if;
  select r.* into v from casework_verzoek r join casework_casus c on c.id = r.casus_id
   where r.id = p_verzoek and c.regio = vangnet_regio() for update of r;
  if v.id is null then
    return query select 'onbekend', null::uuid; return;
  end if;
  if v.soort <> 'vernietiging' or v.klaar_op is not null or v.fg_akkoord is not null
     or v.besluit not in ('toegewezen', 'gedeeltelijk', 'geweigerd') then
    return query select 'al', v.casus_id; return;
  end if;
  if v.besluit <> p_besluit or v.grond <> p_grond then
    return query select 'anders', v.casus_id; return;
  end if;
  if v.besloten_door_id = vangnet_ik() then
    return query select 'zelf', v.casus_id; return;
  end if;
  update casework_verzoek r set fg_akkoord = p_akkoord, fg_door_id = vangnet_ik(), fg_op = vangnet_nu(), fg_reden = p_reden
   where r.id = p_verzoek;
  insert into casework_gebeurtenis (id, casus_id, soort, gebeurd_op, ingevoerd_op, door_id, namens_id, gegevens, voorstel,
                                    afgeweken, reden, regels, corrigeert_id)
  values (gen_random_uuid(), v.casus_id, 'verzoek_fg', vangnet_nu(), vangnet_nu(), vangnet_ik(), vangnet_wie(),
          jsonb_build_object('antwoord', case when p_akkoord then 'akkoord' else 'niet akkoord' end), null, false,
          p_reden, '{}', null);
  update casework_casus c set versie = c.versie + 1, gewijzigd_op = vangnet_nu() where c.id = v.casus_id;
  return query select 'gedaan', v.casus_id;
end $$;

-- A granted destruction that was answered becomes an order to erase. The two people are those of the request: who decided, and
-- the FG who agreed. For who takes part in the casus; the database looks at the decision itself.
create or replace function vangnet_wisopdracht_bij(p_verzoek uuid) returns text language plpgsql volatile security definer
set search_path = public, pg_temp as $$
declare
  v record; v_casus casework_casus;
begin
  select * into v from casework_verzoek r where r.id = p_verzoek and vangnet_neemt_deel(r.casus_id);
  if v.id is null then return 'onbekend'; end if;
  if v.soort <> 'vernietiging' or v.besluit <> 'toegewezen' or v.klaar_op is null or v.fg_akkoord is distinct from true
     or v.fg_door_id is null or v.besloten_door_id is null or v.fg_door_id = v.besloten_door_id then
    return 'onvolledig';
  end if;
  select * into v_casus from casework_casus c where c.id = v.casus_id for update;
  if v_casus.gevoegd_bij_id is not null then return 'gevoegd'; end if;
  if v_casus.gesloten_op is null and not v_casus.oefening then return 'open'; end if;
  -- To destroy is decided on a closed casus: one that was closed after the decision was opened again in between, and is no
  -- longer what they decided about. At the same moment is not after it; an exercise may be open, then this says nothing.
  if v.besloten_op < v_casus.gesloten_op then return 'onvolledig'; end if;
  if exists (select from casework_bewaarstop s where s.casus_id = any(vangnet_wisgroep(v.casus_id)) and s.opgeheven_op is null) then
    return 'stop';
  end if;
  update casework_wisopdracht o set ingetrokken_op = vangnet_nu(), ingetrokken_door_id = v.fg_door_id
   where o.casus_id = v.casus_id and o.ingetrokken_op is null and o.bevestigd_op is null;
  if exists (select from casework_wisopdracht o where o.casus_id = v.casus_id and o.ingetrokken_op is null) then
    return 'al';
  end if;
  insert into casework_wisopdracht (id, casus_id, regio, nummer, grond, reden, verzoek_id, opgedragen_op, opgedragen_door_id,
                                    opgedragen_rol, bevestigd_op, bevestigd_door_id)
  values (gen_random_uuid(), v.casus_id, v_casus.regio, v_casus.nummer, 'verzoek', '', v.id, v.besloten_op, v.besloten_door_id,
          'regie', v.fg_op, v.fg_door_id);
  return 'gedaan';
end $$;
"""

RESTEN = """
-- What else is past its term: sessions that ended, what systems were answered, who looked or asked a day ago.
create or replace function vangnet_wis_resten(p_ontvangst interval, p_doe boolean)
returns table (tabel text, rijen bigint) language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_nu timestamptz := clock_timestamp(); v_aantal bigint; v_tabel text; v_waar text;
begin
  for v_tabel, v_waar in values
    ('django_session', format('expire_date < %L', v_nu)),
    ('access_ontvangst', format('op < %L', v_nu - greatest(p_ontvangst, interval '7 days'))),
    ('casework_aanwezigheid', format('gezien_op < %L', v_nu - interval '1 day')),
    ('access_tegoed', format('op < %L', v_nu - interval '1 day'))
  loop
    if p_doe then
      execute format('delete from %I where %s', v_tabel, v_waar);
      get diagnostics v_aantal = row_count;
    else
      execute format('select count(*) from %I where %s', v_tabel, v_waar) into v_aantal;
    end if;
    return query select v_tabel, v_aantal;
  end loop;
end $$;
"""


def _before(migratie: str, naam: str, waar: str = "OP") -> str:
    """A function as an earlier migration made it."""
    eerder = getattr(import_module(f"vangnet.clocks.migrations.{migratie}"), waar)
    (tekst,) = re.findall(rf"^create function {naam}\(.*?^end \$\$;$", eerder, re.M | re.S)
    return str(tekst).replace("create function", "create or replace function", 1)


AF = "\n".join(
    [
        "drop trigger heropend on casework_casus;", "drop function casework_heropend();",
        _before("0004_noodtoegang", "vangnet_nood_open"),
        _before("0006_verzoeken", "vangnet_verzoek_oordeel"), _before("0006_verzoeken", "vangnet_wisopdracht_bij"), _before("0005_wissen", "vangnet_wis_resten", "WISSEN"),
    ]
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("clocks", "0007_meld_wijziging"), ("casework", "0005_verzoeken")]

    operations = [migrations.RunSQL(HEROPENEN + NOOD + VERZOEKEN + RESTEN, AF)]
