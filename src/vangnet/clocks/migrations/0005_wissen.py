# SPDX-License-Identifier: EUPL-1.2
"""Erasing as one procedure of the database, for a role that can do nothing else; and no deletes for the application where it
needs none. Here because the clocks are the highest room with a table of a casus (docs/besluiten/0018)."""

from importlib import import_module

from django.db import migrations

only_for_the_application = import_module("vangnet.clocks.migrations.0002_rijbeveiliging").only_for_the_application

BLIJFT = "blijft na wissen"
"""How the comment of a table begins that keeps its rows of an erased casus; every other table with a casus_id is emptied."""
WEGHALEN = (
    "casework_aanwezigheid", "access_blokkade", "capacity_dienst", "access_ontvangst", "access_aanmeldpoging", "access_tegoed",
    "mfa_authenticator", "django_session",
)  # fmt: skip
"""Tables from which the application itself takes rows away: who looks now, blocks, the roster, and what is about signing in
or about systems. From no other."""
NIEUW = ("casework_bewaarstop", "casework_wisopdracht", "casework_grafsteen")

BASIS = f"""
comment on table access_logregel is '{BLIJFT}: het log zegt wie wanneer keek en wiste; het houdt nummers, geen inhoud';
comment on table casework_grafsteen is '{BLIJFT}: dat een casus gewist is; zonder inhoud';

-- Every table of which the rows go with a casus: read from the catalogue, so that a new one is never forgotten.
create function vangnet_wistabellen() returns setof regclass language sql stable security definer
set search_path = public, pg_temp as $$
  select c.oid::regclass from pg_class c join pg_attribute a on a.attrelid = c.oid
   where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
     and a.attname = 'casus_id' and a.atttypid = 'uuid'::regtype and not a.attisdropped
     and coalesce(obj_description(c.oid, 'pg_class'), '') not like '{BLIJFT}%'
   order by c.relname
$$;

-- A casus and everything that was joined to it, itself first.
create function vangnet_wisgroep(p_casus uuid) returns uuid[] language sql stable security definer
set search_path = public, pg_temp as $$
  with recursive bij as (
    select c.id, 0 as diep from casework_casus c where c.id = p_casus
    union all select c.id, b.diep + 1 from casework_casus c join bij b on c.gevoegd_bij_id = b.id where b.diep < 50)
  select array_agg(id order by diep, id) from bij
$$;

-- Whether a casus is a dossier of help: then the law says how long it stays.
create function vangnet_is_hulp(p_casus uuid) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (select from casework_casus c where c.id = p_casus and c.besluit_crisis_op is not null)
      or exists (select from casework_inzet i where i.casus_id = p_casus)
      or exists (select from casework_rto r where r.casus_id = p_casus)
      or exists (select from casework_gebeurtenis g where g.casus_id = p_casus
                  and g.soort in ('vertrokken', 'aangekomen', 'besluit_crisis', 'inzet_besloten', 'rto_gehouden'))
$$;

-- When a casus was last changed: by its own stamp, or by what was written down later.
create function vangnet_laatst(p_casus uuid) returns timestamptz language sql stable security definer
set search_path = public, pg_temp as $$
  select greatest(c.gewijzigd_op, (select max(g.ingevoerd_op) from casework_gebeurtenis g where g.casus_id = c.id))
    from casework_casus c where c.id = p_casus
$$;

-- What decides how long each casus stays; one that was joined to another counts with that one.
create function vangnet_bewaarfeiten(p_regio text)
returns table (casus_id uuid, regio text, nummer text, oefening boolean, gesloten boolean, uitkomst text, hulp boolean,
               afgerond boolean, laatst timestamptz, samen int, gestopt boolean, opdracht text)
language sql stable security definer set search_path = public, pg_temp as $$
with recursive bij as (
  select c.id, c.id as wortel from casework_casus c
   where c.gevoegd_bij_id is null and (p_regio is null or c.regio = p_regio)
  union all select c.id, b.wortel from casework_casus c join bij b on c.gevoegd_bij_id = b.id
),
feit as (
  select b.wortel, count(*)::int as samen, max(vangnet_laatst(b.id)) as laatst, bool_or(vangnet_is_hulp(b.id)) as hulp,
         bool_or(exists (select from casework_melding m where m.casus_id = b.id and m.afgerond_op is not null)) as afgerond,
         bool_or(exists (select from casework_bewaarstop s where s.casus_id = b.id and s.opgeheven_op is null)) as gestopt,
         min((select case when o.bevestigd_op is null then 'wacht' else 'bevestigd' end from casework_wisopdracht o
               where o.casus_id = b.id and o.ingetrokken_op is null)) as opdracht
    from bij b group by b.wortel
)
select c.id, c.regio::text, c.nummer::text, c.oefening, c.gesloten_op is not null, c.uitkomst::text, f.hulp, f.afgerond,
       f.laatst, f.samen, f.gestopt, coalesce(f.opdracht, '')
  from feit f join casework_casus c on c.id = f.wortel
$$;

-- The procedure alone takes away what otherwise only grows: as the owner, and after it said so. A statement of anybody else,
-- the superuser's among them, is refused as before.
create or replace function casework_alleen_erbij() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('vangnet.wist', true) = 'ja'
     and current_user = (select pg_get_userbyid(c.relowner) from pg_class c where c.oid = tg_relid) then
    return null;
  end if;
  raise exception '% is alleen om bij te schrijven', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger alleen_erbij before update or delete or truncate on casework_grafsteen
  for each statement execute function casework_alleen_erbij();

-- What was erased does not come back under its id or number.
create function casework_niet_opnieuw() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if exists (select from casework_grafsteen g where g.casus_id = new.id or g.nummer = new.nummer) then
    raise exception 'casus % is gewist', new.nummer using errcode = 'unique_violation', constraint = 'casus_niet_opnieuw';
  end if;
  return new;
end $$;
create trigger casus_niet_opnieuw before insert on casework_casus
  for each row execute function casework_niet_opnieuw();
"""

