# SPDX-License-Identifier: EUPL-1.2
"""That a backup was made or looked over is kept, by the role that makes them; the application only reads it."""

from django.db import migrations, models

import vangnet.conf.identifiers

# Whatever the default privileges gave is taken back: the application must not be able to say that there is a backup. Where the
# role of the backups does not exist yet, docs/beheer.md says how to make it and what to grant.
BEWAKEN = """
create trigger access_reservekopie_vast before update or delete on access_reservekopie
  for each row execute function access_logregel_vast();
create trigger access_reservekopie_heel before truncate on access_reservekopie
  for each statement execute function access_logregel_vast();
do $$
declare
  wie record;
begin
  for wie in select distinct a.grantee::regrole as rol from pg_class c cross join aclexplode(c.relacl) a
              where c.oid = 'access_reservekopie'::regclass and a.grantee <> c.relowner and a.grantee <> 0 loop
    execute format('revoke insert, update, delete, truncate on access_reservekopie from %s', wie.rol);
  end loop;
  if exists (select from pg_roles where rolname = 'vangnet_kopie') then
    grant select, insert on access_reservekopie to vangnet_kopie;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0009_agenda"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reservekopie",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("op", models.DateTimeField()),
                ("vastgelegd_op", models.DateTimeField()),
                ("soort", models.CharField(max_length=12)),
                ("goed", models.BooleanField()),
                ("grootte", models.BigIntegerField()),
                ("tabellen", models.IntegerField()),
                ("rijen", models.BigIntegerField()),
                ("vingerafdruk", models.CharField(max_length=64)),
                ("uitslag", models.CharField(blank=True, max_length=300)),
            ],
            options={"indexes": [models.Index(fields=["soort", "op"], name="reservekopie_op")]},
        ),
        migrations.AddConstraint(
            "reservekopie",
            models.CheckConstraint(
                condition=models.Q(("soort__in", ("gemaakt", "nagekeken", "teruggezet"))), name="reservekopie_soort"
            ),
        ),
        migrations.RunSQL(BEWAKEN, migrations.RunSQL.noop),
    ]
