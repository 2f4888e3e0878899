# SPDX-License-Identifier: EUPL-1.2
"""A message comes with its job, an open board hears when one fails, and who may do what: the application writes a message
down and takes a failed one over; the sender (a role of its own) runs jobs and says what became of a message."""

from django.db import migrations

KLAARZETTEN = """
-- The job that sends a message. In the transaction that asks; nobody but the owner can add a job in another way.
create function vangnet_bericht_klaarzetten(bericht uuid, voorrang int) returns void language sql volatile security definer
set search_path = public, pg_temp as $$
  insert into procrastinate_jobs (queue_name, task_name, priority, args)
  values ('berichten', 'vangnet.bericht', voorrang, jsonb_build_object('bericht', bericht))
$$;
revoke execute on function vangnet_bericht_klaarzetten(uuid, int) from public;

create function messages_bericht_klaarzetten() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  perform vangnet_bericht_klaarzetten(new.id, new.voorrang);
  return null;
end $$;
create trigger bericht_klaarzetten after insert on messages_bericht
  for each row when (new.toestand = 'wacht') execute function messages_bericht_klaarzetten();

-- One that did not arrive is red on the boards of its organisation, until somebody takes it over.
create function messages_bericht_melden() returns trigger language plpgsql as $$
begin
  perform pg_notify('vangnet', 'bij ' || new.organisatie_id);
  return null;
end $$;
create trigger bericht_melden after insert or update of toestand, geregeld_op on messages_bericht
  for each row when (new.toestand = 'mislukt') execute function messages_bericht_melden();
"""
NIET_KLAARZETTEN = """
drop trigger bericht_melden on messages_bericht;
drop function messages_bericht_melden();
drop trigger bericht_klaarzetten on messages_bericht;
drop function messages_bericht_klaarzetten();
drop function vangnet_bericht_klaarzetten(uuid, int);
"""

# Whatever the default privileges gave on these tables is taken back from everybody. The application is who may add a casus;
# the sender exists by its name, or docs/beheer.md says how to make it and what to grant.
RECHTEN = """
do $$
declare
  ding record; wie record;
begin
  for ding in select c.oid, c.relkind, c.oid::regclass as naam from pg_class c
               where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'S')
                 and (c.relname = 'messages_bericht' or c.relname like 'procrastinate\\_%') loop
    for wie in select distinct a.grantee::regrole as rol from pg_class c cross join aclexplode(c.relacl) a
                where c.oid = ding.oid and a.grantee <> c.relowner and a.grantee <> 0 loop
      execute format('revoke all on %s %s from %s', case ding.relkind when 'S' then 'sequence' else 'table' end, ding.naam, wie.rol);
    end loop;
  end loop;
  for wie in select distinct a.grantee::regrole as rol from pg_class c cross join aclexplode(c.relacl) a
              where c.oid = 'casework_casus'::regclass and a.privilege_type = 'INSERT'
                and a.grantee <> c.relowner and a.grantee <> 0 loop
    execute format('grant select, insert on messages_bericht to %s', wie.rol);
    execute format('grant update (geregeld_op, geregeld_door_id) on messages_bericht to %s', wie.rol);
  end loop;
  if exists (select from pg_roles where rolname = 'vangnet_post') then
    grant select on messages_bericht to vangnet_post;
    grant update (toestand, pogingen, fout, klaar_op, aan) on messages_bericht to vangnet_post;
    grant execute on function vangnet_bericht_klaarzetten(uuid, int) to vangnet_post;
    grant select, update, delete on procrastinate_jobs to vangnet_post;
    grant select, insert on procrastinate_events to vangnet_post;
    grant select, insert, update, delete on procrastinate_workers to vangnet_post;
    grant select, update on procrastinate_periodic_defers to vangnet_post;
    grant usage on sequence procrastinate_events_id_seq to vangnet_post;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("vangnet_messages", "0001_initial"),
        ("casework", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(KLAARZETTEN, NIET_KLAARZETTEN),
        migrations.RunSQL(RECHTEN, migrations.RunSQL.noop),
    ]