TOEZICHT = """
-- For who watches over the log or manages accounts: what is kept in his region, by number; nothing of a family.
create function vangnet_bewaren_toezicht()
returns table (nummer text, oefening boolean, gesloten boolean, uitkomst text, hulp boolean, afgerond boolean,
               laatst timestamptz, samen int, gestopt boolean, opdracht text)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.nummer, f.oefening, f.gesloten, f.uitkomst, f.hulp, f.afgerond, f.laatst, f.samen, f.gestopt, f.opdracht
    from vangnet_bewaarfeiten(vangnet_regio()) f where vangnet_is('{fg,beheerder}')
$$;

-- Puts a hold on a casus of the region, by its number, or lifts it. For who watches over the log.
create function vangnet_bewaarstop(p_nummer text, p_reden text, p_vraagt text, p_erop boolean)
returns table (uitkomst text, casus_id uuid) language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_casus uuid; v_klaar int;
begin
  if not vangnet_ziet_toe() then return query select 'geen_recht', null::uuid; return; end if;
  select c.id into v_casus from casework_casus c where c.nummer = p_nummer and c.regio = vangnet_regio() for update;
  if v_casus is null then
    return query select case when exists (select from casework_grafsteen g where g.nummer = p_nummer and g.regio = vangnet_regio())
                             then 'gewist' else 'onbekend' end, null::uuid;
    return;
  end if;
  if p_erop then
    if exists (select from casework_bewaarstop s where s.casus_id = v_casus and s.opgeheven_op is null) then
      return query select 'al', v_casus; return;
    end if;
    insert into casework_bewaarstop (id, casus_id, regio, nummer, reden, gevraagd_door, op, door_id)
    values (gen_random_uuid(), v_casus, vangnet_regio(), p_nummer, p_reden, p_vraagt, vangnet_nu(), vangnet_ik());
  else
    update casework_bewaarstop s set opgeheven_op = vangnet_nu(), opgeheven_door_id = vangnet_ik()
     where s.casus_id = v_casus and s.opgeheven_op is null;
    get diagnostics v_klaar = row_count;
    if v_klaar = 0 then return query select 'geen', v_casus; return; end if;
  end if;
  return query select 'gedaan', v_casus;
end $$;

-- Orders the erasure of a casus of the region, by number or id, before its term. A second time gives the order that stands.
create function vangnet_wisopdracht(p_wat text, p_grond text, p_reden text, p_verzoek uuid)
returns table (uitkomst text, opdracht_id uuid, casus_id uuid) language plpgsql volatile security definer
set search_path = public, pg_temp as $$
declare
  v casework_casus; v_opdracht uuid;
begin
  if not vangnet_is('{fg,beheerder}') then return query select 'geen_recht', null::uuid, null::uuid; return; end if;
  select * into v from casework_casus c where (c.nummer = p_wat or c.id::text = lower(p_wat)) and c.regio = vangnet_regio() for update;
  if v.id is null then
    return query select case when exists (select from casework_grafsteen g where (g.nummer = p_wat or g.casus_id::text = lower(p_wat))
                                             and g.regio = vangnet_regio()) then 'gewist' else 'onbekend' end, null::uuid, null::uuid;
    return;
  end if;
  if v.gevoegd_bij_id is not null then return query select 'gevoegd', null::uuid, v.id; return; end if;
  if v.gesloten_op is null and not v.oefening then return query select 'open', null::uuid, v.id; return; end if;
  if exists (select from casework_bewaarstop s where s.casus_id = any(vangnet_wisgroep(v.id)) and s.opgeheven_op is null) then
    return query select 'stop', null::uuid, v.id; return;
  end if;
  select o.id into v_opdracht from casework_wisopdracht o where o.casus_id = v.id and o.ingetrokken_op is null;
  if v_opdracht is not null then return query select 'al', v_opdracht, v.id; return; end if;
  v_opdracht := gen_random_uuid();
  insert into casework_wisopdracht (id, casus_id, regio, nummer, grond, reden, verzoek_id, opgedragen_op, opgedragen_door_id,
                                    opgedragen_rol)
  values (v_opdracht, v.id, v.regio, v.nummer, p_grond, p_reden, p_verzoek, vangnet_nu(), vangnet_ik(),
          case when vangnet_is('{fg}') then 'fg' else 'beheerder' end);
  return query select 'gedaan', v_opdracht, v.id;
end $$;

-- Confirms an order, by somebody else than who gave it and with an FG among the two; or takes it back.
create function vangnet_wisbesluit(p_opdracht uuid, p_bevestigt boolean)
returns table (uitkomst text, casus_id uuid) language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v casework_wisopdracht;
begin
  if not vangnet_is('{fg,beheerder}') then return query select 'geen_recht', null::uuid; return; end if;
  select * into v from casework_wisopdracht o where o.id = p_opdracht and o.regio = vangnet_regio() for update;
  if v.id is null or v.ingetrokken_op is not null then return query select 'onbekend', v.casus_id; return; end if;
  if not p_bevestigt then
    update casework_wisopdracht o set ingetrokken_op = vangnet_nu(), ingetrokken_door_id = vangnet_ik() where o.id = v.id;
  elsif v.bevestigd_op is not null then
    return query select 'al', v.casus_id; return;
  elsif v.opgedragen_door_id = vangnet_ik() then
    return query select 'zelfde', v.casus_id; return;
  elsif v.opgedragen_rol <> 'fg' and not vangnet_is('{fg}') then
    return query select 'geen_fg', v.casus_id; return;
  else
    update casework_wisopdracht o set bevestigd_op = vangnet_nu(), bevestigd_door_id = vangnet_ik() where o.id = v.id;
  end if;
  return query select 'gedaan', v.casus_id;
end $$;
"""

