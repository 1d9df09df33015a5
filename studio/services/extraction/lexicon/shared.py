"""Word tables that hold in every language at once: rule systems, titles by gender, trades, table columns."""

# ruff: noqa: E501, SIM905

from __future__ import annotations

import re

SYSTEMS = re.compile(
    r"\b(?:D&D|Dungeons (?:&|and) Dragons|AD&D|Pathfinder|Starfinder|Call of Cthulhu|Mothership|Blades in the Dark|Shadowrun|Cyberpunk(?: RED| 2020)|GURPS|Fate(?: Core| Accelerated)|Savage Worlds|"
    r"Powered by the Apocalypse|PbtA|Dungeon World|Monster of the Week|Vampire: the Masquerade|World of Darkness|Traveller|Alien RPG|Delta Green|Deadlands|Warhammer Fantasy|OSE|Old-School Essentials|OSR|Mörk Borg|Mork Borg|"
    r"Forbidden Lands|Vaesen|Daggerheart|Shadow of the Demon Lord|13th Age|Numenera|Cypher System|Ironsworn|Das Schwarze Auge|DSA|Splittermond|Symbaroum|Tales from the Loop|Mouse Guard|Mausritter|Knave|Cairn|"
    r"Scum and Villainy|Fabula Ultima|Draw Steel|Shadowdark|7th Sea|L5R|Legend of the Five Rings|Star Wars(?: FFG| RPG)|Lancer|Brindlewood Bay|Tormenta|Aquelarre|Chroniques Oubliées|INS/MV|Brancalonia)\b"
    r"(?:[: ](?:\d{1,2}(?:\.\d)?e|\d(?:st|nd|rd|th) ?(?:ed(?:ition)?)?|[1-9]E|V5|5e|RED|Core|One|remaster(?:ed)?))?(?: \((?:[^()\n]{2,30})\))?"
)
SAFETY = re.compile(
    r"\b(?:X-Card|Lines (?:&|and) Veils|Script Change|Open Door|Stars (?:&|and) Wishes|Consent (?:Checklist|Form)|Session Zero|Luxton(?: Technique)?|Traffic Lights?|N-Card|O-Card|Check-?ins?)\b",
    re.IGNORECASE,
)
BUSINESS = re.compile(
    r"\b(?:inn|tavern|bar|pub|shop|store|saloon|cafe|café|diner|forge|smithy|hotel|hostel|boarding house|tea ?room|teahouse|restaurant|canteen|clinic|hospital|school|library|archive|temple|shrine|church|chapel|abbey|mill|brewery|"
    r"bakery|club|nightclub|casino|brothel|garage|lab|laboratory|museum|theatre|theater|stables?|workshop|market|hall|lighthouse|farm|ranch|office|taberna|posada|tienda|herrería|cantina|mesón|hostal|burdel|taller|librería|gasthaus|"
    r"gasthof|schenke|schänke|wirtshaus|schmiede|kneipe|laden|mühle|herberge|taverne|auberge|boutique|forge|librairie|estaminet|cabaret|moulin|échoppe|atelier|guinguette|estalagem|loja|ferraria|boteco|botequim|livraria|pensão|moinho|"
    r"oficina|bazaar|motel|parlour|parlor|gallery|bookshop|pawnshop|noodles?|court|yard|boathouse|arcade|studio|bathhouse|distillery|orphanage|livery|precinct|police station|embassy|consulate|delegacia|comisaría|commissariat|ambassade|boate|pousada)\b",
    re.IGNORECASE,
)
PLACED = frozenset(
    [
        "located_in",
        "hidden_in",
        "lives_in",
        "works_at",
        "born_in",
        "died_in",
        "participated_in",
        "happened_at",
        "member_of",
        "serves",
        "sworn_to",
        "at_war_with",
        "trades_with",
        "caused_by",
        "vassal_of",
        "rules",
    ]
)
OUTRO = re.compile(
    r"^(?:(?:just )?let me know|want me to|would you like|shall i|should i|if you(?:'d| would)? (?:like|want)(?: me| to| a|,)|feel free|say the word|anything else|hope (?:this|that)|happy to|do you want|i can also|next,? i can|"
    r"soll ich|möchtest du|magst du|sag (?:mir )?(?:einfach )?bescheid|wenn du (?:willst|möchtest|magst)|gerne kann ich|willst du|¿(?:quieres|te gustaría|deseas|prefieres)|si quieres|dime si|avísame|puedo (?:añadir|preparar|escribir)|"
    r"voulez-vous|veux-tu|tu veux|souhait(?:ez|es)|dis-moi|dites-moi|si (?:tu veux|vous voulez|ça te)|je peux (?:aussi|ajouter)|quer(?:es)? que|deseja|gostarias?|se (?:quiser|quiseres)|me (?:diga|avisa|avise)|diz-me|posso (?:também|acrescentar))\b",
    re.IGNORECASE,
)
ADJECTIVES = frozenset(
    [
        "key",
        "major",
        "notable",
        "important",
        "main",
        "local",
        "the",
        "other",
        "minor",
        "active",
        "signature",
        "our",
        "your",
        "some",
        "new",
        "central",
        "primary",
        "principal",
        "leading",
        "current",
        "nearby",
        "known",
        "die",
        "der",
        "das",
        "wichtige",
        "wichtigen",
        "wichtigste",
        "zentrale",
        "bekannte",
        "weitere",
        "los",
        "las",
        "el",
        "la",
        "principales",
        "importantes",
        "otros",
        "clave",
        "les",
        "le",
        "l'",
        "principaux",
        "principales",
        "autres",
        "importants",
        "os",
        "as",
        "o",
        "a",
        "outros",
        "notaveis",
        "notables",
        "famous",
        "secret",
        "hidden",
        "magic",
        "magical",
        "special",
        "possible",
        "one",
        "three",
        "four",
        "five",
        "six",
        "two",
        "ten",
        "additional",
        "remaining",
        "supporting",
        "more",
    ]
)
FILLER = re.compile(
    r"^(?:(?:here (?:are|is|come)|meet|below are|these are|and|now|next|hier sind|aqui tienes|aqui estan|voici|aqui estao)\s+)+(?:(?:the|your|some|a few|die|los|las|les|os|as)\s+)?"
)
STATS = frozenset(
    [
        "armor class",
        "armour class",
        "ac",
        "hit points",
        "hp",
        "speed",
        "saving throws",
        "damage immunities",
        "damage vulnerabilities",
        "damage resistances",
        "condition immunities",
        "senses",
        "languages",
        "challenge",
        "skills",
        "proficiency bonus",
        "initiative",
        "str",
        "dex",
        "con",
        "int",
        "wis",
        "cha",
        "traits",
        "cr",
        "actions",
        "rustungsklasse",
        "trefferpunkte",
        "bewegungsrate",
        "clase de armadura",
        "puntos de golpe",
        "velocidad",
        "classe d'armure",
        "points de vie",
        "vitesse",
        "classe de armadura",
        "pontos de vida",
        "deslocamento",
    ]
)
FEMALE = frozenset(
    "lady dame queen princess duchess countess baroness viscountess mother sister aunt auntie mrs ms miss madam madame abbess priestess empress mistress marquise margravine granny grandma nana gran dona doña señora reina princesa duquesa condesa baronesa abadesa frau königin prinzessin herzogin gräfin fürstin baronin äbtissin dame reine princesse duchesse comtesse baronne abbesse mademoiselle mme mlle senhora rainha condessa sor".split()
)
MALE = frozenset(
    "sir ser lord king prince duke count baron viscount earl father brother uncle mr mister abbot emperor marquis squire monsieur herr könig prinz herzog graf fürst abt don señor rey príncipe duque conde barón padre fray roi duc comte père abbé senhor rei dom frei frère pater".split()
)
PRONOUNS = re.compile(
    r"^(?:she|he|they|it|er|sie|es|ella|él|el|elle|elles|il|iel|ela|ele|xe|ze|fae)\s*/\s*(?:her|him|them|they|she|he|its|ihr|ihm|ihn|sein|suya|suyo|elle|le|la|lui|dela|dele|any|xem|zir|hir)s?\b(?:/\w+)?$",
    re.IGNORECASE,
)
ANYBODY = frozenset(
    "woman man girl boy person figure child youth lady gentleman mann frau madchen junge kind mujer hombre nina nino joven chica chico femme homme fille garcon enfant mulher homem menina menino moca rapaz stranger mensch".split()
)
RARITY = re.compile(
    r"\b(?:very rare|uncommon|common|rare|legendary|mythic|unique|selten|sehr selten|legendär|einzigartig|legendario|legendaria|raro|rara|muy raro|único|única|rare|légendaire|unique|lendário|lendária|raríssimo|rara|épico|épica|épique|episch)e?[rns]?\b",
    re.IGNORECASE,
)
SIDES = re.compile(
    r"\b(?:enem(?:y|ies)|all(?:y|ies)|friends?|foes?|rivals?|antagonists?|villains?|opposition|adversar(?:y|ies)|contacts?|"
    r"gegner|feinde?|verbundete|freunde|widersacher|schurken|ennemis?|allies|amis|adversaires|mechants|contacts|antagonistes|"
    r"enemigos?|aliados?|amigos|adversarios|villanos|antagonistas?|inimigos?|viloes|adversarios|who'?s who|players)\b"
)
REALMS = frozenset(
    "principality duchy kingdom empire republic free isle isles land lands barony county margraviate royaume empire "
    "principaute duche comte republique reino imperio principado ducado condado republica konigreich kaiserreich "
    "herzogtum grafschaft republik furstentum abbey archduchy".split()
)
COMPANY = frozenset(
    "solutions industries corp corporation group holdings systems inc partners bank dynamics logistics labs enterprises "
    "technologies security pharma biotech media energy shipping mining consolidated international robotics genetics "
    "cybernetics aerospace biologics biotics biosystems".split()
)
SETTLEMENTS = frozenset(
    [
        "city",
        "town",
        "village",
        "kingdom",
        "port",
        "island",
        "planet",
        "river",
        "lake",
        "mount",
        "county",
        "province",
        "region",
        "realm",
        "duchy",
        "state",
        "republic",
        "empire",
        "principality",
        "world",
        "moon",
        "district",
        "county",
        "valley",
        "sea",
        "country",
        "nation",
        "land",
        "street",
        "house",
        "family",
    ]
)
SETTLED = SETTLEMENTS - {"house", "family", "street"} | frozenset(
    "ciudad villa pueblo aldea reino isla ville cite village royaume ile quartier cidade vila aldeia reino ilha bairro stadt dorf insel colony station arcology ship borough hamlet parish".split()
)
NUMBERED = frozenset(
    [
        "room",
        "deck",
        "sector",
        "level",
        "bay",
        "dock",
        "ward",
        "route",
        "highway",
        "floor",
        "block",
        "gate",
        "hangar",
        "platform",
        "lab",
        "unit",
        "raum",
        "deck",
        "sektor",
        "ebene",
        "sala",
        "cubierta",
        "salle",
        "pont",
        "sector",
        "sala",
        "deck",
        "nivel",
        "andar",
        "station",
        "planet",
        "relay",
        "outpost",
        "district",
        "zone",
    ]
)
COLUMN_STANCE = frozenset(
    [
        "stance",
        "attitude",
        "relation",
        "relationship",
        "relations",
        "haltung",
        "verhaltnis",
        "beziehung",
        "actitud",
        "relacion",
        "postura",
        "attitude",
        "relation",
        "rapport",
        "atitude",
        "relacao",
        "postura",
        "standing",
        "status",
        "towards",
    ]
)
COLUMN_DATE = frozenset(
    [
        "year",
        "date",
        "when",
        "day",
        "jahr",
        "datum",
        "wann",
        "ano",
        "año",
        "fecha",
        "cuando",
        "annee",
        "année",
        "date",
        "quand",
        "ano",
        "data",
        "quando",
        "era",
        "time",
    ]
)
COLUMN_CALENDAR = frozenset(
    "month months weekday weekdays season seasons monat monate wochentag mes meses dia estacion mois jour saison estacao stat level dice roll".split()
)
COLUMN_NAME = frozenset(
    [
        "name",
        "names",
        "who",
        "wer",
        "nombre",
        "nom",
        "nome",
        "quien",
        "quién",
        "qui",
        "quem",
        "naam",
        "what",
        "was",
        "que",
        "quoi",
    ]
)

