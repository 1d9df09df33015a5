"""German sentence patterns and cue words."""

# ruff: noqa: E501

_NUM = r"(?:\d[\d.,]*|ein|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|fünfzehn|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend|\w{3,8}und(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)|\w{3,6}hundert|\w{3,6}tausend)"
_ADJ = "abergläubisch arrogant aufbrausend aufrichtig barsch bedächtig besessen bescheiden bitter boshaft brutal charmant düster ehrgeizig ehrlich eifersüchtig eigensinnig einsam eitel elegant ernst feige freundlich fröhlich fromm furchtlos geduldig gefährlich geheimnisvoll geizig gelassen gerissen gesellig gierig gnadenlos grausam griesgrämig grob großzügig gutherzig gutmütig hart hartnäckig heiter herrisch herzlich hilfsbereit hinterhältig hochmütig höflich humorlos impulsiv jähzornig kalt klug kühl launisch lebhaft leichtgläubig listig loyal melancholisch misstrauisch mitfühlend mürrisch mutig nachtragend naiv nervös neugierig pedantisch pessimistisch pflichtbewusst rachsüchtig rücksichtslos ruhig sanft sarkastisch schlau schroff schüchtern schweigsam selbstlos selbstsüchtig sentimental skrupellos sorgfältig spöttisch starrköpfig stolz streng stur sympathisch tapfer traurig treu trotzig überheblich unerbittlich ungeduldig unsicher verbittert verlogen verschlagen verschlossen verschwiegen verträumt verzweifelt vorsichtig warmherzig weise wortkarg zurückhaltend zuverlässig zynisch"
_ADJS = "|".join(_ADJ.split())
SHORT = {"{M}": "\ue000", "{NUM}": _NUM, "{ADJ}": f"(?:sehr |zu |recht |immer |stets )?(?:{_ADJS})"}
RULES = r"""
npc.fear: \b(?:fürchtet|fürchten|fürchtete)(?: sich vor| nur)? (?P<v>(?!sich\b)[^,.;!?\n]{2,80})
npc.fear: \b(?:Angst|Furcht|Panik) vor @w@
npc.motive: \b(?:will|möchte|wünscht sich|sehnt sich nach|hofft(?: auf)?|träumt (?:von|davon)|plant|versucht|strebt nach|sucht|braucht) @v@
npc.motive: \b(?:Ziel|Wunsch|Traum) ist(?: es)?,? @v@
npc.secret: \b(?:heimlich|insgeheim|in Wahrheit|in Wirklichkeit|niemand weiß, dass),? (?P<v>[^.;!?\n]{4,200})
npc.secret: \bGeheimnis ist,? (?:dass )?@s@
npc.voice: \b(?P<v>(?:spricht|redet|flüstert|stottert|murmelt|nuschelt|lispelt)\b[^.;!?\n]{2,100})
npc.voice: \b(?P<v>(?:mit |eine |einer |ihre |seine )?(?:[\w-]+ ){0,2}Stimme\b[^,.;!?\n]{0,60})
npc.appearance: \b(?:trägt|gekleidet in|gehüllt in) @w@
npc.appearance: \b(?:mit|hat) (?P<v>(?:einem |einer |einen |eine |ein |dem |der |den |zwei )?(?:[\w-]+ ){0,3}[\w-]*(?:[Hh]aare?n?|[Bb]art|[Aa]ugen?|[Gg]esicht|[Nn]ase|[Nn]arben?|[Hh]ände?n?|[Ff]ingern?|[Zz]ähnen?|[Hh]aut|[Aa]rm|[Bb]ein|[Tt]ätowierung(?:en)?|[Bb]rille|[Mm]antel|[Hh]ut|[Hh]andschuhen?|[Mm]aske|[Ss]tock|[Aa]ugenklappe|[Zz]opf|[Kk]leid)\b[^.;!?\n]{0,60})
npc.personality: \b(?:ist|war|bleibt) (?P<v>{ADJ}(?:(?:, | und | aber ){ADJ})*)\b
npc.personality: \b(?P<v>(?:lächelt|lacht|lügt|trinkt|sammelt|vergisst|hasst|verweigert|glaubt|vertraut|betet|spielt|bevorzugt|liebt|verachtet|behandelt|traut|redet) (?!{M})(?:[^.;!?\n]{3,110})|(?:immer|stets) [^.;!?\n]{3,100})
npc.age: \b(?P<v>(?:etwa |knapp |rund |fast |über )?(?:\d{1,4}|{NUM}) (?:Jahre(?: alt)?|Jahren|Winter)|(?:\w+|\d+)jährige?r?|Anfang \w+zig|Mitte \w+zig|Ende \w+zig)\b
npc.birth: \bgeboren (?:am |im |in )?(?P<v>[^,.;!?\n]{0,30}\d[^,.;!?\n]{0,20})
npc.death: \b(?P<v>(?:starb|ist tot|wurde (?:getötet|ermordet|hingerichtet|gehängt|erschossen)|fiel|ertrank|kam um)\b[^,.;!?\n]{0,80})
npc.home: \b(?:wohnt|lebt|haust|schläft|residiert) (?P<v>(?:allein |noch |seit \w+ )?(?:in|im|an|am|auf|unter|über|hinter|bei|neben) [^,.;!?\n]{3,80})
npc.current_location: \b(?:versteckt sich|hält sich|befindet sich|wartet|sitzt|ist gefangen|liegt) (?P<v>(?:in|im|an|am|auf|unter|hinter|bei) [^,.;!?\n]{3,80})
npc.occupation: \b(?P<v>(?:leitet|führt|betreibt|besitzt|hütet|bewacht|repariert|verkauft|unterrichtet|verwaltet) (?:den |die |das |ein |eine |einen |ihre |seine )?{M}?[^,.;!?\n]{0,50})
npc.occupation: \barbeitet als @w@
faction.founded: \b(?:gegründet|entstanden|gestiftet) (?P<v>(?:im Jahr(?:e)? |vor )?[^,.;!?\n]{0,20}\d[^,.;!?\n]{0,12}?)(?= von\b|[,.;]|$)
faction.founded: \b(?:im Jahr(?:e)? |seit |um )(?P<v>\d{2,5}[^,.;!?\n]{0,8}?) (?:von [^,.;]{2,30} )?gegründet
faction.headquarters: \b(?:trifft sich|treffen sich|tagt|Sitz(?: ist)?|Hauptquartier(?: ist)?|operiert|ansässig|residiert|haust) (?:im|in|am|an|unter|auf|aus|bei|hinter) @w@
faction.territory: \b(?:Gebiet|Revier|kontrolliert|kontrollieren|beherrscht|beherrschen) (?:ist |umfasst )?(?P<v>(?:der |die |das |den |alle |ganz )[^.;!?\n]{3,80})
faction.motto: \b(?:Motto|Wahlspruch|Losung|Leitspruch)(?: ist| lautet|:)[: ]*["»«](?P<v>[^"«»\n]{3,120}?)["«»]
faction.private_agenda: \b(?:heimlich|insgeheim|in Wahrheit|in Wirklichkeit|im Geheimen|hinter verschlossenen Türen),? (?P<v>[^.;!?\n]{5,200})
faction.public_purpose: \b(?:offiziell|nach außen(?: hin)?|öffentlich|in der Öffentlichkeit|vorgeblich|angeblich),? (?P<v>[^.;!?\n]{4,200})
faction.goals: \b(?:will|wollen|möchte|möchten|strebt nach|streben nach|kämpft für|kämpfen für|fordert|fordern|sucht|suchen|hofft|hoffen) @v@
faction.goals: \bZiel ist(?: es)?,? @v@
faction.resources: \b(?:hat|haben|verfügt über|verfügen über|besitzt|besitzen|zählt|zählen|befehligt) (?P<v>(?:[\w-]+ ){0,4}[\w-]*(?:[Mm]änner|[Mm]itglieder|[Ss]oldaten|[Ss]chiffe|[Ww]affen|[Aa]genten|[Ss]pione|[Gg]eld|[Gg]old|[Ss]öldner|[Ll]astwagen|[Aa]nwälte|[Gg]ewehre|[Pp]ferde|[Kk]ämpfer|[Bb]oote|[Dd]rohnen|[Ll]eute)\b[^.;!?\n]{0,60})
location.population: \b(?P<v>(?:etwa |rund |knapp |fast |über |mehr als |nur )?{NUM} (?:Einwohnern?|Seelen|Menschen|Familien|Bewohnern?|Siedlern?|Kolonisten|Bürgern?|Arbeitern?|Gefangenen?|Bergleuten?|Leuten?)\b)
location.ruler: \b(?:regiert|beherrscht|geführt|geleitet|verwaltet|kontrolliert|betrieben|bewirtschaftet)(?: wird)? (?:von|vom|durch) (?P<v>[^,.;!?\n]{2,70})
location.ruler: \b(?:Wirtin|Wirt|Besitzerin|Besitzer|Bürgermeisterin|Bürgermeister|Inhaberin|Inhaber) ist (?P<v>[^,.;!?\n]{2,60})
location.known_for: \b(?:bekannt|berühmt|berüchtigt|gerühmt) (?:für|als|wegen) @v@
location.known_for: \b(?P<v>wo (?:die|der|das|man|es|sich) [^.;!?\n]{6,120})
location.services: \b(?:verkauft|bietet|serviert|verleiht|es gibt|gibt es|repariert|man bekommt) @v@
location.sensory: \b(?P<v>(?:es |alles |die Luft )?(?:riecht|stinkt|schmeckt|klingt|hallt|brummt|knarrt|leuchtet|duftet)\b[^.;!?\n]{3,110})
location.sensory: \b(?P<v>(?:Geruch|Gestank|Duft) (?:nach|von) [^.;!?\n]{3,80})
location.climate: \b(?P<v>(?:ständig|immer|stets|meist|ewig|dauernd)(?:er|e|es)? (?:im |in |bei )?(?:Nebel|Regen|Schnee|Wind|Kälte|Hitze|Sturm|Niesel\w*|nass|kalt|heiß|feucht|neblig|windig|verregnet))
location.danger: \b(?P<v>(?:Vorsicht|Achtung|Gefahr|niemand|geht nicht|meidet)[^.;!?\n]{4,120})
location.hidden_details: \b(?P<v>(?:ein |eine |der |die |das )?(?:geheim|versteckt|verborgen|zugemauert|versiegelt|vergessen)(?:e|er|es|en)? [\w-]*(?:[Tt]ür|[Gg]ang|[Tt]unnel|[Kk]eller|[Gg]ruft|[Rr]aum|[Kk]ammer|[Tt]reppe|[Ss]chacht|[Ll]abor|[Gg]rab)\b[^.;!?\n]{0,90})
location.hidden_details: \b(?P<v>(?:unter|hinter|im Keller|unterhalb)(?: dem| der| des| einer| einem)? [^,.;]{0,30}(?:liegt|ruht|schläft|verbirgt sich|wartet|befindet sich|ist)[^.;!?\n]{3,90})
location.status: \b(?P<v>(?:seit [^,.;]{2,30} |halb |längst |ist )?(?:verlassen|verfallen|zerstört|niedergebrannt|abgebrannt|geschlossen|überflutet|verödet|eingestürzt|belagert|besetzt|versiegelt|leerstehend|verwaist|stillgelegt)\b[^,.;!?\n]{0,60})
event.start: \b(?P<v>vor (?:\d+|{NUM}) (?:Jahren|Monaten|Tagen|Wochen|Jahrhunderten|Nächten|Wintern|Jahrzehnten))\b
event.start: \b(?P<v>in (?:\d+|{NUM}) (?:Jahren|Monaten|Tagen|Wochen|Stunden|Nächten))\b
event.consequences: \b(?P<v>(?:[\w]+ (?:Menschen|Leute|Bewohner|Männer|Kinder) (?:starben|ertranken|verschwanden)|tötete|zerstörte|vernichtete|kostete|hinterließ|forderte|begrub)\b[^.;!?\n]{0,100})
event.causes: \b(?:weil|wegen|verursacht durch|ausgelöst durch|nachdem|als) (?P<v>[^,.;!?\n]{5,120})
item.creator: \b(?:geschmiedet|gefertigt|erschaffen|gebaut|hergestellt|gemalt|geschrieben|entworfen|geschnitzt|gegossen|erfunden|komponiert)(?: im [^,.;]{2,12})? (?:von|vom|durch) (?P<v>[^,.;!?\n]{2,60})
item.creator: \bWerk (?:von|des|der) @w@
item.owner: \b(?:gehört|gehörte|im Besitz (?:von|des|der)|Eigentum (?:von|des|der)|getragen von) @w@
item.location: \b(?:versteckt|verborgen|aufbewahrt|vergraben|verwahrt|liegt|hängt|ruht|steht|befindet sich|ausgestellt|verwahrt wird) (?P<v>(?:in|im|unter|hinter|an|am|auf|über|bei|tief) [^,.;!?\n]{3,80})
item.value: \b(?P<v>(?:wert|kostet|Wert:?) [^,.;!?\n]{2,50}|\d[\d.,]* (?:GM|Goldmünzen|Gold|Euro|Mark|Kredits|Kronen|Dukaten|Taler|Dollar|Gulden))
item.rarity: \b(?P<v>sehr selten|selten(?:e[rs]?)?|legendär(?:e[rs]?)?|einzigartig(?:e[rs]?)?|ungewöhnlich(?:e[rs]?)?|gewöhnlich(?:e[rs]?)?)\b
item.attunement: \b(?P<v>(?:erfordert|benötigt) Einstimmung[^,.;!?\n)]{0,40})
item.properties: \b(?P<v>(?:wer (?:ihn|sie|es|immer)|jeder, der)\b[^.;!?\n]{4,120})
item.properties: ^(?:{M}|er|sie|es|\W*)? ?(?P<v>(?:öffnet|gewährt|verleiht|weckt|schützt|zeigt|heilt|gibt|macht|verbrennt|verhindert|zieht|ruft|enthält|schneidet|löscht|entzündet|lässt|verwandelt|singt|leuchtet|warnt|erlaubt|hält|stiehlt|kann|bewahrt|spielt)\b [^.;!?\n]{3,140})
item.history: \b(?P<v>(?:gestohlen|geraubt|gefunden|verloren|geerbt|getragen|benutzt|geborgen|erbeutet) (?:von|aus|in|im|während|bei|durch)\b[^.;!?\n]{3,100})
item.properties: , (?:der|die|das) (?P<v>(?!ist\b|war\b|hat\b|dem\b|ihm\b|ihr\b)[^,.;!?\n]{4,120}(?:t|en|kann|lässt|macht))(?=[,.;]|$)
timeline_arc.stakes: \bauf dem Spiel(?: steht)?:? @v@
"""
CUES = {
    "personality": _ADJS + r"|nie|niemals|immer|stets|besessen|Marotte",
    "appearance": r"\w*narben|\w*narbe|schmal\w*|rundlich\w*|rund\w*|arme?|beine?|lächeln|blick|schultern|uniform|anzug|stiefel|körper|prothese|implantat|rothaarig|blond\w*|kräftig\w*|zierlich\w*|untersetzt\w*|tätowiert\w*|mollig\w*|\w*haar(?:e|ig)?|\w*bart|bärtig|augen?|\w*äugig|gesicht|narben?|narbig|groß|klein|hager|dünn|dick|schlank|breit|kahl|glatze|bleich|blass|tätowiert|tätowierung|hinkt|lahm|blind|taub|handschuhe?|mantel|umhang|hut|maske|brille|stock|zähne|zahnlos|hände?|finger|haut|trägt|gekleidet|elegant|stämmig|bullig|drahtig|einäugig|einarmig|falten|grauhaarig|buckel|rothaarig|augenklappe",
    "voice": r"\w*stimme|spricht|redet|akzent|flüstert|murmelt|stottert|lachen|lispelt|nuschelt",
    "climate": r"regen|regnerisch|verregnet|nebel|neblig|schnee|wind|windig|sonne|sonnig|heiß|kalt|trocken|feucht|klima|stürme|sturm|winter|sommer|frost|schwül|nass",
    "sensory": r"riecht|stinkt|geruch|gerüche|gestank|duft|geräusche?|klingt|stille|flackern|hallt|rauch",
    "services": r"verkauft|bietet|betten?|essen|bier|wein|zimmer|heilung|getränke|reparaturen|vorräte|klatsch|waren|eintopf|bäder|kaffee|schnaps",
    "danger": r"gefahr|gefährlich|fallen|vorsicht|tödlich|verflucht|räuber|niemand|giftig|einsturzgefahr|spukt",
    "hidden_details": r"geheim|geheime[rsn]?|versteckt|verborgen|falltür|niemand weiß|unter dem boden",
    "status": r"verlassen|ruine|geschlossen|zerstört|abgebrannt|überflutet|verfallen|belagert|aufgelöst|geschwächt|verfallen|im krieg|verboten",
    "palette": r"schwarz\w*|weiß\w*|\w*grau\w*|\w*rot\w*|\w*blau\w*|\w*grün\w*|gelb\w*|orange\w*|violett\w*|rosa|\w*braun\w*|gold\w*|silber\w*|ocker|sepia|türkis|indigo|tintenblau|elfenbein|creme|kupfer\w*|bernstein|pastell\w*|monochrom|töne|farben|purpur|smaragd|scharlach",
    "lighting": r"\w*licht\w*|beleuchtung|beleuchtet|schein|mondschein|dämmerung|abenddämmerung|morgengrauen|gegenlicht|schatten|laternen?|kerzen|neon|hell-dunkel|zwielicht|lampen?|goldene stunde|sonnenuntergang",
    "composition": r"blick (?:von|auf|aus)|weitwinkel|nahaufnahme|vogelperspektive|froschperspektive|vordergrund|hintergrund|porträt|profil|symmetrisch|drittel|zentriert|silhouette|panorama|von oben|von unten|querformat|hochformat|totale|aus der ferne|gesehen|draufsicht|halbtotale|perspektive",
    "style": r"aquarell\w*|gouache|öl(?:gemälde|malerei)?|tusche\w*|\w*zeichnung|holzschnitt|kupferstich|linolschnitt|radierung|illustration|fotografie|foto|comic|plakat|kohle\w*|bleistift\w*|gemälde|jugendstil|art déco|realistisch|stil|collage|skizze|siebdruck|filmisch|digital\w*|malerei|im stil|expressionistisch|lithografie",
    "mood": r"stimmung|atmosphäre|melancholisch|bedrückend|unheimlich|ruhig|angespannt|geheimnisvoll|düster|fröhlich|friedlich|beklemmend|seltsam|traumhaft|episch|intim|wehmütig|einsam|bedrohlich|trostlos|still|feierlich|gemütlich|unbehaglich|hoffnungsvoll",
    "negative": r"ohne|kein|keine|keinen|nicht|vermeide|vermeiden|nie",
    "scope": r"one-?shot|\w*kampagne|abenteuer|offene runde|episodisch|trilogie|einzelabenteuer|mini-?kampagne",
    "genres": r"fantasy|dark fantasy|urban fantasy|horror|folk-?horror|science-?fiction|western|noir|krimi|mystery|cyberpunk|steampunk|space opera|postapokalypse|postapokalyptisch|gothic|schauer\w*|romantik|thriller|komödie|raubzug|intrige\w*|historisch\w*|piraten\w*|mantel und degen|ermittlung\w*|überleben\w*|spionage|märchen",
    "play_style": r"sandbox|erzählerisch|taktisch|ermittlung|erkundung|kampf|sozial|ausgewogen",
}
PATTERNS = {
    "seed_heading": r"\b(?:bild(?:idee|prompt|vorschlag|beschreibung)|prompt|illustration|titelbild|cover|für(?: ein| das)? (?:titel)?bild|bildstimmung|kunst|artwork|bild)\b",
    "seed_intro": r"\b(?:bildprompts?|prompts?|bildideen)\b.*:$",
    "session_count": r"\b(?P<v>(?:etwa |rund |ca\. )?(?:\d+|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|fünfzehn|zwanzig)(?: ?(?:-|–|bis|oder) ?(?:\d+|drei|vier|fünf|sechs|acht|zehn|zwölf))? (?:Sitzungen|Spielabende|Abende|Sessions|Spielsitzungen|Runden))\b",
    "party_levels": r"\b(?P<v>(?:Stufen?|Level) \d+(?: ?(?:-|–|bis) ?\d+)?)\b",
    "not_campaign": r"^(?:klar|gerne?|hier (?:ist|sind|kommt)|natürlich|okay|sehr gern)\b",
    "date": r"^(?:(?:im|um|am|seit|winter|sommer|frühling|herbst|jahr|jahre|vor) )*\d{1,4}\b",
    "when": r"(?:^|[\s(])(?:im Jahr(?:e)?|im|um|am|seit|während|in der) ?(?P<v>(?:(?:Winter|Sommer|Frühling|Frühjahr|Herbst|Nacht|Anfang|Ende)(?: des Jahres| zum)? )?(?:\d{1,2}\. (?-i:[A-ZÄÖÜ])[a-zäöü]+(?: \d{2,5})?|\d{3,5}(?: [A-Z]{2,3})?))(?=[\s,.;:)!?]|$)",
    "dated_line": r"^(?P<v>(?:(?:im|um|Jahr|Winter|Sommer|Frühling|Herbst|vor|seit|am) )*(?:\d{1,5}(?:\s?[-–]\s?\d{1,5})?(?: (?-i:[A-Z]{2,4}))?|\d{1,2}\. (?-i:[A-ZÄÖÜ])[a-zäöü]+(?: \d{2,5})?|\w+ (?:Jahren|Monaten|Tagen|Wochen)))\s*(?::|\s[–—-]\s|[–—]|\. )\s*",
    "is_named": r"^ (?:ist|war|heißt) (?:der |die |das )?(?P<n>(?-i:[A-ZÄÖÜ])[\w'-]+(?: (?-i:[A-ZÄÖÜ])[\w'-]+){0,3})(?=[,.;]|$| )",
    "person_cue": r"^(?:, (?:der|die|deren|dessen)\b| (?:sagt|sagte|fragt|lächelt|weiß|glaubt|denkt|will|fürchtet|liebt|hasst|lebt|starb|heiratete|spricht|flüstert|antwortet|schrieb|tötete|stahl|kaufte|verlor)\b)",
    "kin_name": r"\b(?:Bruder|Schwester|Mutter|Vater|Sohn|Tochter|Frau|Mann|Onkel|Tante|Neffe|Nichte|Vetter|Cousine|Freund|Freundin|Lehrling|Witwe|Witwer|namens|genannt)$",
    "possessive_tail": r"^s\b",
    "called": r"\b(?:genannt|namens|heißt|getauft auf den Namen|bekannt als) (?:der |die |das )?$",
    "copula": r"^[\s,]*(?:ist|war|sind|waren|bleibt)\s+(?:jetzt |noch |immer noch |auch |nun )?",
    "is_a": r"^(?:, (?:der|die))?(?: ist| war| sind| waren)\s+(?:jetzt |noch |immer noch |auch |nun )?(?=(?:ein|eine|der|die|das|[a-zäöü]+|(?-i:[A-ZÄÖÜ])\w+)\b)",
    "apposition": r"^(?:,\s+|\s\(|\s[–—-]\s)(?=(?:ein|eine|einer|der|die|das|ihr|ihre|sein|seine|ehemalige?r?|früher\w*|[a-zäöü]+|(?-i:[A-ZÄÖÜ])\w+)\b)",
    "before_name": r"(?:^|[\s(])(?:der |die |das |dem |den |ein |eine |einen |einem |\ue001 )(?P<v>(?:[a-zäöüß]+ ){0,2}(?-i:[A-ZÄÖÜ])[\w-]+?),?(?: ist)? $",
    "reject": r"\b(?:anstelle (?:des|der|von) |anstatt (?:des|der|eines|einer)? ?|statt (?:des|der|eines|einer)? ?|früher genannt |(?:habe ich |ich habe )?(?:den|die|das) (?=\w+ (?:gestrichen|entfernt|weggelassen))|kein(?:e|en|er)? |nicht (?=(?-i:[A-ZÄÖÜ])))(?P<v>[^.;:()\n,]{2,60}?)(?=[,.;:()]|$| (?:sondern|gestrichen|entfernt|weggelassen)\b)",
    "rumour": r"\b(?:Gerüchte?|Einträge?|Nummer|Nr\.)\s*(?P<n>\d+(?:\s*(?:,|und)\s*\d+)*)",
    "refuted": r"\b(?:ist|sind|war)\s+(?:eine |ein |reiner |alles |völlig |komplett |schlicht )*(?:falsch|gelogen|Lügen?|Unsinn|erfunden|Quatsch|unwahr)\b",
    "age_phrase": rf"^(?:etwa |knapp |rund )?{_NUM} (?:Jahre(?: alt)?|Jahren|Winter)$|^(?:Anfang|Mitte|Ende) \w+zig$|^\w+jährig$|^Alter unbekannt$|^(?:alt|jung|uralt)$|^\d{{1,3}}$|^\w{{3,8}}und\w+zig$",
    "villain": r"\b(?:Antagonist(?:in)?|Bösewicht|Hauptgegner|Gegenspieler(?:in)?|Schurke|Schurkin|Widersacher(?:in)?)\b",
    "medium": r"\b(?:aquarell\w*|gouache|öl\w*|tusche\w*|\w*zeichnung|holzschnitt|kupferstich|linolschnitt|radierung|illustration|foto\w*|comic\w*|plakat\w*|\w*gemälde|jugendstil|collage|siebdruck|filmisch|malerei|lithografie)\b",
    "starts_here": r"\bhier (?:beginnt|startet) (?:die|das|eure|unsere)? ?(?:kampagne|geschichte|abenteuer|gruppe)",
    "use_case": r"\b(?:titelbild|cover|porträt|illustration|bild|plakat|karte|szene)",
    "with": r"\b(?:gegründet|gefertigt|geschaffen|versteckt|bewohnt|angeführt|umgeben|mit|der|die|das|dem|den|des|wo|in|im|an|am|auf|bei|für|von|vom|aus|unter|über|hinter|neben|geführt|geleitet|zwischen|seit|gebaut|nahe|nach|zum|zur)\b",
    "plan_tone": r"\bder Ton ist (?P<v>[^.;!?\n]{4,100})",
    "plan_themes": r"\b(?:die Themen sind|es geht um) (?P<v>[^.;!?\n]{4,120})",
    "plan_starting_region": r"\b(?:beginnt|startet|spielt) in (?P<v>(?-i:[A-ZÄÖÜ])[\w'-]+(?: (?-i:[A-ZÄÖÜ])[\w'-]+){0,2})",
    "plan_content_warnings": r"\b(?:Inhaltswarnungen|Warnungen): ?(?P<v>[^.;!?\n]{4,160})",
    "plan_scope": r"\b(?P<v>Mini-?[Kk]ampagne|Kurzkampagne|One-?Shot|Einzelabenteuer|offene Runde)\b",
    "plan_title": r"[\"»](?P<v>[^\"«»\n]{3,60})[\"«](?=,? (?:ist )?eine? (?:[\w-]+ ){0,3}(?:\w*kampagne|Abenteuer))",
}