WISSEN = """
-- How many rows of a casus each table holds, those of what was joined to it among them.
create function vangnet_wis_telling(p_casus uuid) returns jsonb language plpgsql stable security definer
set search_path = public, pg_temp as $$
declare
  v_groep uuid[] := vangnet_wisgroep(p_casus); v_tabel regclass; v_aantal bigint; v_uit jsonb := '{}';
begin
  for v_tabel in select vangnet_wistabellen() loop
    execute format('select count(*) from %s where casus_id = any($1)', v_tabel) into v_aantal using v_groep;
    if v_aantal > 0 then
      v_uit := v_uit || jsonb_build_object(v_tabel::text, v_aantal);
    end if;
  end loop;
  return v_uit || jsonb_build_object('casework_casus', coalesce(cardinality(v_groep), 0));
end $$;

-- Erases one casus with everything of it, in one transaction, and leaves a tombstone. It looks for itself whether that may:
-- no hold, closed, and either its term is over (never under the least that the law or Vangnet sets, by the clock of the
-- database) or two people ordered it. `opnieuw` is for the owner only, after a restore: then it may be open as it was.
create function vangnet_wis_casus(p_casus uuid, p_grond text, p_soort text, p_termijn interval, p_beleid date, p_door text)
returns table (uitkomst text, rijen jsonb) language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v casework_casus; v_groep uuid[]; v_hulp boolean; v_laatst timestamptz; v_minst interval; v_opdracht casework_wisopdracht;
  v_een uuid; v_tabel regclass; v_aantal bigint; v_tel jsonb; v_alles jsonb := '{}'; v_huis uuid; v_wortel uuid; v_grond text;
begin
  select * into v from casework_casus c where c.id = p_casus for update;
  if v.id is null then
    return query select case when exists (select from casework_grafsteen g where g.casus_id = p_casus) then 'al_gewist' else 'onbekend' end,
                        '{}'::jsonb;
    return;
  end if;
  v_groep := vangnet_wisgroep(p_casus);
  perform from casework_casus c where c.id = any(v_groep) order by c.id for update;
  if exists (select from casework_bewaarstop s where s.casus_id = any(v_groep) and s.opgeheven_op is null) then
    return query select 'stop', '{}'::jsonb; return;
  end if;
  if v.gevoegd_bij_id is not null then return query select 'gevoegd', '{}'::jsonb; return; end if;
  if v.gesloten_op is null and not v.oefening and p_grond is distinct from 'opnieuw' then return query select 'open', '{}'::jsonb; return; end if;
  if p_soort is null or p_soort not in ('dossier', 'gesprek', 'vergissing', 'oefening') or p_beleid is null
     or coalesce(p_door, '') = '' then
    return query select 'onvolledig', '{}'::jsonb; return;
  end if;
  v_grond := p_grond;
  if p_grond = 'termijn' then
    select bool_or(vangnet_is_hulp(een)), max(vangnet_laatst(een)) into v_hulp, v_laatst from unnest(v_groep) een;
    v_minst := case when v_hulp and not v.oefening then interval '20 years' else interval '7 days' end;
    if p_termijn is null or p_termijn < v_minst then return query select 'te_kort', '{}'::jsonb; return; end if;
    if v_laatst + p_termijn > clock_timestamp() then return query select 'te_vroeg', '{}'::jsonb; return; end if;
  elsif p_grond = 'opdracht' then
    select * into v_opdracht from casework_wisopdracht o
     where o.casus_id = p_casus and o.bevestigd_op is not null and o.ingetrokken_op is null;
    if v_opdracht.id is null then return query select 'geen_opdracht', '{}'::jsonb; return; end if;
    v_grond := v_opdracht.grond;
  elsif p_grond is distinct from 'opnieuw' or not pg_has_role(
          session_user, (select c.relowner from pg_class c where c.oid = 'casework_casus'::regclass), 'member') then
    return query select 'geen_grond', '{}'::jsonb; return;
  end if;

  perform set_config('vangnet.wist', 'ja', true);
  foreach v_een in array v_groep loop
    v_tel := '{}';
    insert into casework_grafsteen (casus_id, regio, nummer, soort, grond, beleid, gewist_op, rijen, opdracht_id, verzoek_id,
                                    opgedragen_door, bevestigd_door, uitgevoerd_door, met, organisaties)
    select c.id, c.regio, c.nummer, p_soort, v_grond, p_beleid, clock_timestamp(), vangnet_wis_rijen(c.id), v_opdracht.id,
           v_opdracht.verzoek_id, v_opdracht.opgedragen_door_id, v_opdracht.bevestigd_door_id,
           left(p_door || ' (' || session_user || ')', 120), case when c.id <> p_casus then p_casus end,
           coalesce((select array_agg(distinct b.organisatie_id) from access_betrokkenheid b
                      where b.casus_id = c.id and (b.tot is null or b.tot > clock_timestamp())), '{}')
      from casework_casus c where c.id = v_een;
  end loop;
  delete from access_ontvangst o
   where o.ding_id in (select m.id from casework_melding m where m.casus_id = any(v_groep)
                       union all select a.id from casework_aanbod a where a.casus_id = any(v_groep))
      or exists (select from unnest(v_groep) een where o.antwoord::text like '%' || een || '%');
  get diagnostics v_aantal = row_count;
  if v_aantal > 0 then
    v_alles := v_alles || jsonb_build_object('access_ontvangst', v_aantal);
  end if;
  for v_tabel in select vangnet_wistabellen() loop
    execute format('delete from %s where casus_id = any($1)', v_tabel) using v_groep;
    get diagnostics v_aantal = row_count;
    if v_aantal > 0 then
      v_alles := v_alles || jsonb_build_object(v_tabel::text, v_aantal);
    end if;
  end loop;
  delete from casework_casus c where c.id = any(v_groep);
  get diagnostics v_aantal = row_count;
  v_alles := v_alles || jsonb_build_object('casework_casus', v_aantal);
  perform set_config('vangnet.wist', '', true);

  select o.id into v_huis from access_organisatie o where o.regio = v.regio and o.soort = 'regio' order by o.id limit 1;
  foreach v_een in array v_groep loop
    insert into access_logregel (id, op, medewerker_id, naam, organisatie_id, rol, handeling, ding, casus_id, geslaagd, toelichting,
                                 adres, verzoek, doel, relatie, toestemming, noodtoegang_id, bron)
    values (gen_random_uuid(), clock_timestamp(), v_opdracht.opgedragen_door_id, left(p_door, 120), v_huis, '', 'wissen', 'casus',
            v_een, true, v_grond || ', ' || p_soort || ', termijnen van ' || p_beleid, null, v_opdracht.verzoek_id, 'toezicht', '', '',
            null, 'vangnet bewaren');
  end loop;
  return query select 'gewist', v_alles;
end $$;

-- What else is past its term: sessions that ended, what systems were answered, who looked a day ago.
create function vangnet_wis_resten(p_ontvangst interval, p_doe boolean)
returns table (tabel text, rijen bigint) language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_nu timestamptz := clock_timestamp(); v_aantal bigint; v_tabel text; v_waar text;
begin
  for v_tabel, v_waar in values
    ('django_session', format('expire_date < %L', v_nu)),
    ('access_ontvangst', format('op < %L', v_nu - greatest(p_ontvangst, interval '7 days'))),
    ('casework_aanwezigheid', format('gezien_op < %L', v_nu - interval '1 day'))
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

-- Accounts of people whose last function ended so long ago and whom nothing names any more. One that a row of another table
-- still points at stays as it is: the keys of the database say so, not a list.
create function vangnet_wis_accounts(p_termijn interval, p_door text, p_doe boolean)
returns table (medewerker_id uuid, uitkomst text) language plpgsql volatile security definer
set search_path = public, pg_temp as $$
declare
  v_wie uuid; v_voor timestamptz := clock_timestamp() - greatest(p_termijn, interval '28 days'); v_huis uuid; v_tabel text;
begin
  for v_wie, v_huis in
    select m.id, (select f.organisatie_id from access_functie f where f.medewerker_id = m.id order by f.tot desc limit 1)
      from access_medewerker m
     where exists (select from access_functie f where f.medewerker_id = m.id)
       and not exists (select from access_functie f where f.medewerker_id = m.id and (f.tot is null or f.tot > v_voor))
     order by m.id
  loop
    begin
      delete from access_functie f where f.medewerker_id = v_wie;
      delete from access_uitnodiging u where u.medewerker_id = v_wie;
      delete from access_eenmaalcode e where e.medewerker_id = v_wie;
      delete from mfa_authenticator a where a.user_id = v_wie;
      delete from access_medewerker m where m.id = v_wie;
      set constraints all immediate;
      if not p_doe then
        raise exception 'alleen kijken' using errcode = 'VN001';
      end if;
      insert into access_logregel (id, op, medewerker_id, naam, organisatie_id, rol, handeling, ding, casus_id, geslaagd, toelichting,
                                   adres, verzoek, doel, relatie, toestemming, noodtoegang_id, bron)
      values (gen_random_uuid(), clock_timestamp(), null, left(p_door, 120), v_huis, '', 'wissen', 'medewerker', null, true,
              'account ' || v_wie, null, null, 'toezicht', '', '', null, 'vangnet bewaren');
      return query select v_wie, 'gewist';
    exception
      when foreign_key_violation then
        return query select v_wie, 'genoemd';
      when sqlstate 'VN001' then
        return query select v_wie, 'kan';
    end;
    set constraints all deferred;
  end loop;
end $$;

-- After erasing: the planner forgets the most common values of what is gone. Of a table that is empty now, analyze keeps
-- what it knew; PostgreSQL 18 can be told to drop that.
create function vangnet_na_wissen() returns void language plpgsql volatile security definer
set search_path = public, pg_temp as $$
declare
  v_tabel regclass; v_kolom text; v_leeg boolean;
begin
  for v_tabel in select vangnet_wistabellen() union all select 'casework_casus'::regclass
                 union all select 'access_ontvangst'::regclass loop
    execute format('analyze %s', v_tabel);
    execute format('select not exists (select from %s)', v_tabel) into v_leeg;
    if v_leeg and current_setting('server_version_num')::int >= 180000 then
      for v_kolom in select a.attname from pg_attribute a where a.attrelid = v_tabel and a.attnum > 0 and not a.attisdropped loop
        execute format('select pg_catalog.pg_clear_attribute_stats(%L, %L, %L, false)', 'public',
                       (select c.relname from pg_class c where c.oid = v_tabel), v_kolom);
      end loop;
    end if;
  end loop;
end $$;

-- The tombstones from a moment on, or all: for the list outside the database.
create function vangnet_grafstenen(p_vanaf timestamptz) returns setof casework_grafsteen language sql stable security definer
set search_path = public, pg_temp as $$
  select * from casework_grafsteen g where p_vanaf is null or g.gewist_op >= p_vanaf order by g.gewist_op, g.casus_id
$$;
"""
# Counted per casus before anything goes, for its own tombstone.
RIJEN = """
create function vangnet_wis_rijen(p_casus uuid) returns jsonb language plpgsql stable security definer
set search_path = public, pg_temp as $$
declare
  v_tabel regclass; v_aantal bigint; v_uit jsonb := '{}';
begin
  for v_tabel in select vangnet_wistabellen() loop
    execute format('select count(*) from %s where casus_id = $1', v_tabel) into v_aantal using p_casus;
    if v_aantal > 0 then
      v_uit := v_uit || jsonb_build_object(v_tabel::text, v_aantal);
    end if;
  end loop;
  return v_uit || jsonb_build_object('casework_casus', 1);
end $$;
"""
BINNEN = (
    "vangnet_wistabellen()", "vangnet_wisgroep(uuid)", "vangnet_is_hulp(uuid)", "vangnet_laatst(uuid)", "vangnet_wis_rijen(uuid)",
)  # fmt: skip
"""For the other functions only."""
WISSER = (
    "vangnet_bewaarfeiten(text)", "vangnet_wis_telling(uuid)", "vangnet_wis_casus(uuid, text, text, interval, date, text)",
    "vangnet_wis_resten(interval, boolean)", "vangnet_wis_accounts(interval, text, boolean)", "vangnet_na_wissen()",
    "vangnet_grafstenen(timestamptz)",
)  # fmt: skip
"""For the role that erases, and for no other."""
APPLICATIE = (
    "vangnet_bewaren_toezicht()", "vangnet_bewaarstop(text, text, text, boolean)", "vangnet_wisopdracht(text, text, text, uuid)",
    "vangnet_wisbesluit(uuid, boolean)",
)  # fmt: skip


