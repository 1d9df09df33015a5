"""German words: kinds, labels, verbs, pronouns."""

# ruff: noqa: E501

ROLES = """
verlobte verlobter auftraggeber auftraggeberin kommandantin vorstand seelsorger seelsorgerin wachtmeister wachtmeisterin biologe biologin techniker technikerin winzer winzerin lehrerin hacker netzläufer raumfahrer raumfahrerin astronautin superheld superheldin rächer revolverheld revolverheldin prediger viehtreiber goldsucher konditor konditorin postbotin postbote floristin verwalterin gutsherr gutsherrin
abt äbtissin abenteurer abenteurerin adelige adeliger admiral agent agentin alchemist alchemistin älteste ältester
anführer anführerin angler anwalt anwältin antagonist apotheker apothekerin arbeiter arbeiterin archäologe
archäologin architekt archivar archivarin artist arzt ärztin assistent assistentin astrologe astronom astronaut
attentäter aufseher aufseherin außenseiter autor autorin bäcker bäckerin bandit banditin bankier barbier barde
bardin baron baronin bauer bäuerin beamter beamtin berater beraterin bergmann bestatter bettler bettlerin
bibliothekar bibliothekarin bischof bootsmann bote botin botschafter botschafterin brauer bräutigam braut brigant
bruder buchhalter buchhalterin bürgermeister bürgermeisterin chef chefin chirurg chirurgin chronist detektiv
detektivin deserteur dichter dichterin dieb diebin diener dienerin diplomat diplomatin direktor direktorin dirigent
doktor doktorin dorfvorsteher druide druidin eigentümer eigentümerin einbrecher einsiedler einsiedlerin enkel
enkelin entdecker erbe erbin erfinder erfinderin ermittler ermittlerin eroberer fährfrau fährmann fälscher fahrer
fahrerin falkner farmer feldwebel feuerwehrmann fischer fischerin fleischer flüchtling förster försterin forscher
forscherin fotograf fotografin frau freibeuter freund freundin friedhofswärter fürst fürstin führer führerin
fuhrmann gärtner gärtnerin gast gastwirt gastwirtin gauner gaunerin gefährte gefährtin gefangene gefangener
geheimrat gehilfe gehilfin geistlicher gelehrte gelehrter gemahl gemahlin general gerber geschäftsführer
geschichtenerzähler geselle gesandte gesandter glöckner goldschmied gouverneur gouverneurin graf gräfin großmutter
großvater gründer gründerin hacker hackerin händler händlerin hafenmeister hafenmeisterin handwerker hauptmann
hauptfrau hausmeister hausmeisterin hebamme hehler hehlerin heiler heilerin held heldin heilige heiliger henker herr
herrin herrscher herrscherin herzog herzogin hexe hexer hirte hirtin hofnarr holzfäller hüter hüterin imker
informant informantin ingenieur ingenieurin inquisitor inspektor inspektorin jäger jägerin journalist journalistin
junge jüngling juwelier kaiser kaiserin kammerdiener kanzler kanzlerin kapitän kapitänin kaplan kapellmeister
kardinal kartograf kartografin kaufmann kauffrau kellner kellnerin kerkermeister kesselflicker kind kleriker
klerikerin knecht koch köchin kommandant kommandantin kommandeur kommissar kommissarin komponist komtess könig
königin kopfgeldjäger kopfgeldjägerin krämer krämerin krankenschwester krieger kriegerin kultist kultistin
kundschafter kundschafterin künstler künstlerin küster kutscher laborant lampenwärter landstreicher legionär lehrer
lehrerin lehrling leibwächter leibwächterin leiter leiterin leuchtturmwärter leuchtturmwärterin leutnant leutnantin
lord lotse mädchen magd magier magierin magistrat mann markgraf markgräfin marschall mathematiker matriarchin
matrose maurer mechaniker mechanikerin medium meister meisterin metzger minister ministerin mönch mörder mörderin
müller müllerin musiker musikerin mutter nachbar nachbarin nachtwächter narr navigator navigatorin neffe nekromant
nekromantin nichte nonne notar novize novizin oberst oberhaupt offizier offizierin onkel orakel organist papst
partner partnerin pastor pastorin patriarch patron pfarrer pfarrerin pförtner philosoph pilger pilgerin pilot
pilotin pirat piratin polizist polizistin präsident präsidentin prediger predigerin priester priesterin prinz
prinzessin professor professorin programmierer prophet prophetin puppenspieler quacksalber quartiermeister rabbi
räuber räuberin ratsherr ratsherrin rattenfänger rebell rebellin redakteur regent regentin reisende reisender reiter
reiterin rektor rektorin richter richterin ritter ritterin sänger sängerin schäfer schäferin schamane schamanin
schankwirt schatzmeister schatzmeisterin schaffner schauspieler schauspielerin scherge schiffer schlosser
schlüsselmeister schmied schmiedin schmuggler schmugglerin schneider schneiderin schreiber schreiberin schreiner
schriftsteller schüler schülerin schulmeister schurke schurkin schuster schwester seefahrer seemann seher seherin
sekretär sekretärin senator senatorin sheriff sohn sohnes soldat soldatin söldner söldnerin späher späherin spion
spionin spieler spielerin statthalter statthalterin steinmetz steuereintreiber stadtschreiber student studentin
tagelöhner tante tänzer tänzerin taucher taucherin techniker technikerin tischler tochter töchter torwächter
totengräber totengräberin träger trinker trödler tyrann überlebende überlebender uhrmacher uhrmacherin urgroßmutter
vagabund vasall vater verräter verräterin vertraute vertrauter verwalter verwalterin veteran veteranin vetter vogt
vögtin vorarbeiter vorsitzende vorsitzender vorsteher vorsteherin waffenhändler wache wächter wächterin wahrsager
wahrsagerin waise wanderer wanderin wärter wärterin wäscherin weber weberin weise weiser widersacher widersacherin
wilderer winzer wirt wirtin wirtschafter wissenschaftler wissenschaftlerin witwe witwer wundarzt zauberer zauberin
zeuge zeugin zigeuner zimmermann zöllner zofe zwilling zwillingsbruder zwillingsschwester gegner gegnerin feind
feindin verbündete verbündeter rivale rivalin bösewicht hauptgegner geist-seher obmann obfrau schichtführer
schichtführerin kurier kurierin straßenkind kumpel steiger
"""
SPECIES = "mensch menschlich elf elfe elfin halbelf halbelfe halbelfin zwerg zwergin halbling halblingsfrau gnom gnomin ork orkin halbork halborkin goblin goblinfrau tiefling drachenblut drachenblütige vampir vampirin werwolf ghul gespenst geist lich skelett zombie mumie dämon dämonin teufel engel fee dschinn golem androide roboter cyborg klon mutant mutantin außerirdischer drache lindwurm nixe satyr zentaur minotaurus troll oger riese riesin wechselbalg ki fuchs wolf bär katze maus ratte rabe eule frosch igel dachs wiedergänger wiedergängerin kobold kobolde wassermann automat"
TITLES = "wachtmeister wachtmeisterin kommandeur vorstand direktor direktorin kurfürst großherzog oberin hauptmann hauptfrau kapitän kapitänin kommandant kommandantin general oberst major leutnant feldwebel admiral könig königin prinz prinzessin herzog herzogin graf gräfin fürst fürstin baron baronin freiherr freifrau markgraf markgräfin herr frau fräulein dr doktor prof professor professorin pater bruder schwester mutter vater abt äbtissin bischof kardinal pfarrer pastor sankt st heilige heiliger richter richterin bürgermeister bürgermeisterin inspektor inspektorin kommissar kommissarin präsident präsidentin minister kanzler kanzlerin onkel tante alter alte meister meisterin sir lady lord regent regentin kaiser kaiserin sheriff vogt vögtin ritter magister großmeister großmeisterin ratsherr ratsherrin obermeister opa oma"
SOFT_TITLES = "alter alte general mutter vater major meister meisterin"
ORGS = "multi konzern kooperative zelle kommando bruderschaft aufständische rebellen triade kammer zunft winzergenossenschaft chor kirchenchor gewerkschaft akademie agentur allianz armee bande bank behörde besatzung bewegung brigade bruderschaft bund bündnis büro clan club direktorat dynastie einheit faktion familie flotte fraktion front garde garnison geheimbund gemeinschaft gemeinde genossenschaft gesellschaft gewerkschaft gilde gruppe gruppierung hanse haus heer horde inquisition institut kabale kartell kaufmannsgilde kirche kloster klub kollektiv komitee kompanie konklave konsortium konzern korporation kult legion liga loge mafia mannschaft miliz ministerium monteure netzwerk orden organisation orchester partei patrouille piraten polizei rat räuberbande rebellen regierung regiment sekte senat sippe schar schwadron schwesternschaft stamm stiftung streitmacht syndikat tribunal trupp truppe unternehmen union universität verband verein verschwörung wache widerstand zirkel zunft schmuggler diebe söldner überlebende kultisten banditen gesangsverein stadtwache schützenverein reederei"
PLACES = "arkologie megastadt winzerdorf kurort weinberg weingut bäckerei metzgerei apotheke buchladen forsthaus hochsitz alm alpe klamm schlucht saloon ranch steppe prärie pier kai strandpromenade bunker kuppel ring hangar werft dock leuchtturm markt platz pfarre pfarrei forschungsstation raumstation mond schacht abgrund abtei acker akademie allee anlegestelle anwesen archipel archiv arena armenviertel arsenal asyl atelier aue bach bad badehaus bahnhof bahnhofshalle bar basilika basis bastion bauernhof becken berg berge bergdorf bergwerk bezirk bibliothek blockhaus boden bordell börse brauerei bruch brücke brunnen bucht bunker burg büro club dachboden damm deich delta denkmal dock dom domäne dorf dschungel düne dünen dungeon ebene eiland einöde eisfeld enklave fabrik fähre fall farm feld felder fels felsen festung fischerdorf fjord flecken flughafen fluss flussufer forst fort freihafen friedhof furt garten gärten gasse gasthaus gasthof gasse gebäude gebirge gefängnis gegend gemach gewölbe ghetto gipfel gletscher golf grab gräber graben grenze grotte gruft grube gutshaus gutshof hafen hafenstadt hain halbinsel halle hallen hang hauptstadt haus heide heiligtum herberge herrenhaus herzogtum hochebene hof höhe höhle höhlen hospital hotel hügel hütte imperium insel inseln institut irrenhaus jagdhaus kai kammer kanal kanäle kaserne kapelle karawanserei kasino kastell katakomben kathedrale kaufhaus keller kerker kirche klamm klinik klippe klippen kloster kneipe kolonie königreich kontinent kontor krankenhaus krater kreuzung krypta küste labor labyrinth lager lagerhaus lagune land ländereien landgut landstrich laterne laube leuchtturm lichtung mark markgrafschaft markt marktplatz marsch mauer meer meierei mine minen mond moor moordorf moschee mühle münster museum nest niederung oase observatorium ort ortschaft ozean palais palast park pass passage pavillon pfad pfarrhaus pier planet plantage plateau platz posten provinz quartier quelle raffinerie rathaus raum raumhafen raumstation refugium region reich reservat ruine ruinen saal sägewerk salon sanatorium schacht schänke schenke scheune schlachthof schleuse schloss schlucht schmiede schrein schule see seen sektor senke siedlung silo slum sphäre spital stadt städtchen stadtteil stadtviertel stall station steg steinbruch steppe steilküste stollen strand straße strom sumpf sümpfe tal taverne teich tempel theater tiefe tor tundra tunnel turm türme turmhaus ufer universität unterstadt urwald verlies viertel villa vorposten vorstadt wachturm wald wälder wall warte weg weiher weiler weinberg wehr werft werk werkstatt wildnis wirtshaus wohnung wüste zentrum zeche zeughaus zitadelle zone zollhaus gut amt hafenbecken anstalt speicher kiosk laden geschäft"
ITEMS = "fackel frachter kreuzer fregatte zerstörer luftschiff lokomotive kanonenboot schoner reaktor motor kern speicher gegengift serum virus formel rezept partitur lied gedicht register testament glocke teekanne kamm talisman maske korkenzieher becher kelch laterne erbstück gegenstand verbrauchsgegenstand amulett anhänger anker apparat armband armbrust armreif artefakt auge axt banner becher beil besen beutel bild blume bogen boot bolzen brief brille brosche brunnenkopf buch bumerang büchse chip chronik datenchip datenspeicher degen diadem diamant dokument dolch dose edelstein elixier fackel fahne fass feder fernrohr fibel figur flasche flinte flöte gabel geige gemälde gerät gewand gewehr glas glocke gürtel halskette hammer handschuh handschuhe handtasche harfe harnisch helm hellebarde herz horn hut implantat instrument juwel kamera kanne kanone karte kästchen kelch kerze kette keule kiste klinge knochen koffer kompass konsole kraut kreide kristall krone krug kruzifix kugel lampe landkarte lanze laterne laute leier linse löffel logbuch luger lupe mantel maschine maske medaille medaillon messer monokel motor münze muschel muskete nadel notizbuch ocarina öl orb ohrring peitsche pendel pergament perle pfeife pfeil phiole pistole platte pokal prisma prototyp pulver puppe rabenfeder rapier relikt reliquie revolver ring robe rubin rüstung säbel salbe sanduhr saphir sarg schachtel schädel schal schatulle scherbe schiff schild schleier schlüssel schmuck schriftrolle schuh schwert segel sense siegel signalhorn smaragd spange speer spiegel spieluhr spritze stab stein stempel stiefel stock streitkolben szepter tafel tagebuch talisman taschenuhr teleskop teppich testament tiara tinktur totem trank traktat trommel trompete truhe tuch tür uhr umhang urkunde urne vase violine waage waffe wurfmesser zepter zither foliant dietrich drohne modul kern"
EVENTS = "weinfest einsturz kirchweih kirmes meuterei skandal entführung raub stromausfall hochzeit verlobung karneval abspaltung lawine verschwinden wiedersehen weinlese ernte razzia abend abkommen absturz affäre allianz anschlag ankunft apokalypse attentat aufbruch aufruhr aufstand aufstieg auktion ausbruch auszug ball bankett beben befreiung begräbnis belagerung besetzung blutbad brand brände bruch bund bürgerkrieg duell dürre einfall einsturz einweihung ende entführung entdeckung erdbeben ereignis eroberung erwachen exil exodus expedition explosion fall feier fest festspiel feuer feuersbrunst finsternis flucht flut frieden fund gemetzel gericht gipfel gründung hexenjagd hinrichtung hochwasser hochzeit hungersnot invasion jagd jahr jahrmarkt jubiläum kampf kampagne karneval katastrophe kataklysmus kongress konklave konzil krieg kriege krise krönung kreuzzug landung lawine machtergreifung markt massaker messe meuterei mord morde nacht niederlage offenbarung opfer opferung pakt parade pest plage plünderung pogrom prozess prozession putsch rache raub rebellion regatta reise revolte revolution ritual sabotage säuberung schisma schlacht schwur seuche sieg sonnenwende sprengung stille streik sturm sturmflut sühne tag taufe teilung tod todesfall treffen triumph turnier überfall überflutung umsturz unfall unglück untergang unwetter verbannung vereinigung verrat versammlung verschwinden vertrag vertreibung wahl waffenstillstand weihe wettkampf wettbewerb wiederkehr winter woche wunder zerstörung zusammenbruch zwischenfall"
ARCS = "akt ära äon epoche kapitel zeitalter zyklus jahrhundert jahrtausend saga bogen herrschaft jahre"
SECTIONS = {
    "npc": "besatzung|gegner|crew|nachbarn|nachbar|gäste|stammgäste|dorfbewohner|passagiere|offiziere|freunde|feinde|wer|händler|ermittler|widersacher|familie|hauptfiguren|nebenfiguren|person|personen|nsc|nscs|nsc's|npc|figur|figuren|charakter|charaktere|besetzung|leute|bewohner|gestalten|verbündete|schurken|bösewichte|gegenspieler|antagonisten|helden|wer ist wer|persönlichkeit|persönlichkeiten|verdächtige|zeugen|mitglieder|götter|gottheiten|kontakte|die leute|mannschaft|dramatis personae|wichtige personen|einwohner",
    "faction": "konzern|banden|zünfte|gilden|bündnisse|machtblöcke|häuser|parteien|firmen|fraktion|fraktionen|gruppe|gruppen|gruppierung|gruppierungen|organisation|organisationen|gilde|orden|clan|haus|mächte|bande|parteien|gesellschaften|familien|kulte|konzerne|machtgruppen|bünde",
    "location": "laden|läden|geschäfte|umgebung|stände|stand|planeten|stationen|ortschaften|wichtige orte|bezirke|ort|orte|schauplatz|schauplätze|region|regionen|viertel|stadt|setting|geografie|geographie|karte|plätze|gegend|die stadt|das dorf|welt|sektor|wo|planet|räume|siedlungen|lokalität|lokalitäten|gebiet",
    "item": "gegenstand|der gegenstand|das objekt|das artefakt|artefakte|relikte|der schatz|gegenstand|gegenstände|objekt|objekte|artefakt|artefakte|schatz|schätze|relikt|ausrüstung|waffe|beute|magische gegenstände|magischer gegenstand|die beute|schlüsselgegenstand",
    "event": "ereignisse|früher|was bisher geschah|schlachten|vorfälle|ereignis|ereignisse|zeitleiste|zeittafel|geschichte|chronik|vergangenheit|feste|feiertage|wichtige daten|vorfall|vorfälle|was geschah|vorgeschichte|hintergrund der ereignisse|historie",
    "timeline_arc": "akt|akte|handlungsbogen|handlungsbögen|ära|epoche|epochen|kapitel|zeitalter|fronten",
}
LABELS = """
npc.@=: wahrer name|echter name|alias|spitzname|deckname|bürgerlicher name|genannt
npc.role: rolle|funktion|wer|archetyp|stellung
npc.title: titel
npc.species: spezies|rasse|volk|abstammung|art
npc.pronouns: pronomen|geschlecht
npc.age: alter
npc.birth: geburt|geboren|geburtsdatum
npc.death: tod|gestorben
npc.life_status: status|zustand
npc.occupation: beruf|tätigkeit|beschäftigung|gewerbe|job
npc.appearance: aussehen|erscheinung|äußeres|beschreibung|merkmale|merkmal|auftreten|besondere merkmale
npc.voice: stimme|sprechweise|sprache|spricht|akzent|redeweise
npc.personality: persönlichkeit|charakter|wesen|eigenheit|eigenheiten|marotte|marotten|temperament|macke|eigenschaften
npc.motive: was er will|was sie will|will|motivation|motiv|ziel|ziele|will|wunsch|antrieb|möchte|sucht|was er will|was sie will|bedürfnis|sehnsucht
npc.fear: angst|ängste|furcht|fürchtet|fürchtet sich vor|hat angst vor|schwäche
npc.secret: was er verbirgt|was sie verbirgt|verbirgt|geheimnis|geheimnisse|verbirgt|verborgen|wahrheit|die wahrheit|in wahrheit|lüge|geheim
npc.home: wohnort|wohnt|wohnsitz|zuhause|heimat|lebt in
npc.current_location: ort|aufenthaltsort|zu finden|aufenthalt|wo|derzeit
npc.affiliation: zugehörigkeit|fraktion|gruppe|organisation|loyalität|mitglied von|gehört zu|arbeitet für
npc.@ally_of: verbündete|freunde|freund|verbündeter
npc.@rival_of: rivale|rivalen|rivalin|konkurrent
npc.@enemy_of: feind|feinde|feindin
npc.@loves: liebt|liebe
npc.@owes: schuldet|schulden
npc.@serves: dient|herr|dienstherr
npc.@wields: waffe|führt
faction.faction_type: typ|art
faction.motto: motto|wahlspruch|leitspruch|losung|devise
faction.public_purpose: öffentlicher zweck|öffentlich|nach außen|offiziell|fassade|öffentliches ziel|zweck|offizielles ziel|auftrag|tarnung|vordergründig
faction.private_agenda: geheimes ziel|geheim|wahres ziel|geheimnis|im geheimen|in wahrheit|geheime agenda|verborgenes ziel|eigentliches ziel|agenda|wahre absicht
faction.leader: anführer|anführerin|leitung|führung|oberhaupt|angeführt von|geführt von|geleitet von|chef|chefin|leiter|leiterin|kopf
faction.headquarters: hauptquartier|sitz|basis|versteck|zentrale|stammsitz|stützpunkt
faction.territory: gebiet|territorium|revier|einflussgebiet|kontrolliert|einfluss
faction.goals: ziel|ziele|will|wollen|absicht|absichten
faction.resources: ressourcen|mittel|stärke|mitglieder|macht|besitz
faction.status: status|zustand|lage
faction.founded: gegründet|gründung|entstehung|ursprung
faction.@<member_of: wichtige mitglieder|bekannte mitglieder
faction.@ally_of: verbündete|verbündeter|bündnisse
faction.@rival_of: rivalen|rivale|konkurrenten|konkurrenz
faction.@enemy_of: feinde|feind|gegner
faction.@serves: treu|untersteht
location.location_type: typ|art
location.parent: region|lage|liegt in|stadt|bezirk|gebiet|gehört zu|viertel|ort
location.climate: klima|wetter
location.population: bevölkerung|einwohner|einwohnerzahl|bewohner
location.ruler: herrscher|herrscherin|regiert von|geführt von|besitzer|besitzerin|wirt|wirtin|bürgermeister|bürgermeisterin|leitung|betreiber|betreiberin|verwalter|inhaber|inhaberin|geleitet von|betrieben von|obrigkeit
location.known_for: bekannt für|berühmt für|bekannt|ruf|spezialität|besonderheit|berüchtigt für
location.danger: gefahr|gefahren|risiko|bedrohung|vorsicht
location.sensory: atmosphäre|geruch|gerüche|geräusche|eindrücke|sinne|sinneseindrücke|ambiente|stimmung
location.services: angebot|dienste|dienstleistungen|bietet|verkauft|es gibt|waren
location.hidden_details: geheimnis|verborgen|verborgenes|geheim|versteckt|verborgenes detail|geheimnisse|verstecktes|was verborgen ist
location.status: status|zustand|lage
event.event_type: typ|art
event.start: datum|wann|beginn|jahr|zeitpunkt|tag
event.end: ende
event.location: ort|wo|schauplatz
event.participants: beteiligte|teilnehmer|wer|anwesende
event.causes: ursache|ursachen|auslöser|grund|warum
event.consequences: folge|folgen|konsequenzen|ergebnis|auswirkungen|nachwirkungen
timeline_arc.stakes: einsatz|was auf dem spiel steht|auf dem spiel
timeline_arc.start: beginn
timeline_arc.end: ende
timeline_arc.state: zustand
item.item_type: typ|art
item.rarity: seltenheit
item.attunement: einstimmung
item.value: wert|preis|kosten
item.creator: schöpfer|hersteller|gefertigt von|geschmiedet von|erschaffer|macher|urheber|hergestellt von|erbauer
item.owner: besitzer|besitzerin|träger|trägerin|eigentümer|eigentümerin|im besitz von|gehört
item.location: ort|fundort|aufbewahrungsort|wo|versteckt in|verbleib
item.properties: eigenschaften|kräfte|kraft|wirkung|effekt|fähigkeiten|macht
item.history: geschichte|herkunft|vergangenheit
item.secret: geheimnis|haken|wahrheit
npc.occupation: was sie tut|was er tut|amt|posten|arbeit|gewerk|aufgabe|dienst
npc.appearance: auf den ersten blick|erster eindruck|gesicht|statur|auffällig|kleidung
npc.voice: tonfall|redet|klingt|ausdrucksweise|lieblingssatz
npc.personality: eigenart|eigenarten|marotte|marotten|macke|macken|angewohnheit|laune|tick|verhalten|art|wesen|eigenheit|schwäche im wesen
npc.motive: will|wünscht|wunsch|sehnsucht|ziele|antrieb|was er will|was sie will|plan|traum|absicht
npc.fear: sorge|sorgen|angst vor|fürchtet|schwachpunkt|schwäche|größte angst|ängste
npc.secret: in wahrheit|insgeheim|was niemand weiß|heimlich|doppelspiel|wahrheit|verbirgt|verschweigt
npc.home: lebt|lebt in|wohnt|zuhause|versteck|quartier
npc.current_location: wo zu finden|zu finden|zuletzt gesehen|aufenthalt
npc.affiliation: team|trupp|clan|bande|orden|haus|konzern|gilde|seite|treu|loyal zu|gehört zu|besatzung|schiff|dient|firma
npc.@<employs: auftraggeber|arbeitgeber|dienstherr|bezahlt von
npc.@mentor_of: schüler|schülerin|lehrling|schützling
npc.@<mentor_of: lehrmeister|lehrmeisterin|mentor|mentorin|lehrer|lehrerin|ausgebildet von
npc.@spouse_of: mann|frau|ehemann|ehefrau|gatte|gattin|verlobter|verlobte|verheiratet mit|verlobt mit|witwe von
npc.@sibling_of: bruder|schwester|geschwister|zwilling|bruder von|schwester von
npc.@parent_of: kind|kinder|sohn|tochter|vater von|mutter von
npc.@<parent_of: vater|mutter|eltern|sohn von|tochter von
npc.@ally_of: freund|freundin|vertraute|vertrauter|verbündet mit
npc.@enemy_of: erzfeind|erzfeindin|gegner|hasst|widersacher|nemesis
npc.@seeks: sucht|jagt
npc.@owns: besitzt
faction.leader: vorstand|vorsitz|anführerin|vorsitzende|leitung|kommandant|kommandantin|großmeister|spitze|führung|geführt von|direktor|direktorin
faction.headquarters: hauptstadt|trifft sich in|stützpunkt|heimathafen|unterschlupf|zentrale
faction.public_purpose: offiziell|nach außen|fassade|tarnung|vorgeblich
faction.private_agenda: verborgenes ziel|wahres ziel|geheimes ziel|in wahrheit|hinter den kulissen|geheimer plan|eigentliches ziel
faction.goals: ziele|absicht|plan|fordert|vorhaben|strebt nach
faction.resources: vermögen|flotte|truppen|macht|einfluss|besitz
faction.@<member_of: mitglieder|angehörige
faction.@<founded: gründer|gründerin|gegründet von
faction.@ally_of: verbündeter|partner|freunde
faction.@enemy_of: gegner|im krieg mit|zielscheibe
location.ruler: herrin|herr|betreiber|betreiberin|geführt von|geleitet von|regiert von|vorsteher|vorsteherin|schankwirt|pächter|pächterin|wirtsleute
location.parent: wo|land|reich|befindet sich in|umgebung
location.known_for: sehenswert|besonderheit|besonderheiten|waren|ruf
location.sensory: stimmung|eindruck|eindrücke|geräusche
location.danger: fallen|gefährlich|meiden
location.hidden_details: in wahrheit|was niemand weiß|unter der oberfläche
item.item_type: gegenstand|form|kategorie
item.owner: gehört|gehört zu|im besitz von|trägerin|hüter|hüterin|besitzerin
item.creator: gebaut von|geschaffen von|gefertigt von|erfinder|erfinderin|hergestellt von
item.location: versteck|aufbewahrt|versteckt in|wo
item.properties: eigenschaft|wirkung|kraft|kräfte|fähigkeit|fähigkeiten|was es tut|nutzen|funktion
item.history: geschichte|vergangenheit|herkunft
event.causes: auslöser|warum|grund
event.consequences: folge|nachwirkung|nachwirkungen|ergebnis
blueprint.title: titel|name|kampagnentitel
blueprint.tagline: untertitel|slogan|motto|leitspruch|aufhänger|einzeiler
blueprint.premise: prämisse|idee|konzept|ausgangslage|zusammenfassung|pitch|die idee|worum es geht|kernidee|grundidee
blueprint.game_system: system|regelsystem|regelwerk|spielsystem|regeln
blueprint.genres: genre|genres
blueprint.themes: thema|themen
blueprint.tone: ton|stimmung|tonfall|tonalität|atmosphäre
blueprint.pillars: säule|säulen|pfeiler|spielsäulen|grundpfeiler
blueprint.play_style: spielstil|spielweise|stil
blueprint.scope: umfang|format|rahmen|art
blueprint.session_count: sitzungen|dauer|länge|spielabende|anzahl der sitzungen|spielsitzungen|abende
blueprint.party_levels: stufen|stufe|charakterstufen|level|heldenstufe|gruppenstufe
blueprint.starting_region: startregion|startort|beginn|ausgangspunkt|start|schauplatz
blueprint.signature_faction: hauptfraktion|zentrale fraktion|wichtigste fraktion|leitfraktion
blueprint.antagonists: antagonist|antagonisten|gegenspieler|hauptgegner|bösewicht|widersacher|gegenspielerin|schurke
blueprint.threat_horizon: bedrohung|bedrohungshorizont|eskalation|bedrohungslage
blueprint.safety_tools: sicherheit|sicherheitswerkzeuge|sicherheitstools|safety tools|tischregeln
blueprint.content_warnings: warnung|inhaltswarnungen|inhaltswarnung|warnungen|warnhinweise|triggerwarnungen|grenzen|tabus|content notes|inhaltshinweise|inhaltshinweis
blueprint.structure: struktur|aufbau|ablauf
seed.subject: motiv|sujet|szene|thema
seed.style: stil|technik|malstil
seed.mood: stimmung|atmosphäre
seed.lighting: licht|beleuchtung|lichtstimmung
seed.composition: komposition|bildaufbau|perspektive|ausschnitt|blickwinkel
seed.palette: palette|farben|farbpalette|farbe
seed.negative: negativ|vermeiden|ohne|nicht|ausschließen|negativprompt
seed.@prose: prompt|bild|bildidee|illustration|bildprompt|titelbild|bildvorschlag
seed.use_case: zweck|verwendung|verwendungszweck
"""
NEUTRAL = "überblick|übersicht|beschreibung|notizen|spielleiternotizen|sl-notizen|hinweise|zusammenfassung|einleitung|aufhänger|abenteueraufhänger|gerüchte|regeln|geheimnisse|optionen|szene|sitzung null|hintergrund|details|fazit|zum vorlesen|vorlesetext|für die spielleitung|beziehungen|kurzfassung|was wahr ist|brief|dokument|heute|jetzt|hinweis|achtung|tipp|antwort|frage|titel|name|informationen|das problem|nur für die spielleitung"
STOP = """ehemaliger ehemalige früherer frühere ex der die das den dem des ein eine einen einem einer eines und oder aber doch denn weil wenn als ob dass da wo wie was wer wen wem wessen warum wann welche welcher welches er sie es wir ihr ich du man mich dich sich uns euch mein dein sein ihre ihren ihrem ihrer unser euer dieser diese dieses jener jene jenes jeder jede jedes alle alles viele einige manche mehrere kein keine keinen niemand jemand etwas nichts
in im an am auf aus bei beim mit nach von vom vor zu zum zur über unter zwischen hinter neben durch für gegen ohne
um seit bis während trotz wegen hier dort dann nun jetzt heute gestern morgen immer nie niemals oft manchmal
vielleicht schon noch nur auch sehr mehr weniger ist sind war waren hat haben hatte wird werden wurde kann können
soll muss darf will wollen gibt ja nein nicht klar gerne gern danke hallo bitte natürlich okay liebe lieber sogar
selbst einst früher später bald zuerst schließlich außerdem allerdings jedoch trotzdem deshalb darum sonst nachts
tagsüber abends
montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august september
oktober november dezember frühling sommer herbst winter norden süden osten westen sl nsc nscs sc scs gm eins zwei
drei vier fünf sechs sieben acht neun zehn hundert tausend
mann frau kind leute mensch menschen haus jahr jahre jahren tag tage nacht zeit welt ende anfang teil seite weg
wahrheit wirklichkeit leben tod name ziel angst geheimnis blut geld gold silber wasser feuer luft erde licht
schatten hand auge kopf herz stimme spieler gruppe sitzung runde kampagne abenteuer spielleiter schloss text
angeführt geleitet gegründet versteckt gelegen bekannt regiert geführt fürchtet spricht trägt wohnt lebt dient warme warmes kalte kaltes"""
DETS = "der die das den dem des ein eine einen einem einer eines dieser diese dieses ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner unser"
DEFINITE = "der die das den dem des vom zum zur im beim"
CLITICS = ""
OF = "von vom der des"
BY = "von vom durch"
PLACE_PREPS = "in im an am auf aus bei beim nach zu zum zur über unter hinter neben vor ins jenseits nahe"
INSIDE = "in im an am auf bei beim über unter hinter neben nahe"
PRONOUNS = {
    "she/her": "sie ihr ihre ihren ihrem ihrer",
    "he/him": "er ihn ihm sein seine seinen seinem seiner",
    "it/its": "es",
}
SHOWN = {"she/her": "sie/ihr", "he/him": "er/ihm"}
SUBJECT = "er sie es"
POSSESSIVE = "ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner"
OBJECT = "ihn ihm sie es ihr"
VERBS = """
leads: führt führte führen angeführt geführt leitet leitete geleitet leiten befehligt befehligte kommandiert
rules: regiert regierte regiert herrscht verwaltet verwaltete kontrolliert kontrollieren beherrscht
founded: gründete gegründet gründeten stiftete gestiftet
member_of: gehört-zu gehört-zum gehört-zur beigetreten angehört mitglied-von mitglied-der mitglied-des
serves: dient diente dienen gehorcht arbeitet-für arbeiten-für arbeitete-für spioniert-für
sworn_to: schwor geschworen verschworen
employs: beschäftigt bezahlt heuerte angeheuert
owns: besitzt besaß besitzen gehört erbte kaufte hütet
created: schuf erschuf erschaffen geschaffen schmiedete geschmiedet gefertigt fertigte baute gebaut erbaut erbaute schrieb geschrieben malte gemalt erfand entworfen gegossen goss schnitzte geschnitzt hergestellt
wields: schwingt führt-die trägt-das-schwert
seeks: sucht suchen suchte jagt jagen verfolgt begehrt
guards: bewacht bewachen bewachte hütet beschützt schützt schützen verteidigt überwacht
fears: fürchtet fürchten fürchtete angst-vor furcht-vor
loves: liebt lieben liebte verliebt-in vergöttert verehrt
owes: schuldet schulden schuldete
enemy_of: hasst hassen hasste bekämpft bekämpfen verfeindet-mit feind-von feindin-von feinde-der feind-der verriet
rival_of: rivalisiert-mit konkurriert-mit rivale-von rivalin-von rivalen-der rivale-der
ally_of: verbündet-mit befreundet-mit
at_war_with: im-krieg-mit krieg-mit krieg-gegen
trades_with: handelt-mit handeln-mit handelte-mit
spouse_of: heiratete verheiratet-mit
mentor_of: lehrte unterrichtete ausgebildet unterrichtet bildete
located_in: liegt liegen lag steht stehen befindet gelegen hängt ruht lagert
hidden_in: versteckt verborgen vergraben verbirgt begraben versteckt-sich
lives_in: lebt leben lebte wohnt wohnen wohnte haust schläft residiert
works_at: arbeitet-in arbeitet-im betreibt
born_in: geboren
died_in: starb gestorben ertrank fiel
participated_in: kämpfte teilgenommen überlebte
happened_at: geschah ereignete fand-statt stattfindet
caused_by: verursacht ausgelöst
<caused_by: verursachte
precedes: ging-voraus
<precedes: folgte folgt
leads: ~leiten ~führen ~kommandieren ~befehligen steht-an-der-spitze-von leiterin-von
rules: ~regieren ~beherrschen ~verwalten ~kontrollieren herrscht-über
founded: ~gründen rief-ins-leben
member_of: mitglied-bei mitglied-in gehört-zu schloss-sich-an angehörige-der
serves: ~dienen ~gehorchen arbeitet-für arbeiten-für spioniert-für untersteht berichtet-an treu-ergeben loyal-zu im-dienst-von im-dienst-der im-dienst-des in-diensten-der in-diensten-des im-auftrag-von im-auftrag-des
employs: ~beschäftigen ~bezahlen ~bestechen ~anheuern stellte-ein
owns: ~besitzen ~verwahren ~aufbewahren im-besitz-von in-den-händen-von
created: ~bauen ~schmieden ~entwickeln ~konstruieren ~malen ~schnitzen ~weben gebaut-von
seeks: ~suchen ~jagen ~verfolgen ~begehren auf-der-suche-nach ist-hinter
guards: ~bewachen ~beschützen ~schützen ~verteidigen ~überwachen wacht-über
fears: ~fürchten fürchtet-sich-vor angst-vor fürchten-sich-vor flieht-vor
loves: ~lieben ~verehren verliebt-in verliebte-sich-in
owes: ~schulden schuldet in-der-schuld-von
enemy_of: ~hassen ~verachten ~bekämpfen ~töten ~ermorden ~verraten verriet ~erpressen ~bedrohen verfeindet-mit todfeind-von hat-verraten will-stürzen intrigiert-gegen
rival_of: ~rivalisieren-mit streitet-mit streiten-mit zerstritten-mit eifersüchtig-auf konkurriert-mit im-streit-mit
ally_of: verbündet-mit befreundet-mit hilft ~vertrauen verbündete-von
at_war_with: im-krieg-mit krieg-gegen führt-krieg-gegen
trades_with: handelt-mit handeln-mit verkauft-an verkaufen-an beliefert
spouse_of: ~heiraten verheiratet-mit verlobt-mit vermählt-mit
mentor_of: ~unterrichten ~lehren ~ausbilden brachte-bei zog-auf
<mentor_of: schüler-von schülerin-von lehrling-von lernte-bei studierte-bei ausgebildet-von
located_in: liegt-in steht-in befindet-sich-in gelegen-in angedockt-an vertäut-in
hidden_in: ~verstecken ~verbergen ~vergraben versteckt-in verborgen-in hält-sich-versteckt-in
lives_in: ~wohnen ~leben ~hausen ~schlafen wohnt-in lebt-in
works_at: arbeitet-in arbeitet-bei bedient-in singt-in kocht-in
born_in: geboren-in stammt-aus kommt-aus
died_in: starb-in starb-bei fiel-in fiel-bei kam-um-bei ertrank-in
caused_by: ausgelöst-von verursacht-von
<caused_by: ~verursachen löste-aus
serves: unter-dem-befehl-von unter-dem-kommando-von treue-zu
fears: angst-vor furcht-vor
loves: liebe-zu affäre-mit gefühle-für
enemy_of: hass-auf groll-gegen rache-an ~sabotieren
rival_of: fehde-mit rivalität-mit streit-mit konflikt-mit
ally_of: bündnis-mit pakt-mit vertrag-mit freundschaft-mit waffenstillstand-mit ~unterstützen
at_war_with: krieg-mit
<caused_by: verantwortlich-für
"""
BETWEEN = """
at_war_with: krieg
rival_of: fehde rivalität streit spannungen konkurrenz zwist
enemy_of: hass feindschaft blutfehde
ally_of: bündnis pakt vertrag freundschaft waffenstillstand allianz
trades_with: handel
spouse_of: ehe hochzeit
"""

