# SPDX-License-Identifier: EUPL-1.2
"""Closing a casus to a person from outside it: by who watches over the log or manages accounts, who sees no casus.

Functions with the rights of the owner; each says what it gives away.
"""

from importlib import import_module

from django.db import migrations

only_for_the_application = import_module("vangnet.clocks.migrations.0002_rijbeveiliging").only_for_the_application

OP = """
-- Whether the person who asks may close casussen of his region to people.
create function vangnet_beheert_blokkades() returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (select from access_functie f
                  where f.medewerker_id = vangnet_ik() and f.organisatie_id = vangnet_wie() and f.rol in ('fg', 'beheerder')
                    and f.van <= vangnet_nu() and (f.tot is null or f.tot > vangnet_nu()))
$$;

-- What is closed in the region: number of the casus, who, since when. Not why, and nothing of the casus.
create function vangnet_blokkades() returns table (nummer text, medewerker_id uuid, naam text, van timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.nummer::text, m.id, m.naam::text, x.van
    from access_blokkade x join casework_casus c on c.id = x.casus_id join access_medewerker m on m.id = x.medewerker_id
   where vangnet_beheert_blokkades() and c.regio = (select o.regio from access_organisatie o where o.id = vangnet_wie())
   order by x.van desc limit 200
$$;

-- Closes a casus to a person, or opens it again when there is no reason given. Says whether the number exists in the region,
-- and whether that person has it in hand or is the only one on duty; then it does nothing until somebody took over. Nobody
-- opens to himself what was closed to him, in whatever function he asks.
create function vangnet_blokkeer(p_nummer text, p_wie uuid, p_reden text, p_geregeld boolean)
returns table (uitkomst text, casus_id uuid) language plpgsql volatile security definer
set search_path = public, pg_temp as $$
declare
  v_casus uuid; v_open boolean; v_klaar int; v_soort text;
begin
  if not vangnet_beheert_blokkades() then
    return query select 'geen_recht', null::uuid; return;
  end if;
  select c.id, c.gesloten_op is null into v_casus, v_open from casework_casus c
   where c.nummer = p_nummer and c.regio = (select o.regio from access_organisatie o where o.id = vangnet_wie()) for update;
  if v_casus is null then
    return query select 'onbekend', null::uuid; return;
  end if;
  if p_reden is null and p_wie = vangnet_ik() then
    return query select 'eigen', v_casus; return;
  end if;
  if p_reden is null then
    delete from access_blokkade x where x.casus_id = v_casus and x.medewerker_id = p_wie;
    get diagnostics v_klaar = row_count;
    v_soort := 'weer_open_voor';
  else
    if exists (select from access_blokkade x where x.casus_id = v_casus and x.medewerker_id = p_wie) then
      return query select 'al', v_casus; return;
    end if;
    if v_open and not p_geregeld and (
      exists (select from access_betrokkenheid b where b.casus_id = v_casus and b.medewerker_id = p_wie and b.tot is null)
      or exists (select from casework_taak t where t.casus_id = v_casus and t.wie_id = p_wie and t.klaar_op is null)
      or exists (
        select from capacity_dienst d join access_betrokkenheid b on b.organisatie_id = d.organisatie_id
         where b.casus_id = v_casus and b.tot is null and d.medewerker_id = p_wie
           and d.van <= vangnet_nu() and d.tot > vangnet_nu()
           and not exists (select from capacity_dienst e
                            where e.organisatie_id = d.organisatie_id and e.medewerker_id <> p_wie
                              and e.van <= vangnet_nu() and e.tot > vangnet_nu()
                              and not exists (select from access_blokkade y
                                               where y.casus_id = v_casus and y.medewerker_id = e.medewerker_id)))) then
      return query select 'in_hand', v_casus; return;
    end if;
    update access_betrokkenheid b set medewerker_id = null
     where b.casus_id = v_casus and b.medewerker_id = p_wie and b.tot is null;
    update casework_taak t set wie_id = null where t.casus_id = v_casus and t.wie_id = p_wie and t.klaar_op is null;
    insert into access_blokkade (id, casus_id, medewerker_id, van, reden)
    values (gen_random_uuid(), v_casus, p_wie, vangnet_nu(), p_reden);
    v_klaar := 1;
    v_soort := 'gesloten_voor';
  end if;
  if v_klaar = 0 then
    return query select 'niet_dicht', v_casus; return;
  end if;
  insert into casework_gebeurtenis (id, casus_id, soort, gebeurd_op, ingevoerd_op, door_id, namens_id, gegevens, voorstel,
                                    afgeweken, reden, regels, corrigeert_id)
  values (gen_random_uuid(), v_casus, v_soort, vangnet_nu(), vangnet_nu(), vangnet_ik(), vangnet_wie(), '{}', null, false,
          '', '{}', null);
  return query select 'gedaan', v_casus;
end $$;
"""
AF = """
drop function vangnet_blokkeer(text, uuid, text, boolean);
drop function vangnet_blokkades();
drop function vangnet_beheert_blokkades();
"""
GEVEN = (
    "vangnet_blokkeer(text, uuid, text, boolean)", "vangnet_blokkades()", "vangnet_beheert_blokkades()",
    "vangnet_casuskop(text)", "vangnet_logvragen(timestamptz, timestamptz, uuid[], text[])",
)  # fmt: skip
"""Those of here, and those of access 0005: when it ran, no role could write casussen yet."""


class Migration(migrations.Migration):
    dependencies = [("clocks", "0002_rijbeveiliging"), ("capacity", "0001_initial"), ("casework", "0003_rechtzetten")]

    operations = [migrations.RunSQL(OP + only_for_the_application(GEVEN), AF)]
