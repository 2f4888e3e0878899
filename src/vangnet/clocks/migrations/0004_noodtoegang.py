# SPDX-License-Identifier: EUPL-1.2
"""Break-glass behind the second lock: an hour of looking at one child, never of changing.

The lock opens only in a question that names the break-glass it is asked under (`vangnet.nood`), so that nothing else that
the same person asks in that hour sees the child. Functions with the rights of the owner make a break-glass and take it on;
each says what it gives away.
"""

from importlib import import_module

from django.db import migrations

only_for_the_application = import_module("vangnet.clocks.migrations.0002_rijbeveiliging").only_for_the_application

ZICHTBAAR = (
    "casework_melding", "casework_jeugdige", "casework_persoon", "casework_feit", "casework_inzet", "casework_rto",
    "clocks_klok", "access_betrokkenheid",
)  # fmt: skip
"""What a look needs. Notes, events, history, consent, questions, tasks, invitations, the log and who is there stay shut."""

OP = """
-- The child that the person who asks looks at now, in a question asked under his own break-glass; null in any other.
create function vangnet_nood() returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select n.casus_id from access_noodtoegang n
   where n.id = nullif(current_setting('vangnet.nood', true), '')::uuid
     and n.medewerker_id = vangnet_ik() and n.organisatie_id = vangnet_wie()
     and n.van <= vangnet_nu() and n.tot > vangnet_nu() and n.beeindigd_op is null
     and not exists (select from access_blokkade x where x.casus_id = n.casus_id and x.medewerker_id = n.medewerker_id)
     and exists (select from access_functie f join access_medewerker m on m.id = f.medewerker_id
                   join access_organisatie o on o.id = f.organisatie_id
                  where f.medewerker_id = n.medewerker_id and f.organisatie_id = n.organisatie_id and f.rol = n.rol
                    and f.van <= vangnet_nu() and (f.tot is null or f.tot > vangnet_nu()) and m.is_active and o.actief)
$$;

-- The same once its address was released: by a second person, because a life is at risk, or because it is not secret.
create function vangnet_nood_adres() returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select n.casus_id from access_noodtoegang n join casework_casus c on c.id = n.casus_id
   where n.id = nullif(current_setting('vangnet.nood', true), '')::uuid and n.casus_id = vangnet_nood()
     and (n.adres_antwoord in ('ja', 'levensgevaar') or not c.geheim)
$$;

-- Which casussen of others in the region surely have one of these children or numbers (BSN, birth date with first name, phone;
-- a surname that sounds alike is too little), and whom the "known here" question names for each. With the rights of its caller:
-- for the functions below; to the application itself the lock shows nothing.
create function vangnet_nood_treffer(p_vragen jsonb, p_eigen uuid)
returns table (casus_id uuid, kracht int, bel text, lopend boolean) language sql stable
set search_path = public, pg_temp as $$
with vraag as (
  select * from jsonb_to_recordset(p_vragen) as v(bsn text, cijfers text, geboren date, voornaam text)
),
treffer as (
  select j.casus_id, 8 as kracht from casework_jeugdige j join vraag v on v.bsn <> '' and j.bsn = v.bsn where j.vervallen_op is null
  union all select j.casus_id, 4 from casework_jeugdige j
    join vraag v on v.voornaam <> '' and j.geboortedatum = v.geboren and lower(j.voornaam) = v.voornaam where j.vervallen_op is null
  union all select m.casus_id, 4 from casework_melding m join vraag v on v.cijfers <> '' and m.telefoon_cijfers = v.cijfers
   where m.melder in ('ouder', 'jeugdige', 'netwerk', '')
  union all select p.casus_id, 4 from casework_persoon p join vraag v on v.cijfers <> '' and p.telefoon_cijfers = v.cijfers
   where p.vervallen_op is null
     and p.rol in ('moeder', 'vader', 'stiefouder', 'partner_van_ouder', 'pleegouder', 'broer', 'zus', 'oma', 'opa', 'familie', 'netwerk')
)
select c.id, max(t.kracht), max(o.naam), bool_or(c.gesloten_op is null)
  from treffer t join casework_casus c on c.id = t.casus_id
  join access_organisatie o on o.id = (
       select b.organisatie_id from access_betrokkenheid b join access_organisatie w on w.id = b.organisatie_id
        where b.casus_id = c.id and b.tot is null
          and (b.deel = 'regie' and not c.geheim
               or b.deel = 'dossier' and not exists (select from access_betrokkenheid r where r.casus_id = c.id and r.deel = 'regie' and r.tot is null)
               or c.geheim and w.soort = 'crisisdienst')
        order by b.deel = 'regie' desc limit 1)
 where c.regio = vangnet_regio() and vangnet_is('{crisismedewerker,coordinator}') and not c.oefening
   and c.uitkomst not in ('vergissing', 'gevoegd') and c.id is distinct from p_eigen
   and not exists (select from access_blokkade x where x.casus_id = c.id and x.medewerker_id = vangnet_ik())
   and not exists (select from access_betrokkenheid b where b.casus_id = c.id and b.organisatie_id = vangnet_wie()
                      and b.deel not in ('aanbod', 'signaal') and b.van <= vangnet_nu() and (b.tot is null or b.tot > vangnet_nu()))
 group by c.id
$$;

-- With which other organisations the family of a call is surely known: whom to call, as the "known here" question says it.
create function vangnet_nood_bekend(p_vragen jsonb, p_eigen uuid) returns table (bel text) language sql stable security definer
set search_path = public, pg_temp as $$
  select distinct t.bel from vangnet_nood_treffer(p_vragen, p_eigen) t order by 1
$$;

-- Opens one child of the region for an hour, by its number or as the one that surely has the family of a call and is known to
-- p_bel; of two that fit as well neither opens. Of a number that does not exist, is of another region or is
-- closed to him the answer is the same. A second child waits until the first is done; the same one again is the same hour.
-- Those in the casus read it at once: an event, and a task for who leads.
create function vangnet_nood_open(p_id uuid, p_nummer text, p_vragen jsonb, p_eigen uuid, p_bel text, p_rol text, p_reden text, p_levensgevaar boolean,
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
  if v_casus is null then
    return query select 'onbekend', null::uuid, null::uuid; return;
  end if;
  if exists (select from access_betrokkenheid b where b.casus_id = v_casus and b.organisatie_id = vangnet_wie()
               and b.deel not in ('aanbod', 'signaal') and b.van <= vangnet_nu() and (b.tot is null or b.tot > vangnet_nu())) then
    return query select 'betrokken', null::uuid, v_casus; return;
  end if;
  select n.id, n.casus_id into v_lopend from access_noodtoegang n
   where n.medewerker_id = vangnet_ik() and n.beeindigd_op is null and n.tot > vangnet_nu();
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

-- He says that he is done: his own, and nothing else.
create function vangnet_nood_klaar(p_id uuid) returns boolean language plpgsql volatile security definer
set search_path = public, pg_temp as $$
begin
  update access_noodtoegang n set beeindigd_op = vangnet_nu()
   where n.id = p_id and n.medewerker_id = vangnet_ik() and n.beeindigd_op is null and n.van <= vangnet_nu() and n.tot > vangnet_nu();
  return found;
end $$;

-- He asks for the address of the child he looks at: what stands in its way. Nothing when it is not secret or a life is at
-- risk; else a second person is asked. A no stays a no, unless a life is at risk.
create function vangnet_nood_vraag_adres(p_id uuid, p_reden text, p_levensgevaar boolean) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_nood access_noodtoegang; v_geheim boolean;
begin
  select n.* into v_nood from access_noodtoegang n
   where n.id = p_id and n.medewerker_id = vangnet_ik() and n.casus_id = vangnet_nood() for update;
  if v_nood.id is null then
    return 'voorbij';
  end if;
  select c.geheim into v_geheim from casework_casus c where c.id = v_nood.casus_id;
  if not v_geheim then
    return 'open';
  end if;
  if v_nood.adres_antwoord in ('ja', 'levensgevaar') then
    return v_nood.adres_antwoord;
  end if;
  if p_levensgevaar or v_nood.levensgevaar then
    update access_noodtoegang set levensgevaar = true, adres_antwoord = 'levensgevaar', adres_op = vangnet_nu(),
           adres_gevraagd_op = coalesce(adres_gevraagd_op, vangnet_nu()),
           adres_reden = coalesce(nullif(adres_reden, ''), p_reden) where id = p_id;
    return 'levensgevaar';
  end if;
  if v_nood.adres_antwoord = 'nee' then
    return 'nee';
  end if;
  if p_reden = '' then
    return 'reden';
  end if;
  if v_nood.adres_gevraagd_op is null then
    update access_noodtoegang set adres_gevraagd_op = vangnet_nu(), adres_reden = p_reden where id = p_id;
  end if;
  return 'gevraagd';
end $$;

-- Who asks a second person for a secret address now, and why, for another of the crisis services of the region: nothing of
-- the child, not even which. Who is closed out of the casus is not asked.
create function vangnet_nood_vragen() returns table (id uuid, naam text, rol text, organisatie text, reden text,
                                                     gevraagd_op timestamptz, tot timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.id, m.naam::text, n.rol::text, o.naam::text, n.adres_reden::text, n.adres_gevraagd_op, n.tot
    from access_noodtoegang n join access_medewerker m on m.id = n.medewerker_id
    join access_organisatie o on o.id = n.organisatie_id
   where vangnet_is('{crisismedewerker,coordinator,gedragswetenschapper,psychiater}') and o.regio = vangnet_regio()
     and n.medewerker_id <> vangnet_ik() and n.adres_gevraagd_op is not null and n.adres_antwoord = ''
     and n.beeindigd_op is null and n.tot > vangnet_nu()
     and not exists (select from access_blokkade x where x.casus_id = n.casus_id and x.medewerker_id = vangnet_ik())
   order by n.adres_gevraagd_op
$$;

-- The second person says yes or no, to one of those.
create function vangnet_nood_tweede(p_id uuid, p_ja boolean) returns uuid language plpgsql volatile security definer
set search_path = public, pg_temp as $$
declare
  v_casus uuid;
begin
  perform from access_noodtoegang n where n.id = p_id for update;
  if not exists (select from vangnet_nood_vragen() v where v.id = p_id) then
    return null;
  end if;
  update access_noodtoegang n set adres_tweede_id = vangnet_ik(), adres_op = vangnet_nu(),
         adres_antwoord = case when p_ja then 'ja' else 'nee' end where n.id = p_id returning n.casus_id into v_casus;
  return v_casus;
end $$;

-- The verdict of who watches over the log in the region, on another's break-glass that is over.
create function vangnet_nood_oordeel(p_id uuid, p_oordeel text, p_toelichting text) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_nood access_noodtoegang;
begin
  select n.* into v_nood from access_noodtoegang n join access_organisatie o on o.id = n.organisatie_id
   where n.id = p_id and vangnet_ziet_toe() and o.regio = vangnet_regio() for update of n;
  if v_nood.id is null then
    return 'onbekend';
  end if;
  if v_nood.medewerker_id = vangnet_ik() then
    return 'eigen';
  end if;
  if v_nood.beeindigd_op is null and v_nood.tot > vangnet_nu() then
    return 'loopt';
  end if;
  if v_nood.oordeel in ('terecht', 'onterecht') then
    return 'al';
  end if;
  update access_noodtoegang set oordeel = p_oordeel, toelichting = p_toelichting, beoordeeld_op = vangnet_nu(),
         beoordeeld_door_id = vangnet_ik() where id = p_id;
  return 'gedaan';
end $$;
"""
FUNCTIES = (
    "vangnet_nood_oordeel(uuid, text, text)", "vangnet_nood_tweede(uuid, boolean)", "vangnet_nood_vragen()",
    "vangnet_nood_vraag_adres(uuid, text, boolean)", "vangnet_nood_klaar(uuid)",
    "vangnet_nood_open(uuid, text, jsonb, uuid, text, text, text, boolean, date, text, text)",
    "vangnet_nood_bekend(jsonb, uuid)", "vangnet_nood_treffer(jsonb, uuid)", "vangnet_nood_adres()", "vangnet_nood()",
)  # fmt: skip


