-- SPDX-License-Identifier: EUPL-1.2
-- %(aantal)s casussen, one in twenty open, spread over the services of the bench, after the model of one real casus.
-- Run without triggers by the administrator of the cluster: the guards are not what is measured here.
set session_replication_role = replica;
create temp table dienst as
  select row_number() over (order by o.id) - 1 as nr, o.id as organisatie, f.medewerker_id as medewerker
    from access_organisatie o join access_functie f on f.organisatie_id = o.id
   where o.soort = 'crisisdienst' and f.rol = 'crisismedewerker';
create temp table reeks as
  select g, gen_random_uuid() as casus, gen_random_uuid() as melding, gen_random_uuid() as kind,
         d.organisatie, d.medewerker, g %% 20 = 0 as open,
         now() - ((%(aantal)s - g)::float8 / %(aantal)s) * interval '1000 days' as t,
         (array['Sem','Noor','Daan','Yara','Milan','Lotte','Finn','Aylin','Elias','Nora'])[1 + g %% 10] as voornaam,
         'Proef' || (array['man','stra','berg','dijk','horst','veld','brink','meer','donk','hout'])[1 + (g / 10) %% 10]
           || chr(97 + g / 100 %% 26) || chr(97 + g / 2600 %% 26) as achternaam
    from generate_series(1, %(aantal)s) g
    join dienst d on d.nr = (g / 20) %% (select count(*) from dienst);
create temp table model as select * from casework_casus where id = %(model)s;
insert into casework_casus
  select x.*
    from reeks r, model m,
         lateral jsonb_populate_record(null::casework_casus, to_jsonb(m) || jsonb_build_object(
           'id', r.casus, 'nummer', 'P' || r.g, 'begonnen_op', r.t, 'gewijzigd_op', r.t,
           'gesloten_op', case when not r.open then r.t + interval '20 days' end,
           'uitkomst', case when r.open then '' else 'afgesloten' end,
           'volgende_klok_op', case when r.open then now() + r.g %% 40000 * interval '1 minute' end,
           'beeld', m.beeld || jsonb_build_object('kinderen', jsonb_build_array(
             jsonb_build_object('naam', r.voornaam || ' P.', 'leeftijd', r.g %% 18, 'maanden', null, 'ongeboren', false))))
         ) x;
insert into access_betrokkenheid (id, casus_id, organisatie_id, medewerker_id, deel, van, tot)
  select gen_random_uuid(), casus, organisatie, medewerker, 'regie', t, case when not open then t + interval '20 days' end from reeks
  union all
  select gen_random_uuid(), casus, organisatie, null, 'dossier', t + interval '20 days', null from reeks where not open;
insert into casework_melding
  select x.*
    from reeks r, (select * from casework_melding where casus_id = %(model)s) m,
         lateral jsonb_populate_record(null::casework_melding, to_jsonb(m) || jsonb_build_object(
           'id', r.melding, 'casus_id', r.casus, 'op', r.t, 'opgenomen_door_id', r.medewerker, 'opgenomen_bij_id', r.organisatie,
           'telefoon_cijfers', '06' || lpad((r.g * 7919 %% 100000000)::text, 8, '0'))) x;
insert into casework_jeugdige
  select x.*
    from reeks r, (select * from casework_jeugdige where casus_id = %(model)s limit 1) j,
         lateral jsonb_populate_record(null::casework_jeugdige, to_jsonb(j) || jsonb_build_object(
           'id', r.kind, 'casus_id', r.casus, 'voornaam', r.voornaam, 'achternaam', r.achternaam, 'klank', lower(r.achternaam),
           'geboortedatum', date '2008-01-01' + (r.g %% 5000)::int, 'bsn', '')) x;
insert into casework_feit
  select x.*
    from reeks r, (select * from casework_feit where casus_id = %(model)s) f,
         lateral jsonb_populate_record(null::casework_feit, to_jsonb(f) || jsonb_build_object(
           'id', gen_random_uuid(), 'casus_id', r.casus, 'door_id', r.medewerker, 'namens_id', r.organisatie)) x;
insert into casework_gebeurtenis
  select x.*
    from reeks r, (select * from casework_gebeurtenis where casus_id = %(model)s) e,
         lateral jsonb_populate_record(null::casework_gebeurtenis, to_jsonb(e) || jsonb_build_object(
           'id', gen_random_uuid(), 'casus_id', r.casus, 'door_id', r.medewerker, 'namens_id', r.organisatie, 'gebeurd_op', r.t)) x;
insert into clocks_klok
  select x.*
    from reeks r, (select * from clocks_klok where casus_id = %(model)s) k,
         lateral jsonb_populate_record(null::clocks_klok, to_jsonb(k) || jsonb_build_object(
           'id', gen_random_uuid(), 'casus_id', r.casus, 'begonnen_op', r.t,
           'uiterlijk', case when r.open then now() + r.g %% 40000 * interval '1 minute' else r.t + interval '1 day' end,
           'geeindigd_op', case when not r.open then r.t + interval '1 day' end,
           'uitkomst', case when r.open then '' else 'gehaald' end)) x;
set session_replication_role = default;
vacuum analyze;
