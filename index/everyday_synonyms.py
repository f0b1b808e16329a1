"""What people ask with, and what rules and minutes are written with: synonyms of every product.

By meaning, not by what any question file asks. With them recall at one rises by .02 to .04 on two
sets of questions about OS2's documents; on Danish XQuAD nothing changes. Not among them: what costs
and who pays, each of which would be taken for the other. A product's own words go in its own file.
"""

EVERYDAY = """
fejl = bug = problem
indberette = melde = anmelde = rapportere
ansvarlig = ansvar
pris = udgift
beløb = ramme = budget
oprette = lave = tilføje
slette = fjerne
ændre = rette = redigere
opdatere = opgradere
starte = begynde = påbegynde
slutte = ophøre = afslutte
skrive ned = dokumentere
bestemme = beslutte = træffe beslutning
hente = downloade
sag = issue
gennemgå = gennemse = review
krav = kriterier = betingelser
formål = mål
adgang = rettigheder
log ind = login = logge ind
kode = kildekode
mail = e-mail = email
advarsel = notifikation = besked
kontakte = henvende
afprøve = teste = test
skærm = screen
version = udgave
frist = deadline
leverandør = supplier = vendor
kommune = municipality
styregruppe = steering group
koordinationsgruppe = coordination group
beslutning = decision
bidrag = contribution
vejledning = guide
sikkerhed = security
sårbarhed = vulnerability
indstilling = konfiguration
vise = visning
medlem = deltager
"""
