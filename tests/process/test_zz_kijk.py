import pytest
from tests.process.verhalen.toneel import *
pytestmark=pytest.mark.django_db
def toon(t):
    a=t.advies()
    for k,u in a.uitspraken.items(): print('  U',k,repr(u.waarde)[:70],u.regels,u.open_vraag)
    for k,u in a.termijnen.items(): print('  T',k,u.uiterlijk,u.strekking,u.regels,u.lezingen)
    for k,q in a.open_vragen.items(): print('  O',k,q.regels,[l.sleutel for l in q.lezingen])
    for v in a.vragen: print('  V',v.veld,v.regels)
    print('  K',[(k.sleutel,tot(k)) for k in t.d.klokken])
    print('  A',[x.sleutel for x in __import__('vangnet.process.acties',fromlist=['acties']).acties(t.d,a,t.op)])
START={"V01":dict(**{"melding.melder":"ouder","betrokken.gi":"geen","triage.direct_onveilig":"ja"}),
"V03":{"melding.melder":"school","betrokken.gi":"geen"},
"V04":{"melding.melder":"veilig_thuis","betrokken.gi":"geen","betrokken.veilig_thuis":True,"betrokken.veilig_thuis_vraagt_crisisdienst":True},
"V06":{"melding.melder":"gi","betrokken.gi":"beschikking","betrokken.zorgaanbieder":True},
"V08":{"melding.melder":"toegang","betrokken.gi":"geen"},
"V09":{"melding.melder":"ouder","betrokken.gi":"geen","triage.plotseling":"ja","triage.ernstige_ontregeling":"ja","triage.direct_onveilig":"ja","triage.onhoudbaar":"ja"},
"V11":{"melding.melder":"zorgaanbieder","betrokken.zorgaanbieder":True,"betrokken.jeugdige_verblijft_bij_aanbieder":True,"betrokken.zorgaanbieder_is_crisisaanbieder":True,"jeugdige.hulp_voor_18":True},
"V14":{"melding.melder":"politie","triage.opleiding_triagist":"HBO+"},
"V15":{"melding.melder":"wijkteam","triage.opleiding_triagist":"HBO+"},
"V17":{"melding.melder":"jeugdige","betrokken.zorgaanbieder":True,"triage.lopende_hulp":"ja"},
"V19":{"melding.melder":"politie","triage.direct_onveilig":"ja"},
}
DIENST={"zuid-limburg":"Crisishulp Jeugd","noord-en-midden-limburg":"ICJ","lekstroom":"Veilig Thuis (crisisdienst)","friesland":"Spoedhulp Jeugd Friesland","haaglanden":"CIT Haaglanden"}
@pytest.mark.parametrize("id_",list(START))
def test_kijk(id_):
    t=Toneel(verhalen()[id_])
    dienst=t.organisatie("crisisdienst",DIENST[t.regio])
    ik=t.mens("X","crisismedewerker",dienst)
    if id_=="V19": t.stap(1)
    g=t.gezin(**START[id_])
    print('=====',id_)
    t.bel(ik,g,"inschatting","omdat")
    toon(t)
