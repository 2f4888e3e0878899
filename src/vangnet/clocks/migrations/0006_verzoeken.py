# SPDX-License-Identifier: EUPL-1.2
"""Row-level security for requests of a family, and what the privacy officer may know of them: numbers, days, grounds.

A request is never taken away by the application: there is no policy for it.
"""

from importlib import import_module

from django.db import migrations

rij = import_module("vangnet.clocks.migrations.0002_rijbeveiliging")
TABELLEN = ("casework_verzoek", "casework_passagekeuze", "casework_afschrift")

OP = """
-- Requests about files in the region that are not finished, for who watches over the log: by number, without who asks,
-- without a word of the file. With the organisation that must answer, so that somebody can be called.
create function vangnet_verzoeken() returns table (id uuid, nummer text, soort text, ontvangen_op timestamptz,
  uiterlijk timestamptz, verlengd boolean, besluit text, grond text, wacht boolean, akkoord boolean, organisatie text,
  telefoon text)
language sql stable security definer set search_path = public, pg_temp as $$
  select v.id, c.nummer || '-V' || v.volgnummer, v.soort::text, v.ontvangen_op, v.uiterlijk, v.verlengd_op is not null,
         v.besluit::text, v.grond::text,
         v.soort = 'vernietiging' and v.besluit in ('toegewezen', 'gedeeltelijk', 'geweigerd') and v.fg_akkoord is null,
         v.fg_akkoord, o.naam::text, o.telefoon::text
    from casework_verzoek v join casework_casus c on c.id = v.casus_id
    left join access_organisatie o on o.id = (
         select b.organisatie_id from access_betrokkenheid b
          where b.casus_id = c.id and b.deel in ('regie', 'dossier') and b.tot is null order by b.deel = 'regie' desc limit 1)
   where vangnet_ziet_toe() and c.regio = vangnet_regio() and v.klaar_op is null
   order by v.uiterlijk, v.id limit 500
$$;

-- The second pair of eyes on destruction: agrees, or sends it back. Only to the decision that was read, and never to one's
-- own. Says whether it was done; the casus only so that the log can name it.
create function vangnet_verzoek_oordeel(p_verzoek uuid, p_besluit text, p_grond text, p_akkoord boolean, p_reden text)
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
  return query select 'gedaan', v.casus_id;
end $$;

-- A granted destruction that was answered becomes an order to erase. The two people are those of the request: who decided, and
-- the FG who agreed. For who takes part in the casus; the database looks at the decision itself.
create function vangnet_wisopdracht_bij(p_verzoek uuid) returns text language plpgsql volatile security definer
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
AF = """
drop function vangnet_wisopdracht_bij(uuid);
drop function vangnet_verzoek_oordeel(uuid, text, text, boolean, text);
drop function vangnet_verzoeken();
"""
GEVEN = (
    "vangnet_verzoeken()", "vangnet_verzoek_oordeel(uuid, text, text, boolean, text)", "vangnet_wisopdracht_bij(uuid)",
)  # fmt: skip


def _op_slot() -> str:
    uit = []
    for tabel in TABELLEN:
        deel = rij.DEEL.format(wat=f"{tabel}.casus_id")
        uit += [
            f"create policy lezen on {tabel} for select using ({deel});",
            f"create policy erbij on {tabel} for insert with check ({deel});",
            f"create policy wijzigen on {tabel} for update using ({deel}) with check ({deel});",
            f"alter table {tabel} enable row level security;",
            f"alter table {tabel} force row level security;",
        ]
    return "\n".join(uit)


def _van_slot() -> str:
    uit = []
    for tabel in TABELLEN:
        uit += [f"alter table {tabel} no force row level security;", f"alter table {tabel} disable row level security;"]
        uit += [f"drop policy {naam} on {tabel};" for naam in ("lezen", "erbij", "wijzigen")]
    return "\n".join(uit)


class Migration(migrations.Migration):
    dependencies = [("clocks", "0005_wissen"), ("casework", "0005_verzoeken")]

    operations = [
        migrations.RunSQL(_op_slot() + OP + rij.only_for_the_application(GEVEN), AF + _van_slot()),
    ]