def _rights() -> str:
    """Who may what: the procedures for the role that erases, the tables for nobody but the owner."""
    samen = ", ".join((*BINNEN, *WISSER, "casework_niet_opnieuw()"))
    weg = ", ".join(f"'{tabel}'" for tabel in WEGHALEN)
    nieuw = ", ".join(NIEUW)
    return f"""
revoke execute on function {samen} from public;
do $$
declare
  wie record;
  tabel record;
begin
  for wie in select distinct a.grantee::regrole as rol from pg_class c cross join aclexplode(c.relacl) a
              where c.oid = 'casework_casus'::regclass and a.privilege_type = 'INSERT'
                and a.grantee <> c.relowner and a.grantee <> 0 loop
    for tabel in select c.oid::regclass as naam, c.relname::text = any(array[{weg}]) as mag from pg_class c
                  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                    and pg_get_userbyid(c.relowner) = current_user loop
      execute format('revoke delete, truncate on %s from %s', tabel.naam, wie.rol);
      if tabel.mag then
        execute format('grant delete on %s to %s', tabel.naam, wie.rol);
      end if;
    end loop;
    execute format('alter default privileges revoke delete on tables from %s', wie.rol);
    execute format('revoke insert, update on {nieuw} from %s', wie.rol);
  end loop;
  if exists (select from pg_roles where rolname = 'vangnet_wis') then
    grant execute on function {", ".join(WISSER)} to vangnet_wis;
  end if;
end $$;
"""