# small words of all languages: conjunctions, copulas, negations, adverbs that stand anywhere
NEGATIONS = frozenset(
    "not never n't longer neither nor hardly barely cannot nicht nie kein keine keinen keiner nunca jamás ni tampoco ne pas "
    "jamais não nem".split()
)
AND = frozenset("and but und aber y pero et mais e mas".split())
JOIN = frozenset("and und sowie y et e &".split())
HAVE = frozenset("has had have hat hatte tiene tenía avait tem tinha".split())
COPULAS = frozenset(
    "is was are were ist war sind waren es era son eran est était sont étaient é foi são eram fue fueron".split()
)
ADVERBS = frozenset(
    "still now also secretly currently today already always really openly quietly actually reluctantly encore toujours aussi "
    "désormais aujourd'hui hui secrètement maintenant déjà parfois actuellement todavía aún también ahora hoy ya secretamente "
    "actualmente siempre ainda também agora hoje já sempre atualmente noch auch jetzt heute heimlich bereits immer inzwischen "
    "derzeit seither seitdem".split()
)
ASIDE = frozenset(["in secret", "en secret", "en secreto", "em segredo", "de facto", "de fato", "en vain", "em vão"])
FORMER = frozenset(
    "once formerly previously used jadis autrefois naguère antaño antes outrora antigamente früher einst ehemals".split()
)
WHO = frozenset("who whom which qui que quien der die das welcher welche".split())
BEFORE_CLITIC = frozenset("que qui y et e quem quien pero mais mas encore todavía ainda".split())
DATIVE = frozenset("à a au aux al ao to".split())
ABOARD = frozenset("aboard flies pilots captains bord bordo vaisseau navire navio nave barco".split())
PLURAL_ARTICLES = frozenset("les los las os as".split())
VAGUE = frozenset(
    "man woman boy girl child person people thing place one part name group side line house home day night year time homme "
    "femme enfant chose lieu jour nuit hombre mujer cosa lugar día noche homem mulher coisa dia noite mann frau kind ding ort "
    "tag nacht friend enemy brother sister mother father son daughter wife husband ally leader head chief frère sœur mère père "
    "fils fille amie ami chef hermano hermana madre padre hijo hija amigo irmão irmã mãe pai filho filha bruder schwester "
    "mutter vater sohn tochter freund feind".split()
)
NOT_SERVING = frozenset(
    "uncle aunt cousin niece nephew grandfather grandmother grandson granddaughter stepfather stepmother girl boy guest "
    "victim prisoner captive hostage patient neighbour neighbor stranger visitor oncle tante cousine neveu tio tia primo "
    "prima sobrinho sobrinha sobrino sobrina avô avó abuelo abuela neto neta nieto nieta suegra suegro nuera yerno sogro "
    "sogra genro nora belle-sœur beau-frère grand-père grand-mère prisonnier victime invité vítima víctima widow orphan "
    "king queen lord prince princess god goddess idol hero ancestor predecessor successor onkel neffe nichte vetter".split()
)
"""Callings whose bearer serves nobody: `her uncle, M`, but `her barman, M`."""
SUPERIORS = frozenset(
    "boss chief leader commander king queen lord lady emperor empress patron patronne chef cheffe jefe jefa chefe líder "
    "roi reine rei rainha rey reina commandant comandante commandante könig königin herr".split()
)
NAMING = frozenset(
    "named called nommé nommée appelé appelée llamado llamada chamado chamada namens nicknamed dubbed".split()
)
AUXILIARIES = frozenset("a ont avait avaient ha han había habían tem têm tinha tinham".split())
AIMS = frozenset(
    "goal goals aim aims plan plans mission dream purpose ambition wish secret fear job task duty only truth objectif but "
    "plan mission reve projet role secret objetivo meta plano plan sueno sonho segredo secreto mision missao ziel plan "
    "wunsch geheimnis".split()
)
"""Nouns that a sentence on somebody may begin with: `The goal is to rob M`."""
NOBODY = frozenset(
    "nobody everyone everybody someone somebody many most few some others legend rumour rumor personne chacun tous "
    "certains beaucoup nadie todos muchos algunos ninguém todo muitos alguns niemand jeder viele manche".split()
)
STAYS = frozenset(
    "be been being become became becomes remains remained as like être devenu devenue devient devint reste comme ser sido "
    "fue es como siendo sendo sido virou tornou continua werden wurde bleibt als only".split()
)
"""Verbs and particles after which a noun says what somebody is."""
PAST = frozenset(
    "former ex erstwhile retired ancien ancienne anciens anciennes antiguo antigua exagente antigo antiga ehemaliger ehemalige "
    "ehemaligen früherer frühere einstiger einstige".split()
)
WHOSE = frozenset("whose cuyo cuya cuyos cuyas cujo cuja cujos cujas dont deren dessen".split())
NOBLE = frozenset(
    "marquis marquise comte comtesse duc duchesse baron baronne vicomte vicomtesse duque duquesa conde condesa condessa "
    "marques marquesa baronesa barao visconde viscondessa vizconde".split()
)
TIES = frozenset(
    [
        *(
            "relationships",
            "relations",
            "relationship",
            "connections",
            "ties",
            "bonds",
            "key relationships",
            "contacts",
        ),
        *("allies and enemies", "friends and enemies", "allies & enemies", "relationship map", "relationship web"),
        *("external relations", "relations with others", "relationships with others", "other factions", "family"),
        *("family and friends", "beziehungen", "verbindungen", "relaciones", "vinculos", "liens", "relacoes", "lacos"),
        *("conexoes", "conexiones", "familia", "famille", "familie"),
    ]
)
"""Headings of a list of what ties somebody to others, folded."""
COLUMN_TIE = frozenset(
    [
        *("relation", "relationship", "tie", "bond", "link", "connection", "how", "type", "relation type"),
        *("beziehung", "relacion", "vinculo", "lien", "relacao", "laco"),
    ]
)
COLUMN_END = frozenset(
    [
        "to",
        "whom",
        "target",
        "towards",
        "with",
        "and",
        "other",
        "person b",
        "character b",
        "a",
        "zu",
        "con",
        "avec",
        "com",
    ]
)
"""The column of what ties two, and that of the second of them."""
APART = frozenset(
    [
        *("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "miles", "leagues"),
        *("far", "days", "hours", "nord", "sud", "est", "ouest", "lieues", "norte", "sur", "sul", "este", "oeste"),
        *("leguas", "léguas", "nördlich", "südlich", "östlich", "westlich", "meilen"),
    ]
)
"""What stands after these is another place: `on the coast north of M`."""
