"""Spanish sentence patterns and cue words."""

# ruff: noqa: E501

_NUM = r"(?:\d[\d.,]*|un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|mil|un centenar de|una docena de)"
_ADJ = "amable ambicioso ambiciosa amargado amargada arrogante avaro avara astuta astuto bondadosa bondadoso brusca brusco callado callada calculador calculadora cariñosa cariñoso cautelosa cauteloso cínica cínico cobarde cruel cortés curiosa curioso desconfiada desconfiado desesperada desesperado devota devoto discreta discreto distante divertida divertido dulce dura duro educada educado elegante encantador encantadora fiel fría frío generosa generoso gruñón gruñona hábil honesta honesto honrada honrado humilde impaciente implacable inocente insegura inseguro inteligente irónica irónico leal malhumorada malhumorado melancólica melancólico metódica metódico mezquina mezquino misteriosa misterioso modesta modesto nerviosa nervioso obsesiva obsesivo obstinada obstinado optimista orgullosa orgulloso paciente paranoica paranoico pesimista piadosa piadoso reservada reservado resentida resentido sabia sabio sarcástica sarcástico sería serio severa severo silenciosa silencioso simpática simpático sincera sincero solitaria solitario soñador soñadora supersticiosa supersticioso taciturna taciturno temeraria temerario terca terco tímida tímido tranquila tranquilo traicionera traicionero triste valiente vanidosa vanidoso vengativa vengativo"
_ADJS = "|".join(_ADJ.split())
SHORT = {"{M}": "\ue000", "{NUM}": _NUM, "{ADJ}": f"(?:muy |demasiado |bastante |siempre )?(?:{_ADJS})"}
RULES = r"""
npc.fear: \b(?:teme|temen|temía)(?: a| al| a los| a las| que)? @w@
npc.fear: \b(?:miedo|terror|pánico|pavor)(?: a| al| de| del| a que) @w@
npc.fear: \baterrada?o? (?:por|de) @w@
npc.motive: \b(?:quiere|quieren|desea|anhela|ansía|sueña con|espera|busca|pretende|planea|aspira a|intenta|necesita) @v@
npc.motive: \b(?:objetivo|meta|sueño|ambición) es @v@
npc.secret: \b(?:en secreto|secretamente|en realidad|nadie sabe que),?(?! et\b) (?P<v>[^.;!?\n]{4,200})
npc.secret: \bsecreto es (?:que )?@s@
npc.voice: \b(?P<v>(?:habla|susurra|tartamudea|murmura|canta)\b[^.;!?\n]{3,100})
npc.voice: \b(?P<v>(?:una |la |su )?voz [^,.;!?\n]{3,70})
npc.appearance: \b(?:viste|lleva|luce|vestid[oa] (?:de|con)|ataviad[oa] con) (?!\w+ (?:años|meses|días)\b)@w@
npc.appearance: \b(?:con|tiene|de) (?P<v>(?:un |una |el |la |los |las |unos |unas )?(?:[\w'-]+ ){0,3}(?:pelo|cabello|barba|ojos?|rostro|cara|nariz|cicatri(?:z|ces)|manos?|dedos?|dientes?|piel|brazos?|pierna|bigote|tatuajes?|gafas|abrigo|capa|sombrero|vestido|guantes?|bastón|máscara|parche|sonrisa|trenzas?)\b[^.;!?\n]{0,60})
npc.appearance: \b(?P<v>(?:está|es|era) (?:ciega|ciego|sorda|sordo|coja|cojo|calva|calvo|manca|manco|tuerta|tuerto|alta|alto|baja|bajo|flaca|flaco|delgada|delgado|gorda|gordo|pálida|pálido|tatuada|tatuado)\b[^,.;!?\n]{0,40})
npc.personality: \b(?:es|era|está) (?P<v>{ADJ}(?:(?:, | y | pero ){ADJ})*)\b
npc.personality: \b(?P<v>(?:siempre|nunca (?:sonríe|ríe|miente|olvida|duerme|llega|se |pide)) ?(?:\w+ ){1,2}[^.;!?\n]{3,100})
npc.personality: \b(?P<v>(?:sonríe|bebe|colecciona|miente|olvida|odia|se niega|cree|confía|ríe|apuesta|reza|prefiere|adora|desprecia|trata)\b(?! (?:a )?{M})[^.;!?\n]{3,100})
npc.age: \b(?P<v>(?:unos |casi |apenas )?(?:\d{1,4}|{NUM}(?: y \w+)?) años)\b
npc.age: \b(?P<v>edad desconocida)\b
npc.birth: \bnacid[oa] (?:en|el) (?P<v>[^,.;!?\n]{0,30}\d[^,.;!?\n]{0,20})
npc.death: \b(?P<v>(?:murió|fue asesinad[oa]|fue ejecutad[oa]|se ahogó|pereció|cayó|falleció)\b[^,.;!?\n]{0,80})
npc.home: \b(?:vive|habita|reside|duerme|se aloja|mora) (?P<v>(?:sola |solo |aún )?(?:en|bajo|sobre|con|tras|junto|cerca) [^,.;!?\n]{3,80})
npc.current_location: \b(?:se esconde|se encuentra|está|espera|sigue|permanece) (?P<v>(?:escondid[oa] |encerrad[oa] |pres[oa] )?(?:en|bajo|tras) [^,.;!?\n]{3,80})
npc.occupation: \b(?P<v>(?:regenta|dirige|posee|gestiona|guarda|atiende|lleva|comanda|repara|vende|enseña) (?:el |la |los |las |un |una )?{M}?[^,.;!?\n]{0,50})
npc.occupation: \b(?:trabaja (?:como|de)|hace de|ejerce de) @w@
npc.role: \b(?:fue|era|es) (?:la |el )?(?P<v>(?:maestr[oa]|hij[oa]|herman[oa]|amante|alumn[oa]|líder|amig[oa]|nodriza|tutor[a]?) (?:\w+ ){0,3}de(?:l| la| los| las)? [^,.;!?\n]{2,50})
faction.founded: \bfundad[oa]s? (?:en|por [^,.;]{2,40} en|hacia|tras|hace) (?P<v>[^,.;!?\n]{0,20}\d[^,.;!?\n]{0,12}?)(?= por\b|[,.;]|$)
faction.headquarters: \b(?:se reúnen?|sede|con base|basad[oa]s?|operan?|instalad[oa]s?|cuartel(?: general)?) (?:está )?(?:en|bajo|desde|tras) @w@
faction.territory: \b(?:territorio|controlan?|dominan?) (?:es |abarca )?(?P<v>(?:el |la |los |las |todo |toda |todos )[^.;!?\n]{3,80})
faction.motto: \b(?:lema|consigna|divisa)(?: es|:)[: ]*[«"](?P<v>[^»"\n]{3,120}?)[»"]
faction.private_agenda: \b(?:en secreto|secretamente|en realidad|en la sombra|a puerta cerrada),? (?P<v>[^.;!?\n]{5,200})
faction.public_purpose: \b(?:oficialmente|en público|públicamente|de cara al público|en apariencia),? (?P<v>[^.;!?\n]{5,200})
faction.goals: (?P<v>\b(?:quieren?|buscan?|desean?|pretenden?|aspiran? a|luchan? por|sueñan? con|esperan?) [^.;!?\n]{3,140})
faction.goals: \b(?:objetivo|meta) es @v@
faction.resources: \b(?:dispone|disponen|tiene|tienen|cuenta|cuentan|posee|poseen) (?:de |con )?(?P<v>(?:[\w'-]+ ){0,4}(?:hombres|miembros|soldados|barcos|armas|agentes|espías|dinero|oro|mercenarios|camiones|abogados|fusiles|caballos|informantes|pistoleros|naves|drones)\b[^.;!?\n]{0,60})
location.population: \b(?P<v>(?:unos |unas |cerca de |casi |más de |apenas )?{NUM} (?:habitantes|almas|personas|familias|vecinos|residentes|colonos|mineros|prisioneros)\b)
location.ruler: \b(?:gobernad[oa]|regentad[oa]|dirigid[oa]|administrad[oa]|controlad[oa]|regid[oa]|llevad[oa]) por (?P<v>[^,.;!?\n]{2,70})
location.ruler: \b(?:la|lo) (?:gobierna|regenta|dirige|lleva|administra|controla|atiende|manda) (?P<v>[^,.;!?\n]{2,60})
location.known_for: \b(?:conocid[oa]s?|famos[oa]s?|célebres?|renombrad[oa]s?) (?:por|como) @v@
location.known_for: \b(?P<v>(?:escondite|refugio|guarida|hogar|punto de encuentro) de(?:l| la| los| las)? [^,.;!?\n]{3,60})
location.known_for: \b(?P<v>donde [^.;!?\n]{6,120})
location.services: \b(?:sirven?|venden?|ofrecen?|alquilan?|se (?:sirve|vende|ofrece|puede comprar)) @v@
location.sensory: \b(?P<v>(?:huele|apesta|sabe|suena|resuena|retumba|brilla|cruje|zumba)\b[^.;!?\n]{3,110})
location.sensory: \b(?P<v>(?:olor|hedor|aroma) a [^.;!?\n]{3,80})
location.climate: \b(?P<v>(?:niebla|lluvia|calor|frío|nieve|viento|bruma|humedad|sol|tormentas?) (?:perpetu[oa]|constante|etern[oa]|permanente|abrasador|todo el año|incesante)s?|(?:siempre |clima )[^,.;!?\n]{0,30}(?:niebla|lluvia|calor|frío|nieve|viento|llueve|nieva|húmedo|seco))
location.danger: \b(?P<v>(?:peligro|cuidado|no (?:vayas|entres|vayan)|evita|nadie)[^.;!?\n]{4,120})
location.hidden_details: \b(?P<v>(?:un |una |el |la )?(?:puerta|pasadizo|túnel|trampilla|sótano|cripta|sala|pozo|pasaje) (?:secret[oa]|ocult[oa]|escondid[oa]|tapiad[oa]|sellad[oa])[^.;!?\n]{0,90})
location.hidden_details: \b(?P<v>(?:bajo|tras|detrás de|debajo de|en el fondo de) [^,.;]{2,40},? (?:se esconde|hay|duerme|yace|espera)[^.;!?\n]{3,90})
location.status: \b(?P<v>(?:está |medio )?(?:abandonad[oa]|en ruinas|cerrad[oa]|destruid[oa]|quemad[oa]|inundad[oa]|desiert[oa]|derruid[oa]|sitiad[oa]|clausurad[oa]|ocupad[oa]|sellad[oa])\b[^,.;!?\n]{0,60})
event.start: \b(?P<v>hace (?:\d+|{NUM}) (?:años|meses|días|semanas|siglos|noches|inviernos|décadas))\b
event.start: \b(?P<v>(?:dentro de|en) (?:\d+|{NUM}) (?:años|meses|días|semanas|horas))\b
event.start: \b(?P<v>cada (?:\w+ )?(?:años?|meses|mes|días?|semanas?|noches?|lunas?|verano|invierno|primavera|otoño)\b[^.;!?\n]{0,60})
event.consequences: \b(?P<v>(?:murieron|mató|mataron|destruyó|dejó|arrasó|hundió|causó|acabó con|costó)\b[^.;!?\n]{4,100})
event.causes: \b(?:porque|a causa de|provocad[oa] por|causad[oa] por|debido a|desatad[oa] por|después de que|cuando) ?(?P<v>[^,.;!?\n]{5,120})
item.creator: \b(?:forjad[oa]|cread[oa]|fabricad[oa]|construid[oa]|hech[oa]|pintad[oa]|escrit[oa]|diseñad[oa]|tallad[oa]|fundid[oa]|compuest[oa]|inventad[oa])(?: en [^,.;]{2,12})? por (?P<v>[^,.;!?\n]{2,60})
item.creator: \bobra de(?:l| la)? @w@
item.owner: \b(?:pertenece|perteneció|propiedad|en manos|en poder|llevad[oa] por) (?:a|al|de|del) ?(?:la |los )?@w@
item.location: \b(?:se guarda|guardad[oa]|escondid[oa]|ocult[oa]|enterrad[oa]|expuest[oa]|se encuentra|descansa|cuelga|está|reposa) (?P<v>(?:en|bajo|tras|dentro|sobre) [^,.;!?\n]{3,80})
item.value: \b(?P<v>(?:vale|cuesta|valorad[oa] en) [^,.;!?\n]{2,50}|\d[\d.,]* (?:po|monedas de oro|euros|pesetas|créditos|dólares|doblones|ducados|reales|escudos|pesos))
item.rarity: \b(?P<v>muy rar[oa]|rar[oa]|legendari[oa]|únic[oa]|poco común|común|mític[oa]|épic[oa])\b
item.attunement: \b(?P<v>requiere sintonización[^,.;!?\n)]{0,40})
item.properties: \b(?P<v>(?:quien|quienquiera|cualquiera que|todo el que)\b[^.;!?\n]{4,120})
item.properties: ^(?:{M}|\W*)? ?(?P<v>(?:permite|abre|da|otorga|concede|despierta|protege|muestra|revela|cura|devuelve|hace|quema|impide|atrae|indica|llama|contiene|corta|apaga|enciende|nunca|convierte|canta|brilla|detiene|marca|roba|guarda)\b [^.;!?\n]{3,140})
item.history: \b(?P<v>(?:robad[oa]|regalad[oa]|encontrad[oa]|perdid[oa]|hallad[oa]|heredad[oa]|llevad[oa]|usad[oa]|traíd[oa]|rescatad[oa]) (?:por|a|en|de|durante|del)\b[^.;!?\n]{3,100})
item.properties: \bque (?P<v>(?!es\b|era\b|fue\b|está\b|pertenec|perteneció|ha\b|había\b|tiene\b)(?:puede|vuelve|permite|abre|da|hace|deja|revela|protege|atrae|cura|convierte|\w+a|\w+e) [^.;!?\n]{4,120})
faction.founded: \bfund(?:ó|aron) [^.;]{2,40} en (?P<v>\d{3,4})\b
timeline_arc.stakes: \ben juego:? @v@
"""
CUES = {
    "personality": _ADJS + r"|nunca|siempre|jamás|manía|obsesionad[oa]",
    "appearance": r"manos?|sonrisa|brazos?|piernas?|mirada|tatuad[oa]|gord[oa]|rubi[oa]|pelirroj[oa]|moren[oa]|cicatriz|prótesis|implantes?|uniforme|traje|botas|cuerpo|ciega|ciego|tuert[oa]|barrigón|arrugas|pelo|cabello|barba|barbud[oa]|ojos?|rostro|cara|cicatri(?:z|ces)|alt[oa]|baj[oa]|delgad[oa]|flac[oa]|calv[oa]|pálid[oa]|tatuajes?|tatuad[oa]|coj[oa]|cojea|cieg[oa]|sord[oa]|bigote|guantes?|abrigo|capa|sombrero|vestido|máscara|gafas|bastón|dientes?|manos?|dedos?|piel|viste|vestid[oa]|elegante|menud[oa]|corpulent[oa]|robust[oa]|tuert[oa]|manc[oa]|parche|arrugas|canos[oa]",
    "voice": r"voz|habla|acento|susurra|murmura|tartamudea|risa",
    "climate": r"lluvia|lluvios[oa]|niebla|bruma|nieve|viento|ventos[oa]|sol|calor|calurosa?o?|frí[oa]|sec[oa]|húmed[oa]|clima|tormentas?|invierno|verano|helad[oa]|abrasador",
    "sensory": r"huele|apesta|olor(?:es)?|hedor|aroma|ruidos?|suena|silencio|luz de|sabor|resuena",
    "services": r"sirve|vende|camas?|comida|cerveza|vino|habitaciones|curas?|bebidas?|reparaciones|provisiones|chismes|mercancías|guiso|baños|caldo|aguardiente",
    "danger": r"peligro|peligros[oa]|trampas?|cuidado|mortal|encantad[oa]|maldit[oa]|bandidos|nadie",
    "hidden_details": r"secret[oa]|ocult[oa]|escondid[oa]|pasadizo|trampilla|debajo|nadie sabe",
    "status": r"abandonad[oa]|ruinas|cerrad[oa]|destruid[oa]|quemad[oa]|inundad[oa]|desiert[oa]|sitiad[oa]|disuelt[oa]|debilitad[oa]|en guerra",
    "palette": r"negro|negra|blanco|blanca|gris|roj[oa]|azul|verde|amarill[oa]|naranja|morado|violeta|rosa|marrón|pardo|oro|dorad[oa]s?|plata|plateado|ocre|sepia|turquesa|índigo|tinta|marfil|crema|óxido|cobre|ámbar|pastel|monocromo|tonos?|colores|escarlata|púrpura|esmeralda",
    "lighting": r"luz|luces|iluminación|iluminad[oa]|resplandor|luz de luna|crepúsculo|anochecer|amanecer|atardecer|contraluz|sombras?|faroles|farolillos|velas|neón|neones|claroscuro|farolas|penumbra|lámparas?|hora dorada",
    "composition": r"plano|vista (?:desde|aérea|de)|visto desde|vista desde|primer plano|picado|contrapicado|encuadre|retrato|de perfil|de frente|de espaldas|simétric[oa]|tercio|centrad[oa]|silueta|gran angular|panorámic[oa]|cenital|fondo|desde arriba|desde abajo|horizonte bajo",
    "style": r"acuarela|gouache|óleo|tinta china|grabado|ilustración|fotografía|foto|cómic|cartel|carboncillo|lápiz|pintura|modernista|art nouveau|art déco|realista|estilo|collage|boceto|serigrafía|aguafuerte|linograbado|cinematográfic[oa]|digital|azulejo|xilografía",
    "mood": r"ambiente|atmósfera|melancólic[oa]|opresiv[oa]|inquietante|seren[oa]|tens[oa]|misterios[oa]|sombrí[oa]|alegre|tranquil[oa]|angustios[oa]|extrañ[oa]|onírico|épic[oa]|íntim[oa]|lúgubre|nostálgic[oa]|solitari[oa]|amenazador|desolad[oa]|víspera|festiv[oa]",
    "negative": r"sin|no|nada de|evitar|evita|ningún|ninguna|nunca",
    "scope": r"one-?shot|mini-?campaña|campaña corta|campaña larga|campaña|aventura|mesa abierta|episódica|trilogía",
    "genres": r"fantasía(?: urbana| oscura| épica)?|terror|ciencia ficción|western|noir|misterio|cyberpunk|ciberpunk|steampunk|space opera|postapocalíptic[oa]|gótic[oa]|romance|thriller|comedia|atracos?|intriga|histórico|histórica|piratas?|capa y espada|investigación|supervivencia|espionaje|horror(?: cósmico)?|realismo mágico",
    "play_style": r"sandbox|mundo abierto|narrativ[oa]|táctic[oa]|investigación|exploración|combate|social|equilibrad[oa]",
}
PATTERNS = {
    "seed_heading": r"\b(?:(?:idea|prompt|sugerencia|propuesta)s? (?:de |para (?:la |una )?)?(?:imagen|ilustración|portada|retrato|cartel|arte)|prompt|ilustración|arte de portada|dirección artística|para la (?:imagen|portada|ilustración)|portada|imagen)\b",
    "seed_intro": r"\b(?:prompts?|ideas) (?:de |para )?(?:imagen|imágenes|ilustraci)\w*.*:$",
    "session_count": r"\b(?P<v>(?:unas |unos )?(?:\d+|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte)(?: ?(?:-|–|a|o) ?(?:\d+|tres|cuatro|cinco|seis|ocho|diez|doce))? sesiones)\b",
    "party_levels": r"\b(?P<v>niveles? \d+(?: ?(?:-|–|a|al) ?\d+)?)\b",
    "not_campaign": r"^(?:¡?claro|por supuesto|aquí (?:tienes|va)|perfecto|de acuerdo|vale)\b",
    "date": r"^(?:(?:en|hacia|el|desde|invierno|verano|primavera|otoño|año) )*(?:\d{1,4}\b|hace )",
    "when": r"(?:^|[\s(])(?:en|el|hacia|desde|durante|año|la) ?(?P<v>(?:(?:invierno|verano|primavera|otoño|noche|principios|finales|año) (?:de(?:l)? )?)?(?:\d{1,2} de [a-z]+(?: de(?:l)? \d{2,5})?|\d{3,5}))(?=[\s,.;:)!?]|$)",
    "dated_line": r"^(?P<v>(?:(?:en|hacia|año|invierno|verano|primavera|otoño|hace|desde|de|el) )*(?:\d{1,5}(?:\s?[-–]\s?\d{1,5})?|\d{1,2} de [a-z]+(?: de \d{2,5})?|\w+ (?:años|meses|días|semanas)))\s*(?::|\s[–—-]\s|[–—]|\. )\s*",
    "is_named": r"^ (?:es|era|se llama) (?:el |la |los |las )?(?P<n>(?-i:[A-ZÁÉÍÓÚÑ])[\w'-]+(?: (?-i:[A-ZÁÉÍÓÚÑ])[\w'-]+){0,3})(?=[,.;]|$| )",
    "person_cue": r"^(?:,? (?:quien|cuyo|cuya)\b| (?:dijo|dice|preguntó|sonríe|sabe|cree|piensa|quiere|teme|ama|odia|vive|murió|habla|susurra|responde|se casó|escribió|mató|robó)\b)",
    "kin_name": r"\b(?:hermano|hermana|madre|padre|hijo|hija|esposa|esposo|marido|tío|tía|sobrino|sobrina|primo|prima|amigo|amiga|aprendiz|viuda|viudo|llamad[oa])$",
    "possessive_tail": r"^\Z\A",
    "called": r"\b(?:llamad[oa]|bautizad[oa]|apodad[oa]|conocid[oa] como|dich[oa]) (?:el |la )?$",
    "copula": r"^[\s,]*(?:es|era|son|fue|sigue siendo)\s+(?:ahora |aún |todavía |también )?",
    "is_a": r"^(?:,? que)?(?: es| era| son| fue)\s+(?:ahora |aún |todavía |también )?(?=(?:una?|el|la|los|las|[a-zà-ÿ]+)\b)",
    "apposition": r"^(?:,\s+|\s\(|\s[–—-]\s)(?=(?:una?|el|la|los|las|su|antigu[oa]|[a-zà-ÿ]+)\b)",
    "before_name": r"(?:^|[\s(])(?:el |la |al |del |un |una |\ue001 )(?P<v>(?:(?-i:[a-zà-ÿ])[\w'-]+ ){0,2}(?-i:[a-zà-ÿ])[\w'-]+?),?(?: es)? $",
    "reject": r"\b(?:en lugar de(?:l)? |en vez de(?:l)? |antes llamad[oa] |(?:he (?:quitado|eliminado)|no incluyo|sin|nada de) (?:el |la |los |las )?|no es (?:un |una )?)(?P<v>[^.;:()\n,]{2,60}?)(?=[,.;:()]|$| sino\b)",
    "rumour": r"\b(?:rumor(?:es)?|entradas?|números?|n\.º)\s*(?:el )?(?P<n>\d+(?:\s*(?:,|y)\s*\d+)*)",
    "refuted": r"\b(?:es|son|era)\s+(?:un |una |pura |todo |completamente |totalmente )*(?:fals[oa]s?|mentiras?|invent[oa]|inventad[oa]s?|absurd[oa]|bulo)\b",
    "age_phrase": rf"^(?:de )?(?:unos |casi )?{_NUM}(?: y \w+)? años$|^edad desconocida$|^(?:treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)(?: y \w+)?$|^(?:ancian[oa]|joven|viej[oa])$|^unos \w+$",
    "villain": r"\b(?:antagonista|villan[oa]|adversari[oa]|archienemig[oa])\b",
    "medium": r"\b(?:acuarela|gouache|óleo|tinta|grabado|ilustración|fotografía|foto|cómic|cartel|carboncillo|lápiz|pintura|collage|serigrafía|aguafuerte|cinematográfic[oa]|xilografía)\b",
    "starts_here": r"\baquí (?:comienza|empieza|arranca) (?:la|el|todo)",
    "use_case": r"\b(?:portada|retrato|ilustración|imagen|cartel|mapa|ficha|escena)\b",
    "with": r"\b(?:fundad[oa]s?|cread[oa]|escondid[oa]|comandad[oa]|encabezad[oa]|habitad[oa]|perdid[oa]|formad[oa]|con|que|donde|en|sobre|al|para|regentad[oa]|dirigid[oa]|situad[oa]|bajo|cerca|desde|de|del|por|entre|construid[oa]|forjad[oa]|liderad[oa]|hech[oa]|obra)\b",
    "plan_tone": r"\bel tono (?:es|será) (?P<v>[^.;!?\n]{4,100})",
    "plan_themes": r"\b(?:los temas (?:son|centrales)|trata (?:de|sobre)) (?P<v>[^.;!?\n]{4,120})",
    "plan_starting_region": r"\b(?:comienza|empieza|arranca|transcurre|se ambienta|ambientad[oa]) en (?P<v>(?:la |el |los |las )?(?-i:[A-ZÁÉÍÓÚÑ])[\w'-]+(?: (?:de |del |la )?(?-i:[A-ZÁÉÍÓÚÑ])[\w'-]+){0,3})",
    "plan_content_warnings": r"\b(?:advertencias|avisos)(?: de contenido)?: ?(?P<v>[^.;!?\n]{4,160})",
    "plan_scope": r"\b(?P<v>mini-?campaña|one-?shot|campaña (?:corta|larga)|mesa abierta)\b",
    "plan_title": r"(?:«|\") ?(?P<v>[^\"»\n]{3,60}?) ?(?:»|\")(?=,? (?:es )?una? (?:[\w-]+ ){0,3}(?:campaña|aventura|mini))",
}