NOUNS = """
<located_in: sitz hauptquartier stützpunkt versteck nest zentrale
leads: anführer anführerin leiter leiterin oberhaupt hauptmann kapitän chef chefin vorsitzende vorsitzender meister meisterin großmeister großmeisterin kommandant kommandantin abt äbtissin patriarch matriarchin
rules: bürgermeister bürgermeisterin könig königin fürst fürstin herzog herzogin graf gräfin baron baronin herrscher herrscherin vogt vögtin statthalter statthalterin regent regentin herr herrin
founded: gründer gründerin
member_of: mitglied novize soldat
serves: diener dienerin agent agentin spion spionin berater beraterin leibwächter leibwächterin knecht magd bote botin
owns: besitzer besitzerin eigentümer eigentümerin
works_at: wirt wirtin verwalter verwalterin wärter wärterin pfarrer arzt ärztin schmied hafenmeister hafenmeisterin
created: schöpfer schöpferin erbauer erfinder erfinderin
guards: wächter wächterin hüter hüterin beschützer
parent_of: mutter vater
<parent_of: tochter sohn kind
sibling_of: bruder schwester zwilling zwillingsbruder zwillingsschwester halbbruder halbschwester
spouse_of: frau mann ehefrau ehemann gattin gatte witwe witwer gemahl gemahlin
mentor_of: lehrer lehrerin mentor mentorin lehrmeister lehrmeisterin
<mentor_of: schüler schülerin lehrling
ally_of: verbündete verbündeter freund freundin
rival_of: rivale rivalin rivalen konkurrent konkurrentin
enemy_of: feind feindin feinde erzfeind erzfeindin widersacher
loves: geliebte geliebter
vassal_of: vasall
leads: vorstand direktor direktorin kommandeur kommandeurin admiral admiralin vorsteher vorsteherin präsident präsidentin sprecher sprecherin anführerin chefin großmeister
rules: kanzler kanzlerin gouverneur gouverneurin landesherr markgraf markgräfin kaiser kaiserin amtmann schulze
located_in: stadtteil viertel vorort hafen mond dorf hauptstadt weiler bezirk
lives_in: bewohner bewohnerin einwohner einwohnerin mieter mieterin
serves: zofe köchin koch sekretär sekretärin gehilfe gehilfin handlanger handlangerin kammerdiener haushälterin anwalt anwältin adjutant stellvertreter stellvertreterin vertraute rechte-hand wächterin
works_at: seelsorger seelsorgerin lehrer lehrerin kellner kellnerin bäcker bäckerin küster pfarrerin pastor bibliothekar bibliothekarin krankenschwester techniker technikerin müller müllerin schankwirt
member_of: mitglieder mönch nonne ritter söldner agentin novizin angehöriger angehörige
spouse_of: verlobter verlobte
sibling_of: geschwister brüder schwestern zwillinge
<parent_of: söhne töchter kinder erbe erbin
mentor_of: ausbilder ausbilderin
<mentor_of: schützling zögling
ally_of: komplize komplizin partner partnerin
enemy_of: gegner gegnerin todfeind widersacherin
trades_with: kunde kundin lieferant
"""
