# SPDX-License-Identifier: EUPL-1.2
"""Row-level security on every table that carries a casus: a row is there for an organisation that takes part in it now.

Here because the clocks are the highest room with such a table. The owner has BYPASSRLS, so functions of his that run with
his rights (security definer) are the only way around: each says what it gives away.
"""

from django.db import migrations

CASUSTABELLEN = (
    "casework_melding", "casework_jeugdige", "casework_persoon", "casework_adres", "casework_feit", "casework_inzet",
    "casework_rto", "casework_genodigde", "casework_aanbod", "casework_taak", "casework_toestemming", "casework_notitie",
    "casework_gebeurtenis", "casework_versie", "casework_aanwezigheid", "clocks_klok",
)  # fmt: skip

WIE = """
create function vangnet_wie() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('vangnet.organisatie', true), '')::uuid $$;
create function vangnet_ik() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('vangnet.medewerker', true), '')::uuid $$;
create function vangnet_nu() returns timestamptz language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('vangnet.nu', true), '')::timestamptz, now()) $$;

-- Whether the organisation that asks takes part in a casus now. Says nothing about anybody else.
create function vangnet_neemt_deel(casus uuid) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (select from access_betrokkenheid b
                  where b.casus_id = casus and b.organisatie_id = vangnet_wie()
                    and b.van <= vangnet_nu() and (b.tot is null or b.tot >= vangnet_nu()))
$$;

-- Whether the person who asks watches over the log now.
create function vangnet_ziet_toe() returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (select from access_functie f
                  where f.medewerker_id = vangnet_ik() and f.organisatie_id = vangnet_wie() and f.rol = 'fg'
                    and f.van <= vangnet_nu() and (f.tot is null or f.tot > vangnet_nu()))
$$;

-- Whether nobody ever took part in a casus: so it is between its first row and the end of the work that makes it.
create function vangnet_zonder_deelnemer(casus uuid) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select not exists (select from access_betrokkenheid b where b.casus_id = casus)
$$;

-- The region of the organisation that asks.
create function vangnet_regio() returns text language sql stable security definer set search_path = public, pg_temp as $$
  select o.regio from access_organisatie o where o.id = vangnet_wie()
$$;

-- Whether the person who asks has one of these functions now, where he asks from.
create function vangnet_is(rollen text[]) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (select from access_functie f
                  where f.medewerker_id = vangnet_ik() and f.organisatie_id = vangnet_wie() and f.rol = any(rollen)
                    and f.van <= vangnet_nu() and (f.tot is null or f.tot > vangnet_nu()))
$$;

-- The numbers of casussen, for who watches over the log: a number names nobody.
create function vangnet_nummers(gevraagd uuid[]) returns table (id uuid, nummer text) language sql stable security definer
set search_path = public, pg_temp as $$
  select c.id, c.nummer from casework_casus c where c.id = any(gevraagd) and vangnet_ziet_toe()
$$;
create function vangnet_van_nummer(gevraagd text, in_regio text) returns uuid language sql stable security definer
set search_path = public, pg_temp as $$
  select c.id from casework_casus c where c.nummer = gevraagd and c.regio = in_regio and in_regio = vangnet_regio() and vangnet_ziet_toe()
$$;

-- How much is in the hands of people: counts, for who manages the accounts of their region or organisation.
create function vangnet_in_handen(mensen uuid[]) returns table (medewerker_id uuid, casussen bigint, taken bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select m, (select count(distinct b.casus_id) from access_betrokkenheid b where b.medewerker_id = m and b.tot is null),
         (select count(*) from casework_taak t where t.wie_id = m and t.klaar_op is null)
    from unnest(mensen) m
   where exists (select from access_functie f join access_organisatie o on o.id = f.organisatie_id
                  where f.medewerker_id = m and (o.regio = vangnet_regio() and vangnet_is('{beheerder}')
                                                 or o.id = vangnet_wie() and vangnet_is('{coordinator}')))
$$;
-- How many casussen an organisation leads: a count, which stops who would put it out of use.
create function vangnet_regies(organisatie uuid) returns bigint language sql stable security definer
set search_path = public, pg_temp as $$
  select count(*) from access_betrokkenheid b where b.organisatie_id = organisatie and b.deel = 'regie' and b.tot is null
$$;

-- The casussen that these meldingen began: whoever knows an id that a client made learns that it is in use, no more.
create function vangnet_casus_van(meldingen uuid[]) returns table (melding_id uuid, casus_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id, m.casus_id from casework_melding m where m.id = any(meldingen)
$$;

-- Offers of which the last moment has passed, for the worker: ids only.
create function vangnet_verlopen(op timestamptz) returns table (casus_id uuid, id uuid, van_organisatie_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.casus_id, a.id, a.van_organisatie_id from casework_aanbod a join casework_casus c on c.id = a.casus_id
   where a.antwoord = '' and a.uiterlijk < op and c.gesloten_op is null order by a.uiterlijk, a.id
$$;

-- Is this family known: the one question over the bounds of betrokkenheid. Of a casus of another organisation only whom to
-- call leaves it; of a secret address not even the municipality may show, so there the crisis service is named. A surname
-- that sounds alike is too little to say that another organisation knows a family. For who takes calls, in his own region.
create function vangnet_bekend(p_bsn text, p_cijfers text, p_geboren date, p_voornaam text, p_klank text, p_regio text,
                               p_eigen uuid)
returns table (te_zien boolean, waaraan text[], kracht int, casus_id uuid, nummer text, voornaam text, letter text,
               geboren date, leeftijd int, leeftijd_duur text, begonnen_op timestamptz, gesloten_op timestamptz, bel text,
               telefoon text)
language sql stable security definer set search_path = public, pg_temp as $$
with treffer as (
  select casus_id, id as jeugdige_id, 'bsn' as waaraan from casework_jeugdige
   where p_bsn <> '' and bsn = p_bsn and vervallen_op is null
  union select casus_id, id, 'geboren' from casework_jeugdige
   where geboortedatum = p_geboren and p_voornaam <> '' and lower(voornaam) = p_voornaam and vervallen_op is null
  union select casus_id, null, 'telefoon' from casework_melding
   where p_cijfers <> '' and telefoon_cijfers <> '' and telefoon_cijfers = p_cijfers and melder in ('ouder', 'jeugdige', 'netwerk', '')
  union select casus_id, null, 'telefoon' from casework_persoon
   where p_cijfers <> '' and telefoon_cijfers <> '' and telefoon_cijfers = p_cijfers and vervallen_op is null
     and rol in ('moeder', 'vader', 'stiefouder', 'partner_van_ouder', 'pleegouder', 'broer', 'zus', 'oma', 'opa', 'familie', 'netwerk')
  union select casus_id, id, 'klank' from casework_jeugdige
   where p_klank <> '' and klank <> '' and klank = p_klank and vervallen_op is null
),
kandidaat as (
  select t.casus_id, array_agg(distinct t.waaraan) as waaraan, min(t.jeugdige_id::text)::uuid as jeugdige_id,
         max(case t.waaraan when 'bsn' then 8 when 'geboren' then 4 when 'telefoon' then 4 else 1 end) as kracht
    from treffer t group by t.casus_id
),
mag as (
  select k.*, c.nummer, c.begonnen_op, c.gesloten_op, c.geheim, exists (
      select from access_betrokkenheid b where b.casus_id = k.casus_id and b.organisatie_id = vangnet_wie()
         and b.deel not in ('aanbod', 'signaal') and b.van <= vangnet_nu() and (b.tot is null or b.tot > vangnet_nu())) as te_zien
    from kandidaat k join casework_casus c on c.id = k.casus_id
   where c.regio = p_regio and p_regio = vangnet_regio() and vangnet_is('{crisismedewerker,coordinator}') and not c.oefening and c.uitkomst not in ('vergissing', 'gevoegd')
     and c.id is distinct from p_eigen
     and not exists (select from access_blokkade x where x.casus_id = c.id and x.medewerker_id = vangnet_ik())
)
select m.te_zien, m.waaraan, m.kracht,
       case when m.te_zien then m.casus_id end, case when m.te_zien then m.nummer end,
       case when m.te_zien then j.voornaam end, case when m.te_zien then left(j.achternaam, 1) end,
       case when m.te_zien then j.geboortedatum end, case when m.te_zien then j.leeftijd end,
       case when m.te_zien then j.leeftijd_duur end,
       case when m.te_zien then m.begonnen_op end, case when m.te_zien then m.gesloten_op end,
       case when not m.te_zien then o.naam end,
       case when not m.te_zien then coalesce(nullif(o.telefoon_buiten, ''), o.telefoon) end
  from mag m
  left join casework_jeugdige j on j.id = coalesce(m.jeugdige_id,
       (select id from casework_jeugdige e where e.casus_id = m.casus_id and e.vervallen_op is null order by volgorde limit 1))
  left join access_organisatie o on o.id = (
       select b.organisatie_id from access_betrokkenheid b join access_organisatie w on w.id = b.organisatie_id
        where b.casus_id = m.casus_id and b.tot is null
          and (b.deel = 'regie' and not m.geheim
               or b.deel = 'dossier' and not exists (select from access_betrokkenheid r where r.casus_id = m.casus_id and r.deel = 'regie' and r.tot is null)
               or m.geheim and w.soort = 'crisisdienst')
        order by b.deel = 'regie' desc limit 1)
 where m.te_zien or m.kracht > 1 and o.id is not null
 order by m.kracht desc, m.gesloten_op is not null, m.begonnen_op desc
 limit 25
$$;
"""
FUNCTIES = (
    "vangnet_bekend(text, text, date, text, text, text, uuid)",
    "vangnet_verlopen(timestamptz)", "vangnet_casus_van(uuid[])", "vangnet_regies(uuid)",
    "vangnet_in_handen(uuid[])", "vangnet_van_nummer(text, text)", "vangnet_nummers(uuid[])", "vangnet_ziet_toe()",
    "vangnet_is(text[])", "vangnet_regio()",
    "vangnet_zonder_deelnemer(uuid)", "vangnet_neemt_deel(uuid)", "vangnet_nu()", "vangnet_ik()", "vangnet_wie()",
)  # fmt: skip
GEVEN = tuple(
    naam
    for naam in FUNCTIES
    if not naam.startswith(("vangnet_neemt_deel", "vangnet_ziet_toe", "vangnet_wie", "vangnet_ik", "vangnet_nu()"))
)
"""Functions that give something away. The others say who asks, and a policy of the log asks them of every reader."""
DEFINER = (
    "casework_bewaar_versie()", "casework_een_regie()", "casework_inzet_na_besluit()", "access_logregel_nummer()",
)  # fmt: skip
"""Triggers that must see what the asker may not: the guard of the lead, for one, also when his own part has just ended."""

