"""French sentence patterns and cue words."""

# ruff: noqa: E501

_NUM = r"(?:\d[\d  .,]*|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cent|mille|une centaine|une dizaine|une vingtaine|une douzaine)"
_ADJ = "aimable ambitieux ambitieuse amer amère arrogant arrogante avare bavard bavarde bienveillant bienveillante bon bonne bourru bourrue brave calme charmant charmante chaleureux chaleureuse courageux courageuse courtois courtoise cruel cruelle curieux curieuse cynique discret discrète distant distante doux douce dur dure élégant élégante fier fière fidèle franc franche froid froide gai gaie généreux généreuse gentil gentille honnête hautain hautaine impatient impatiente implacable impitoyable jaloux jalouse joyeux joyeuse lâche loyal loyale malin maligne méfiant méfiante mélancolique méthodique modeste naïf naïve nerveux nerveuse obstiné obstinée orgueilleux orgueilleuse paranoïaque paresseux paresseuse patient patiente pieux pieuse poli polie prudent prudente rancunier rancunière réservé réservée rusé rusée sage sarcastique sévère silencieux silencieuse sincère solitaire sombre superstitieux superstitieuse taciturne têtu têtue timide triste vaniteux vaniteuse vif vive"
_ADJS = "|".join(_ADJ.split())
SHORT = {"{M}": "\ue000", "{NUM}": _NUM, "{ADJ}": f"(?:très |trop |assez |toujours )?(?:{_ADJS})"}
RULES = r"""
npc.fear: \b(?:a peur|avait peur|peur|terrorisée? par|effrayée? par|terrifiée? par) (?:de |du |des |d'|que )?(?P<v>[^,.;!?\n]{2,80})
npc.fear: \b(?:craint|redoute) @w@
npc.motive: \b(?:veut|voudrait|souhaite|désire|cherche à|espère|rêve de|rêve d'|aspire à|compte|projette de|tente de|essaie de|entend) @v@
npc.motive: \b(?:but|objectif|rêve|ambition) est (?:de |d')?@v@
npc.secret: \b(?:en secret|secrètement|en réalité|en vérité|à l'insu de tous),?(?! et\b) (?P<v>[^.;!?\n]{4,200})
npc.secret: \bsecret est (?:que |qu')?@s@
npc.voice: \b(?P<v>(?:parle|murmure|chuchote|bégaie|chante|zozote)\b[^.;!?\n]{3,100})
npc.voice: \b(?P<v>(?:une |la |sa )?voix [^,.;!?\n]{3,70})
npc.appearance: \b(?:porte|vêtue? d['e]|habillée? d['e]|coiffée? d['e]) @w@
npc.appearance: \b(?:avec|a|aux|au|à) (?P<v>(?:un |une |des |les |le |la |l')?(?:[\w'-]+ ){0,3}(?:cheveux|barbe|yeux|œil|visage|nez|cicatrices?|mains?|doigts?|dents?|peau|bras|jambe|moustache|tatouages?|lunettes|manteau|chapeau|robe|gants?|canne|masque)\b[^.;!?\n]{0,60})
npc.personality: \b(?:est|était|reste) (?P<v>{ADJ}(?:(?:, | et | mais ){ADJ})*)\b
npc.personality: \b(?P<v>(?:ne \w+ (?:jamais|rien|personne)|n'(?!est\b|était\b|étaient\b|a\b|y\b|ont\b)\w+ (?:jamais|rien|personne)|sourit|boit|collectionne|ment|oublie|déteste|refuse|croit|fait confiance|rit|triche|prie|joue|aime|préfère|traite)\b(?! {M})[^.;!?\n]{0,120})
npc.age: \b(?P<v>(?:environ |près de |à peine )?(?:\d{1,4}|{NUM}) ans)\b
npc.age: \b(?P<v>la (?:vingtaine|trentaine|quarantaine|cinquantaine|soixantaine)(?: \w+)?)
npc.birth: \bnée? (?:en|le|à) (?P<v>[^,.;!?\n]{0,30}\d[^,.;!?\n]{0,20})
npc.death: \b(?P<v>(?:est morte?|mourut|fut tuée?|fut assassinée?|a péri|s'est noyée?|est tombée?|fut exécutée?)\b[^,.;!?\n]{0,80})
npc.home: \b(?:vit|habite|loge|réside|demeure|dort) (?P<v>(?:seule? |encore )?(?:à|dans|au|aux|en|sur|sous|chez|près|derrière) [^,.;!?\n]{3,80})
npc.current_location: \b(?:se trouve|se cache|attend|est retenue?|est enfermée?) (?P<v>(?:à|dans|au|aux|en|sur|sous|chez|derrière) [^,.;!?\n]{3,80})
npc.occupation: \b(?P<v>(?:tient|dirige|possède|gère|garde|commande|répare|vend|enseigne) (?:le |la |les |l'|un |une )?{M}?[^,.;!?\n]{0,50})
npc.occupation: \b(?:travaille comme|sert de|fait office de) @w@
faction.founded: \bfondée?s? (?:en|par [^,.;]{2,40} en|vers|après|il y a) (?P<v>[^,.;!?\n]{0,20}\d[^,.;!?\n]{0,12}?)(?= par\b|[,.;]|$)
faction.headquarters: \b(?:se réuni(?:t|ssent)|siège|basée?s?|installée?s?|opèrent?|retranchée?s?) (?:dans|à|au|aux|sous|depuis|en) @w@
faction.territory: \b(?:territoire|contrôle|tient|domine) (?:est |s'étend |couvre )?(?P<v>(?:le |la |les |tout |toute |tous |de )[^.;!?\n]{3,80})
faction.motto: \b(?:devise|slogan|credo) (?:est|:)[: ]*[«"] ?(?P<v>[^»"\n]{3,120}?) ?[»"]
faction.private_agenda: \b(?:en secret|secrètement|en réalité|en vérité|en coulisses?|dans l'ombre),? (?:elle |il |ils |elles )?(?P<v>[^.;!?\n]{5,200})
faction.public_purpose: \b(?:officiellement|en public|publiquement|en apparence|en façade),? (?:elle |il |ils |elles |c'est )?(?P<v>[^.;!?\n]{5,200})
faction.goals: \b(?:veut|veulent|cherchent? à|souhaitent?|visent? à|espèrent?|rêvent? de|réclament?|luttent? pour|désirent?) @v@
faction.goals: \b(?:but|objectif) est (?:de |d')?@v@
faction.resources: \b(?:dispose|disposent|possède|possèdent|compte|comptent|peut compter sur) (?:de |d'|sur )?(?P<v>(?:[\w'-]+ ){0,4}(?:hommes|membres|soldats|navires|armes|agents|espions|argent|or|bateaux|mercenaires|camions|avocats|fusils|combattants|chevaux|informateurs)\b[^.;!?\n]{0,60})
location.population: \b(?P<v>(?:environ |près de |quelque |plus de |à peine )?{NUM} (?:habitants|âmes|personnes|familles|résidents|colons|villageois|mineurs|ouvriers|prisonniers)\b)
location.ruler: \b(?:gouvernée?|dirigée?|tenue?|gérée?|administrée?|contrôlée?|régie?|commandée?) par (?P<v>[^,.;!?\n]{2,70})
location.known_for: \b(?:connue?s?|réputée?s?|célèbres?|renommée?s?) (?:pour|comme) @v@
location.known_for: \b(?P<v>où (?:l'on|on|les|le|la|se|il|elle) [^.;!?\n]{6,120})
location.services: \b(?:on y (?:sert|vend|trouve|loue|répare)|sert|vend|propose|offre|loue) @v@
location.sensory: \b(?P<v>(?:(?:ça |l'air |tout |on y )?(?:sent|pue|empeste|résonne|bourdonne|grince)\b|odeur de|odeurs de|relents de)[^.;!?\n]{3,110})
location.climate: \b(?P<v>(?:toujours |brume|brouillard|pluie|neige|vent|chaleur|humide|froid|glacial|étouffant)[^.;!?\n]{0,60}\b(?:perpétuel(?:le)?|constante?|éternel(?:le)?|permanente?|toute l'année|pluie|brume|brouillard|neige|vent|hiver|été))\b
location.danger: \b(?P<v>(?:danger|attention|n'y allez|évitez|personne n'|nul n'|méfiez-vous)[^.;!?\n]{4,120})
location.hidden_details: \b(?P<v>(?:une? |la |le |l')?(?:porte|passage|tunnel|trappe|cave|crypte|pièce|salle|puits) (?:secrète?|cachée?|dérobée?|dissimulée?|murée?|scellée?)[^.;!?\n]{0,90})
location.hidden_details: \b(?P<v>(?:derrière|sous|au fond de|au-dessous) [^,.;]{2,40},? (?:se cache|il y a|dort|repose|attend|se trouve)[^.;!?\n]{3,90})
location.status: \b(?P<v>(?:est |à moitié )?(?:abandonnée?|en ruines?|fermée?|détruite?|brûlée?|inondée?|déserte?|désertée?|effondrée?|assiégée?|condamnée?|occupée?|scellée?)\b[^,.;!?\n]{0,60})
event.consequences: \b(?P<v>(?:a tué|tua|tuant|a détruit|détruisit|fit|a fait|causa|emporta|a emporté|laissa|a laissé)\b[^.;!?\n]{4,100})
event.causes: \b(?:parce que|à cause d[eu']|provoquée? par|causée? par|déclenchée? par|après que|quand|lorsque) ?(?P<v>[^,.;!?\n]{5,120})
event.start: \b(?P<v>il y a (?:\d+|{NUM}) (?:ans|mois|jours|semaines|siècles|nuits|hivers))\b
event.start: \b(?P<v>dans (?:\d+|{NUM}) (?:ans|mois|jours|semaines|heures))\b
item.creator: \b(?:forgée?|créée?|fabriquée?|construite?|bâtie?|peinte?|écrite?|conçue?|sculptée?|fondue?|gravée?|composée?|cousue?|tissée?|inventée?)(?: en [^,.;]{2,12})? par (?P<v>[^,.;!?\n]{2,60})
item.creator: \bœuvre d[eu'] ?(?:l[ae'] ?)?@w@
item.owner: \b(?:appartient|appartenait|propriété|entre les mains|en possession|détenue? par|portée? par) ?(?:à|au|de|du|d')? ?@w@
item.location: \b(?:cachée?|gardée?|conservée?|enterrée?|dissimulée?|exposée?|rangée?|enfermée?|se trouve|repose|pend|accrochée?) (?P<v>(?:dans|sous|à|au|aux|derrière|chez|en|sur) [^,.;!?\n]{3,80})
item.value: \b(?P<v>(?:vaut|estimée? à|coûte) [^,.;!?\n]{2,50}|\d[\d .,]*(?:pièces d'or|po|euros|francs|crédits|écus|couronnes|dollars))
item.rarity: \b(?P<v>très rare|rare|légendaire|unique|commune?|peu commune?|mythique)\b
item.attunement: \b(?P<v>(?:nécessite|requiert|demande) (?:une |l')?harmonisation[^,.;!?\n)]{0,40})
item.properties: \b(?P<v>(?:quiconque|celui qui|celle qui|qui la porte|qui le porte)\b[^.;!?\n]{4,120})
item.properties: ^(?:{M}|elle|il|\W*)? ?(?P<v>(?:permet|ouvre|donne|accorde|réveille|protège|montre|révèle|guérit|rend|fait|brûle|empêche|attire|indique|appelle|contient|coupe|éteint|allume|ne \w+ (?:jamais|que|pas)|garde|transforme|chante|brille|vibre)\b [^.;!?\n]{3,140})
item.history: \b(?P<v>(?:volée?|offerte?|trouvée?|perdue?|repêchée?|héritée?|portée?|utilisée?|rapportée?) (?:par|à|au|en|dans|lors|pendant|de)\b[^.;!?\n]{3,100})
item.properties: \bqui (?P<v>(?!est\b|était\b|a\b|ont\b|appart|fut\b|se trouve)(?:[a-zà-ÿ]+e|[a-zà-ÿ]+it|[a-zà-ÿ]+nt|se \w+|ne \w+|rend|fait|peut|permet) [^.;!?\n]{4,120})
item.properties: \b(?P<v>(?:elle|il) (?:ouvre|rend|fait|peut|permet|révèle|protège|attire|éloigne|endort|appelle|absorbe|guérit|sonne|indique|efface)\b[^.;!?\n]{4,120})
faction.founded: \bfond(?:a|èrent|é par) [^.;]{2,40} en (?P<v>\d{3,4})\b
timeline_arc.stakes: \benjeux? ?:? @v@
"""
CUES = {
    "personality": _ADJS + r"|jamais|toujours|ne \w+ pas|obsédée?|manie",
    "appearance": r"bras|jambes?|épaules|silhouette|sourire|regard|prothèse|implants?|corps|rousse?|blonde?|brune?|ronde?|gros|grosse|rondouillarde?|myope|bottes|tatou\w+|costume|uniforme|balafré\w*|lunettes|cheveux|barbe|barbue?|yeux|œil|visage|cicatrices?|grande?|petite?|mince|maigre|chauve|pâle|tatouages?|tatouée?|boite|boiteux|boiteuse|aveugle|sourde?|moustache|gants?|gantée?s?|manteau|cape|chapeau|robe|masque|lunettes|canne|dents?|mains?|doigts?|peau|vêtue?|habillée?|porte|maigre|trapue?|élancée?|ridée?|élégante?|borgne|manchote?",
    "voice": r"voix|parle|accent|murmure|chuchote|bégaie|rire",
    "climate": r"pluie|pluvieux|pluvieuse|brouillard|brume|brumeux|neige|vent|venteux|soleil|chaude?|froide?|sec|sèche|humide|climat|tempêtes?|hiver|été|glacial|glaciale|étouffante?",
    "sensory": r"sent|pue|odeurs?|relents|parfum|bruits?|résonne|silence|lueur|lumière|goût",
    "services": r"sert|vend|lits?|repas|bière|cidre|vin|chambres?|soins|nourriture|boissons?|réparations?|provisions|ragots|marchandises",
    "danger": r"danger|dangereux|dangereuse|piège|pièges|attention|méfiez|mortel|mortelle|hantée?|maudite?|bandits|personne ne|nul ne",
    "hidden_details": r"secret|secrète|cachée?|dissimulée?|passage|trappe|sous le|sous la|personne ne sait",
    "status": r"abandonnée?|ruines?|fermée?|détruite?|brûlée?|inondée?|déserte?|effondrée?|assiégée?|condamnée?|dissoute?|affaiblie?|en guerre",
    "palette": r"noir|noire|blanc|blanche|gris|grise|rouge|bleu|bleue|vert|verte|jaune|orange|violet|violette|rose|brun|brune|marron|or|doré|dorée|argent|argenté|ocre|sépia|turquoise|indigo|ivoire|crème|rouille|cuivre|ambre|pastel|monochrome|teintes?|couleurs?|nuit|écarlate|pourpre|émeraude|bordeaux",
    "lighting": r"lumière|lueur|éclairage|éclairée?|clair de lune|crépuscule|aube|contre-jour|ombres?|lanternes?|bougies?|néons?|soleil couchant|clair-obscur|lampadaires?|pénombre|lampe|heure dorée",
    "composition": r"vue? d[ue]|vue? de|plan large|gros plan|plan rapproché|plongée|contre-plongée|au premier plan|arrière-plan|cadrage|portrait|vue aérienne|de face|de profil|de dos|symétrique|tiers|au centre|silhouette|grand angle|panoramique|horizon bas|du dessus|d'en haut|d'en bas",
    "style": r"aquarelle|gouache|huile|encre|gravure|estampe|illustration|photographie|photo|bande dessinée|affiche|fusain|crayon|peinture|art nouveau|art déco|réaliste|style|collage|croquis|sérigraphie|eau-forte|linogravure|cinématographique|lavis|numérique|à l'ancienne",
    "mood": r"ambiance|atmosphère|mélancolique|oppressante?|inquiétante?|sereine?|serein|tendue?|mystérieux|mystérieuse|sombre|joyeux|joyeuse|paisible|angoissante?|étrange|onirique|épique|intime|lugubre|nostalgique|solitaire|menaçante?|feutrée?|désolée?|douce",
    "negative": r"sans|pas de|pas d'|ni|aucun|aucune|éviter|évitez|jamais|no",
    "scope": r"one-?shot|mini-?campagne|courte campagne|longue campagne|campagne longue|campagne courte|campagne|scénario|aventure|table ouverte|épisodique|trilogie",
    "genres": r"fantasy|fantaisie|horreur|science-fiction|western|noir|policier|cyberpunk|steampunk|space opera|post-apocalyptique|gothique|romance|thriller|comédie|casse|intrigue|historique|pirates?|cape et d'épée|urbaine?|dark fantasy|fantastique|enquête|survie|espionnage|mystère|uchronie",
    "play_style": r"bac à sable|narratif|tactique|enquête|exploration|combat|social|équilibré",
}
PATTERNS = {
    "seed_heading": r"\b(?:(?:idée|prompt|piste|suggestion)s? (?:d'|de |pour l'|pour une |pour la )?(?:image|illustration|visuel|couverture|portrait|affiche)|prompt|illustration|image de couverture|direction artistique|pour l'image|visuel|couverture)\b",
    "seed_intro": r"\b(?:prompts?|idées?) (?:d'|pour )?(?:images?|illustrations?)?.*:$",
    "session_count": r"\b(?P<v>(?:environ )?(?:\d+|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt)(?: ?(?:-|–|à|ou) ?(?:\d+|trois|quatre|cinq|six|sept|huit|dix|douze))? (?:séances?|sessions?|parties|soirées))\b",
    "party_levels": r"\b(?P<v>niveaux? \d+(?: ?(?:-|–|à) ?\d+)?)\b",
    "not_campaign": r"^(?:bien sûr|avec plaisir|voici|parfait|d'accord|très bien)\b",
    "date": r"^(?:(?:en|vers|le|depuis|hiver|été|printemps|automne|l'an) )*(?:\d{1,4}\b|il y a )",
    "when": r"(?:^|[\s(])(?:en|le|vers|depuis|durant|pendant|l'an|à l'|à la) ?(?P<v>(?:(?:hiver|été|printemps|automne|la nuit du|nuit du|début|fin) )?(?:\d{1,2}(?:er)? [a-zéû]+ \d{3,5}|\d{3,5}|[a-zéû]+ \d{4}))(?=[\s,.;:)!?]|$)|(?P<w>il y a \w+ (?:ans|mois|jours|semaines))",
    "dated_line": r"^(?P<v>(?:(?:en|vers|an|année|hiver|été|printemps|automne|début|fin|il y a) )*(?:\d{1,5}(?:\s?[-–]\s?\d{1,5})?|\d{1,2}(?:er)? [a-zéû]+(?: \d{2,5})?|\w+ (?:ans|mois|jours|semaines)))\s*(?::|\s[–—-]\s|[–—]|\. )\s*",
    "is_named": r"^ (?:est|était|s'appelle) (?:le |la |l'|les )?(?P<n>(?-i:[A-ZÀ-Ý])[\w'-]+(?: (?-i:[A-ZÀ-Ý])[\w'-]+){0,3})(?=[,.;]|$| )",
    "person_cue": r"^(?:,? (?:qui|dont)\b| (?:dit|disait|demande|sourit|sait|croit|pense|veut|craint|aime|déteste|vit|mourut|épousa|parle|refuse|murmure|répond)\b)",
    "kin_name": r"\b(?:frère|sœur|mère|père|fils|fille|femme|mari|époux|épouse|oncle|tante|neveu|nièce|cousin|cousine|ami|amie|apprenti|apprentie|veuve|veuf|nommée?|dénommée?)$",
    "possessive_tail": r"^\Z\A",
    "called": r"\b(?:appelée?|nommée?|baptisée?|surnommée?|dite?) (?:le |la |l')?$",
    "copula": r"^[\s,]*(?:est|était|sont|fut|reste)\s+(?:maintenant |encore |toujours |aussi )?",
    "is_a": r"^(?:,? qui)?(?: est| était| sont| fut)\s+(?:maintenant |encore |toujours |aussi )?(?=(?:une?|le|la|les|l'|des|[a-zà-ÿ]+)\b)",
    "apposition": r"^(?:,\s+|\s\(|\s[–—-]\s)(?=(?:une?|le|la|les|son|sa|leur|ancien|ancienne|[a-zà-ÿ]+)\b)",
    "before_name": r"(?:^|[\s(])(?:le |la |l'|un |une |son |sa |leur |\ue001 )(?P<v>(?:(?-i:[a-zà-ÿ])[\w'-]+ ){0,2}(?-i:[a-zà-ÿ])[\w'-]+?),?(?: est)? $",
    "reject": r"\b(?:au lieu (?:de |d'|du )|plutôt que |à la place (?:de |d'|du )|anciennement |(?:j'ai (?:supprimé|retiré|enlevé)|pas de |aucun |aucune )(?:le |la |les )?)(?P<v>[^.;:()\n,]{2,60}?)(?=[,.;:()]|$)",
    "rumour": r"\b(?:rumeurs?|entrées?|numéros?|n°)\s*(?P<n>\d+(?:\s*(?:,|et)\s*\d+)*)",
    "refuted": r"\b(?:est|sont|était)\s+(?:un |une |tout |complètement |totalement )*(?:fausses?|faux|mensonges?|inventée?s?|absurde|erronée?)\b",
    "age_phrase": rf"^(?:âgée? de )?(?:environ )?{_NUM} ans$|^(?:la )?(?:vingtaine|trentaine|quarantaine|cinquantaine|soixantaine)\b|^âge inconnu$|^(?:vieux|vieille|jeune|âgée?)$",
    "villain": r"\b(?:antagoniste|méchante?|grand méchant|adversaire)\b",
    "medium": r"\b(?:aquarelle|gouache|huile|encre|gravure|estampe|illustration|photo(?:graphie)?|bande dessinée|affiche|fusain|crayon|peinture|collage|sérigraphie|eau-forte|cinématographique|lavis)\b",
    "starts_here": r"\b(?:c'est )?ici (?:que )?(?:commence|débute)",
    "use_case": r"\b(?:couverture|portrait|illustration|image|affiche|carte|jeton|bannière|visuel|scène)\b",
    "with": r"\b(?:fondée?s?|créée?s?|cachée?|installée?s?|commandée?s?|menée?s?|habitée?|perdue?|formée?s?|avec|qui|dont|que|où|dans|sur|au|aux|pour|tenue?|dirigée?|située?|sous|près|depuis|à|en|de|d'|du|des|par|entre|construite?|forgée?|menée?)(?=\b|(?<='))",
    "plan_tone": r"\ble ton (?:est|sera|reste) (?P<v>[^.;!?\n]{4,100})",
    "plan_themes": r"\b(?:thèmes? (?:sont|est|:)|il s'agit de) (?P<v>[^.;!?\n]{4,120})",
    "plan_starting_region": r"\b(?:commence|débute|démarre|se déroule|s'ouvre) (?:à|dans|au|en|sur) (?P<v>(?:la |le |l'|les )?(?-i:[A-ZÀ-Ý])[\w'-]+(?:[- ](?:de |du |la |des )?(?-i:[A-ZÀ-Ý])[\w'-]+){0,3})",
    "plan_content_warnings": r"\bavertissements?(?: de contenu)? ?: ?(?P<v>[^.;!?\n]{4,160})",
    "plan_scope": r"\b(?P<v>mini-?campagne|one-?shot|courte campagne|campagne (?:courte|longue)|table ouverte)\b",
    "plan_title": r"(?:«|\") ?(?P<v>[^\"»\n]{3,60}?) ?(?:»|\")(?=,? (?:est )?une? (?:[\w-]+ ){0,3}(?:campagne|aventure|scénario|mini))",
}
