import time, pytest
from datetime import datetime
from pathlib import Path
from vangnet.cli.demo_world.fill import fill_region
@pytest.mark.django_db
@pytest.mark.parametrize("m",["2027-01-01T02:30:00+01:00","2027-03-29T10:10:00+02:00"])
def test_vul(m, settings):
    settings.VANGNET_EIGEN=Path("demo/regios").resolve()
    t=time.monotonic()
    n=fill_region("zuid-limburg",datetime.fromisoformat(m),lambda *a: None)
    print("OK",m,n,round(time.monotonic()-t))
    from vangnet.casework.models import Casus, Aanbod
    print("OK open signals", Aanbod.objects.filter(soort="signaal",antwoord="").count(), Aanbod.objects.filter(soort="signaal",antwoord="",casus__gesloten_op__isnull=False).count())