DEEL = """exists (select from access_betrokkenheid b where b.casus_id = {wat} and b.organisatie_id = vangnet_wie()
  and b.van <= vangnet_nu() and (b.tot is null or b.tot >= vangnet_nu()))"""


def _op_slot() -> str:
    uit = [
        f"create policy deelnemer on {tabel} using ({DEEL.format(wat=f'{tabel}.casus_id')});" for tabel in CASUSTABELLEN
    ]
    uit += [
        f"create policy deelnemer on casework_casus using ({DEEL.format(wat='casework_casus.id')});",
        "create policy begin on casework_casus for insert with check (regio = vangnet_regio());",
        # Who takes part lets others in, and ends parts; who does not, never puts himself in. Nothing is taken away: that
        # somebody took part stays on record.
        "create policy deelnemer on access_betrokkenheid for select"
        " using (organisatie_id = vangnet_wie() or vangnet_neemt_deel(casus_id));",
        "create policy erbij on access_betrokkenheid for insert with check (vangnet_wie() is not null"
        " and (vangnet_neemt_deel(casus_id) or vangnet_zonder_deelnemer(casus_id)));",
        "create policy wijzigen on access_betrokkenheid for update"
        " using (vangnet_neemt_deel(casus_id)) with check (vangnet_neemt_deel(casus_id));",
        "create policy eigen on access_blokkade for select"
        " using (medewerker_id = vangnet_ik() or vangnet_neemt_deel(casus_id));",
        "create policy leggen on access_blokkade for insert with check (vangnet_neemt_deel(casus_id));",
        "create policy opheffen on access_blokkade for delete"
        " using (vangnet_neemt_deel(casus_id) and medewerker_id is distinct from vangnet_ik());",
        # Who seals and who watches over the log reads all of it; that is asked once per question, not per line.
        "create policy lezen on access_logregel for select"
        " using ((select has_table_privilege('access_zegel', 'insert') or vangnet_ziet_toe())"
        " or casus_id is null or vangnet_neemt_deel(casus_id));",
        "create policy schrijven on access_logregel for insert with check (true);",
    ]
    for tabel in ALLE:
        uit += [f"alter table {tabel} enable row level security;", f"alter table {tabel} force row level security;"]
    uit += [f"alter function {naam} security definer set search_path = public, pg_temp;" for naam in DEFINER]
    return "\n".join(uit) + only_for_the_application(GEVEN)