def _policies() -> str:
    uit = [
        f"create policy nood on {tabel} for select using (casus_id = (select vangnet_nood()));" for tabel in ZICHTBAAR
    ]
    uit += [
        "create policy nood on casework_casus for select using (id = (select vangnet_nood()));",
        "create policy nood on casework_adres for select using (casus_id = (select vangnet_nood_adres()));",
        # Whose it is, and who watches over the log of his region. Who takes part reads the event.
        "create policy eigen on access_noodtoegang for select using (medewerker_id = vangnet_ik());",
        "create policy toezicht on access_noodtoegang for select using ((select vangnet_ziet_toe())"
        " and organisatie_id in (select o.id from access_organisatie o where o.regio = vangnet_regio()));",
        "alter table access_noodtoegang enable row level security;",
        "alter table access_noodtoegang force row level security;",
    ]
    return "\n".join(uit) + only_for_the_application(FUNCTIES)


def _no_policies() -> str:
    uit = [f"drop policy nood on {tabel};" for tabel in (*ZICHTBAAR, "casework_casus", "casework_adres")]
    uit += [
        "alter table access_noodtoegang no force row level security;",
        "alter table access_noodtoegang disable row level security;",
        "drop policy eigen on access_noodtoegang;", "drop policy toezicht on access_noodtoegang;",
    ]  # fmt: skip
    return "\n".join(uit) + "\n" + "\n".join(f"drop function {naam};" for naam in FUNCTIES)


class Migration(migrations.Migration):
    dependencies = [("clocks", "0003_blokkade_van_buiten"), ("access", "0007_noodtoegang")]

    operations = [migrations.RunSQL(OP + _policies(), _no_policies())]