SLOT = """
alter table casework_bewaarstop enable row level security;
alter table casework_bewaarstop force row level security;
alter table casework_wisopdracht enable row level security;
alter table casework_wisopdracht force row level security;
alter table casework_grafsteen enable row level security;
alter table casework_grafsteen force row level security;
create policy toezicht on casework_bewaarstop for select using (regio = vangnet_regio() and vangnet_is('{fg,beheerder}'));
create policy toezicht on casework_wisopdracht for select using (regio = vangnet_regio() and vangnet_is('{fg,beheerder}'));
create policy toezicht on casework_grafsteen for select
  using (vangnet_wie() = any(organisaties) or regio = vangnet_regio() and vangnet_is('{fg,beheerder}'));
"""

AF = "\n".join(
    [
        "drop policy toezicht on casework_grafsteen;", "drop policy toezicht on casework_wisopdracht;",
        "drop policy toezicht on casework_bewaarstop;", "drop trigger casus_niet_opnieuw on casework_casus;",
        "drop trigger alleen_erbij on casework_grafsteen;", "drop function casework_niet_opnieuw();",
        *(f"drop function {naam};" for naam in (*APPLICATIE, *WISSER, *BINNEN)),
    ]
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0004_noodtoegang"),
        ("casework", "0004_bewaren"),
        ("access", "0006_koppelingen"),
        ("capacity", "0001_initial"),
        ("sessions", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunSQL(
            BASIS + TOEZICHT + RIJEN + WISSEN + SLOT + _rights() + only_for_the_application(APPLICATIE), AF
        )
    ]