def only_for_the_application(functies: tuple[str, ...]) -> str:
    """SQL that takes functions from everybody and gives them to the roles that write casussen: a role that somebody makes
    to seal, to back up or to count gets nothing by them."""
    namen = ", ".join(functies)
    return f"""
do $$
declare
  wie record;
begin
  revoke execute on function {namen} from public;
  for wie in select distinct a.grantee::regrole as rol from pg_class c cross join aclexplode(c.relacl) a
              where c.oid = 'casework_casus'::regclass and a.privilege_type = 'INSERT'
                and a.grantee <> c.relowner and a.grantee <> 0 loop
    execute format('grant execute on function {namen} to %s', wie.rol);
  end loop;
end $$;
"""


ALLE = (*CASUSTABELLEN, "casework_casus", "access_betrokkenheid", "access_blokkade", "access_logregel")


def _van_slot() -> str:
    uit = []
    for tabel in ALLE:
        uit += [f"alter table {tabel} no force row level security;", f"alter table {tabel} disable row level security;"]
    uit += [
        f"drop policy deelnemer on {tabel};" for tabel in (*CASUSTABELLEN, "casework_casus", "access_betrokkenheid")
    ]
    uit += [
        "drop policy begin on casework_casus;", "drop policy erbij on access_betrokkenheid;",
        "drop policy wijzigen on access_betrokkenheid;", "drop policy eigen on access_blokkade;",
        "drop policy leggen on access_blokkade;", "drop policy opheffen on access_blokkade;",
        "drop policy lezen on access_logregel;", "drop policy schrijven on access_logregel;",
    ]  # fmt: skip
    uit += [f"alter function {naam} security invoker reset search_path;" for naam in DEFINER]
    return "\n".join(uit) + "\n" + "\n".join(f"drop function {naam};" for naam in FUNCTIES)


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0001_initial"),
        ("casework", "0003_rechtzetten"),
        ("access", "0006_koppelingen"),
    ]

    operations = [
        migrations.RunSQL(WIE + _op_slot(), _van_slot()),
    ]
