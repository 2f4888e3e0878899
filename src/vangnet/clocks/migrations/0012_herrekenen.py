# SPDX-License-Identifier: EUPL-1.2
"""Which open casussen of a region, or of one municipality in it, have clocks that may need to be worked out anew: ids, and who leads.

The operator of an installation and the page on which closing days are filed count with it what would move, over organisations;
nobody gets to see a casus by it (docs/besluiten/0012)."""

from importlib import import_module

from django.db import migrations

only_for_the_application = import_module("vangnet.clocks.migrations.0002_rijbeveiliging").only_for_the_application

OP = """
create function vangnet_open_casussen(p_regio text, p_gemeente text, p_op timestamptz)
returns table (casus_id uuid, organisatie_id uuid) language sql stable security definer set search_path = public, pg_temp as $$
  select distinct on (c.id) c.id, b.organisatie_id
    from casework_casus c join access_betrokkenheid b on b.casus_id = c.id
   where c.regio = p_regio and c.gesloten_op is null and (p_gemeente = '' or lower(c.gemeente) = lower(p_gemeente))
     and b.van <= p_op and (b.tot is null or b.tot > p_op) and b.deel <> 'aanbod'
   order by c.id, b.deel = 'regie' desc, b.van
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("clocks", "0011_morgenlijst")]

    operations = [
        migrations.RunSQL(
            OP + only_for_the_application(("vangnet_open_casussen(text, text, timestamptz)",)),
            "drop function vangnet_open_casussen(text, text, timestamptz);",
        )
    ]
