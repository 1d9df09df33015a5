"""Portuguese sentence patterns and cue words."""

# ruff: noqa: E501

_NUM = r"(?:\d[\d.,]*|um|uma|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|quinze|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa|cem|mil|uma centena de|uma dúzia de)"
_ADJ = "alegre ambiciosa ambicioso amarga amargo amável arrogante astuta astuto avarenta avarento bondosa bondoso bruta bruto calada calado calma calmo carinhosa carinhoso cautelosa cauteloso cínica cínico covarde corajosa corajoso cortês cruel curiosa curioso desconfiada desconfiado desesperada desesperado devota devoto discreta discreto distante divertida divertido doce dura duro educada educado elegante fiel fria frio generosa generoso gentil hábil honesta honesto humilde impaciente implacável inocente insegura inseguro inteligente irônica irônico leal mal-humorada mal-humorado melancólica melancólico metódica metódico mesquinha mesquinho misteriosa misterioso modesta modesto nervosa nervoso obsessiva obsessivo otimista orgulhosa orgulhoso paciente paranoica paranoico pessimista piedosa piedoso reservada reservado rancorosa rancoroso sábia sábio sarcástica sarcástico séria sério severa severo silenciosa silencioso simpática simpático sincera sincero solitária solitário sonhador sonhadora supersticiosa supersticioso taciturna taciturno teimosa teimoso tímida tímido tranquila tranquilo traiçoeira traiçoeiro triste valente vaidosa vaidoso vingativa vingativo"
_ADJS = "|".join(_ADJ.split())
SHORT = {"{M}": "\ue000", "{NUM}": _NUM, "{ADJ}": f"(?:muito |demasiado |bastante |sempre )?(?:{_ADJS})"}
RULES = r"""
npc.fear: \b(?:teme|temem|temia)(?: a| ao| à| que)? @w@
npc.fear: \b(?:medo|pavor|terror|pânico) (?:de|do|da|dos|das) @w@
npc.motive: \b(?:quer|deseja|sonha em|sonha com|espera|busca|pretende|planeja|anseia|tenta|precisa de|almeja) @v@
npc.motive: \b(?:objetivo|meta|sonho|ambição) é @v@
npc.secret: \b(?:em segredo|secretamente|na verdade|ninguém sabe que),? (?P<v>[^.;!?\n]{4,200})
npc.secret: \bsegredo é (?:que )?@s@
npc.voice: \b(?P<v>(?:fala|sussurra|gagueja|murmura|canta)\b[^.;!?\n]{3,100})
npc.voice: \b(?P<v>(?:uma |a |sua )?voz [^,.;!?\n]{3,70})
npc.appearance: \b(?:veste|usa|traja|vestid[oa] (?:de|com)) @w@
npc.appearance: \b(?:com|tem|de) (?P<v>(?:um |uma |o |a |os |as |uns |umas )?(?:[\w'-]+ ){0,3}(?:cabelos?|barba|olhos?|rosto|cara|nariz|cicatri(?:z|zes)|mãos?|dedos?|dentes?|pele|braços?|perna|bigode|tatuagem|tatuagens|óculos|casaco|capa|chapéu|vestido|luvas?|bengala|máscara|tapa-olho|sorriso|tranças?)\b[^.;!?\n]{0,60})
npc.appearance: \b(?P<v>(?:está|é|era) (?:ceg[oa]|surd[oa]|manc[oa]|careca|maneta|caolh[oa]|alt[oa]|baix[oa]|magr[oa]|gord[oa]|pálid[oa]|tatuad[oa])\b[^,.;!?\n]{0,40})
npc.personality: \b(?:é|era|está) (?P<v>{ADJ}(?:(?:, | e | mas ){ADJ})*)\b
npc.personality: \b(?P<v>(?:sempre |nunca (?:sorri|ri|mente|esquece|dorme|chega|pede|se atrasa) ?)(?:\w+ ){1,2}[^.;!?\n]{3,100})
npc.personality: \b(?P<v>(?:sorri|bebe|coleciona|mente|esquece|odeia|recusa|acredita|confia|ri|aposta|reza|prefere|adora|despreza|trata)\b(?! (?:a |o )?{M})[^.;!?\n]{3,100})
npc.age: \b(?P<v>(?:uns |quase |cerca de )?(?:\d{1,4}|{NUM}(?: e \w+)?) anos)\b
npc.age: \b(?P<v>idade desconhecida)\b
npc.birth: \bnascid[oa] (?:em|no|na) (?P<v>[^,.;!?\n]{0,30}\d[^,.;!?\n]{0,20})
npc.death: \b(?P<v>(?:morreu|foi assassinad[oa]|foi executad[oa]|afogou-se|pereceu|caiu|faleceu|foi mort[oa])\b[^,.;!?\n]{0,80})
npc.home: \b(?:vive|mora|habita|reside|dorme) (?P<v>(?:sozinh[oa] |ainda )?(?:em|no|na|nos|nas|sob|sobre|com|perto|atrás) [^,.;!?\n]{3,80})
npc.current_location: \b(?:esconde-se|encontra-se|está|espera|permanece) (?P<v>(?:escondid[oa] |pres[oa] |trancad[oa] )?(?:em|no|na|nos|nas|sob|atrás) [^,.;!?\n]{3,80})
npc.occupation: \b(?P<v>(?:dirige|possui|administra|gerencia|guarda|atende|comanda|conserta|vende|ensina|cuida d[eoa]) (?:o |a |os |as |um |uma )?{M}?[^,.;!?\n]{0,50})
npc.occupation: \b(?:trabalha como|serve de|atua como) @w@
faction.founded: \bfundad[oa]s? (?:em|por [^,.;]{2,40} em|por volta de|após|há) (?P<v>[^,.;!?\n]{0,20}\d[^,.;!?\n]{0,12}?)(?= por\b|[,.;]|$)
faction.headquarters: \b(?:reúnem?-se|se reún(?:e|em)|sede|com base|basead[oa]s?|operam?|instalad[oa]s?) (?:fica |é )?(?:em|no|na|sob|a partir de|atrás d[eoa]) @w@
faction.territory: \b(?:território|controlam?|dominam?) (?:é |abrange )?(?P<v>(?:o |a |os |as |todo |toda |todos )[^.;!?\n]{3,80})
faction.motto: \b(?:lema|slogan|divisa)(?: é|:)[: ]*["«](?P<v>[^"»\n]{3,120}?)["»]
faction.private_agenda: \b(?:em segredo|secretamente|na verdade|nas sombras|a portas fechadas),? (?P<v>[^.;!?\n]{5,200})
faction.public_purpose: \b(?:oficialmente|em público|publicamente|na fachada|em aparência),? (?P<v>[^.;!?\n]{5,200})
faction.goals: \b(?:quer|querem|buscam?|desejam?|pretendem?|almejam?|lutam? por|sonham? com|esperam?) @v@
faction.goals: \b(?:objetivo|meta) é @v@
faction.resources: \b(?:dispõem?|têm|tem|contam?|possu(?:i|em)) (?:de |com )?(?P<v>(?:[\w'-]+ ){0,4}(?:homens|membros|soldados|navios|armas|agentes|espiões|dinheiro|ouro|mercenários|caminhões|advogados|fuzis|cavalos|informantes|pistoleiros|naves|drones|barcos)\b[^.;!?\n]{0,60})
location.population: \b(?P<v>(?:cerca de |quase |uns |umas |mais de |apenas )?{NUM} (?:habitantes|almas|pessoas|famílias|moradores|residentes|colonos|mineiros|prisioneiros)\b)
location.ruler: \b(?:governad[oa]|dirigid[oa]|administrad[oa]|controlad[oa]|regid[oa]|comandad[oa]|gerid[oa]|tocad[oa]) (?:por|pelo|pela) (?P<v>[^,.;!?\n]{2,70})
location.known_for: \b(?:conhecid[oa]s?|famos[oa]s?|célebres?|renomad[oa]s?) (?:por|pelo|pela|pelos|pelas|como) @v@
location.known_for: \b(?P<v>onde [^.;!?\n]{6,120})
location.services: \b(?:serve|vende|oferece|aluga|servem|vendem|oferecem|ali se (?:vende|serve)) @v@
location.sensory: \b(?P<v>(?:cheira|fede|soa|ressoa|ecoa|brilha|range|zumbe)\b[^.;!?\n]{3,110})
location.sensory: \b(?P<v>(?:cheiro|fedor|aroma) (?:de|a) [^.;!?\n]{3,80})
location.climate: \b(?P<v>(?:névoa|neblina|chuva|calor|frio|neve|vento|umidade|sol|tempestades?) (?:perpétu[oa]|constante|etern[oa]|permanente|o ano todo|incessante)s?|(?:sempre |clima )[^,.;!?\n]{0,30}(?:névoa|chuva|calor|frio|chove|úmido|seco|quente))
location.danger: \b(?P<v>(?:perigo|cuidado|não (?:vá|entre)|evite|ninguém)[^.;!?\n]{4,120})
location.hidden_details: \b(?P<v>(?:um |uma |o |a )?(?:porta|passagem|túnel|alçapão|porão|cripta|sala|poço) (?:secret[oa]|ocult[oa]|escondid[oa]|murad[oa]|selad[oa])[^.;!?\n]{0,90})
location.hidden_details: \b(?P<v>(?:sob|atrás de|debaixo de|no fundo d[eoa]) [^,.;]{2,40},? (?:se esconde|há|dorme|jaz|espera)[^.;!?\n]{3,90})
location.status: \b(?P<v>(?:está |meio )?(?:abandonad[oa]|em ruínas|fechad[oa]|destruíd[oa]|queimad[oa]|inundad[oa]|desert[oa]|sitiad[oa]|interditad[oa]|ocupad[oa]|selad[oa])\b[^,.;!?\n]{0,60})
event.start: \b(?P<v>há (?:\d+|{NUM}) (?:anos|meses|dias|semanas|séculos|noites|invernos|décadas))\b
event.start: \b(?P<v>(?:daqui a|em) (?:\d+|{NUM}) (?:anos|meses|dias|semanas|horas))\b
event.consequences: \b(?P<v>(?:morreram|matou|mataram|destruiu|deixou|arrasou|afundou|causou|custou)\b[^.;!?\n]{4,100})
event.causes: \b(?:porque|por causa d[eoa]|provocad[oa] por|causad[oa] por|devido a|depois que|quando) ?(?P<v>[^,.;!?\n]{5,120})
item.creator: \b(?:forjad[oa]|criad[oa]|fabricad[oa]|construíd[oa]|feit[oa]|pintad[oa]|escrit[oa]|desenhad[oa]|esculpid[oa]|fundid[oa]|compost[oa]|inventad[oa])(?: em [^,.;]{2,12})? (?:por|pelo|pela) (?P<v>[^,.;!?\n]{2,60})
item.creator: \bobra d[eoa] @w@
item.owner: \b(?:pertence|pertenceu|propriedade|nas mãos|em posse) (?:a|à|ao|de|do|da) @w@
item.location: \b(?:guardad[oa]|escondid[oa]|ocult[oa]|enterrad[oa]|expost[oa]|encontra-se|descansa|pendurad[oa]|está|fica|repousa) (?P<v>(?:em|no|na|nos|nas|sob|atrás|dentro|sobre) [^,.;!?\n]{3,80})
item.value: \b(?P<v>(?:vale|custa|avaliad[oa] em) [^,.;!?\n]{2,50}|\d[\d.,]* (?:po|moedas de ouro|euros|reais|réis|créditos|dólares|dobrões|ducados|escudos))
item.rarity: \b(?P<v>muito rar[oa]|rar[oa]|lendári[oa]|únic[oa]|incomum|comum|mític[oa]|épic[oa])\b
item.attunement: \b(?P<v>(?:requer|exige) sintonização[^,.;!?\n)]{0,40})
item.properties: \b(?P<v>(?:quem|qualquer um que)\b[^.;!?\n]{4,120})
item.properties: ^(?:{M}|\W*)? ?(?P<v>(?:permite|abre|dá|concede|desperta|protege|mostra|revela|cura|devolve|faz|queima|impede|atrai|indica|chama|contém|corta|apaga|acende|nunca|transforma|canta|brilha|para|marca|rouba|guarda)\b [^.;!?\n]{3,140})
item.history: \b(?P<v>(?:roubad[oa]|presentead[oa]|encontrad[oa]|perdid[oa]|achad[oa]|herdad[oa]|levad[oa]|usad[oa]|trazid[oa]|resgatad[oa]) (?:por|pelo|pela|a|em|no|na|de|durante|do|da)\b[^.;!?\n]{3,100})
item.properties: \bque (?P<v>(?!é\b|era\b|foi\b|está\b|pertence|há\b|tem\b|tinha\b)(?:pode|torna|permite|abre|dá|faz|deixa|revela|protege|afasta|atrai|cura|contém|nunca \w+|\w+a|\w+e) [^.;!?\n]{4,120})
faction.founded: \bfund(?:ou|aram) [^.;]{2,40} em (?P<v>\d{3,4})\b
timeline_arc.stakes: \bem jogo:? @v@
"""
CUES = {
    "personality": _ADJS + r"|nunca|sempre|jamais|mania|obcecad[oa]",
    "appearance": r"sorriso|braços?|pernas?|olhar|corpo|gord[oa]|loir[oa]|ruiv[oa]|moren[oa]|prótese|implantes?|uniforme|terno|fato|botas|baixinh[oa]|rechonchud[oa]|ceg[oa]|cadeira de rodas|rugas|tatuagens|cabelos?|barba|barbud[oa]|olhos?|rosto|cara|cicatri(?:z|zes)|alt[oa]|baix[oa]|magr[oa]|careca|pálid[oa]|tatuagem|tatuad[oa]|manc[oa]|ceg[oa]|surd[oa]|bigode|luvas?|casaco|capa|chapéu|vestido|máscara|óculos|bengala|dentes?|mãos?|dedos?|pele|veste|usa|elegante|robust[oa]|caolh[oa]|tapa-olho|rugas|grisalh[oa]",
    "voice": r"voz|fala|sotaque|sussurra|murmura|gagueja|risada|riso",
    "climate": r"chuva|chuvos[oa]|névoa|neblina|neve|vento|ventos[oa]|sol|calor|quente|fri[oa]|sec[oa]|úmid[oa]|clima|tempestades?|inverno|verão|gelad[oa]",
    "sensory": r"cheira|fede|cheiros?|fedor|aroma|ruídos?|soa|silêncio|luz de|gosto|ecoa",
    "services": r"serve|vende|camas?|comida|cerveja|vinho|quartos|curas?|bebidas?|consertos|provisões|fofocas?|mercadorias|ensopado|banhos|cachaça|café",
    "danger": r"perigo|perigos[oa]|armadilhas?|cuidado|mortal|assombrad[oa]|maldit[oa]|amaldiçoad[oa]|bandidos|ninguém",
    "hidden_details": r"secret[oa]|ocult[oa]|escondid[oa]|passagem|alçapão|debaixo|ninguém sabe",
    "status": r"abandonad[oa]|ruínas|fechad[oa]|destruíd[oa]|queimad[oa]|inundad[oa]|desert[oa]|sitiad[oa]|dissolvid[oa]|enfraquecid[oa]|em guerra",
    "palette": r"pret[oa]|negr[oa]|branc[oa]|cinza|cinzent[oa]|vermelh[oa]|azul|verde|amarel[oa]|laranja|rox[oa]|violeta|rosa|marrom|castanh[oa]|ouro|dourad[oa]|prata|prateado|ocre|sépia|turquesa|índigo|tinta|marfim|creme|ferrugem|cobre|âmbar|pastel|monocromátic[oa]|tons?|cores|escarlate|púrpura|esmeralda",
    "lighting": r"luz|luzes|iluminação|iluminad[oa]|brilho|luar|luz da lua|crepúsculo|anoitecer|amanhecer|entardecer|pôr do sol|contraluz|sombras?|lanternas?|velas|neon|claro-escuro|postes|penumbra|lâmpadas?|hora dourada",
    "composition": r"plano|vista (?:de|do|da|aérea)|vist[oa] d[eoa]|close|plongée|contra-plongée|enquadramento|retrato|de perfil|de frente|de costas|simétric[oa]|terço|centralizad[oa]|silhueta|grande angular|panorâmic[oa]|zenital|fundo|de cima|de baixo|horizonte baixo",
    "style": r"aquarela|guache|óleo|nanquim|gravura|ilustração|fotografia|foto|quadrinhos|cartaz|carvão|lápis|pintura|modernista|art nouveau|art déco|realista|estilo|colagem|esboço|serigrafia|água-forte|linogravura|cinematográfic[oa]|digital|azulejo|xilogravura|cordel",
    "mood": r"clima|atmosfera|melancólic[oa]|opressiv[oa]|inquietante|seren[oa]|tens[oa]|misterios[oa]|sombri[oa]|alegre|tranquil[oa]|angustiante|estranh[oa]|oníric[oa]|épic[oa]|íntim[oa]|lúgubre|nostálgic[oa]|solitári[oa]|ameaçador|desolad[oa]|festiv[oa]",
    "negative": r"sem|não|nada de|evitar|evite|nenhum|nenhuma|nunca",
    "scope": r"one-?shot|mini-?campanha|campanha curta|campanha longa|campanha|aventura|mesa aberta|episódica|trilogia",
    "genres": r"fantasia(?: urbana| sombria| épica)?|terror|ficção científica|faroeste|western|noir|mistério|cyberpunk|steampunk|space opera|pós-apocalíptic[oa]|gótic[oa]|romance|thriller|comédia|assaltos?|intriga|históric[oa]|piratas?|capa e espada|investigação|sobrevivência|espionagem|horror(?: cósmico)?|realismo mágico",
    "play_style": r"sandbox|mundo aberto|narrativ[oa]|tátic[oa]|investigação|exploração|combate|social|equilibrad[oa]",
}
PATTERNS = {
    "seed_heading": r"\b(?:(?:ideia|prompt|sugestão|proposta)s? (?:de |para (?:a |uma )?)?(?:imagem|ilustração|capa|retrato|cartaz|arte)|prompt|ilustração|arte de capa|direção de arte|para a (?:imagem|capa|ilustração)|capa|imagem)\b",
    "seed_intro": r"\b(?:prompts?|ideias) (?:de |para )?(?:imagem|imagens|ilustraç)\w*.*:$",
    "session_count": r"\b(?P<v>(?:umas |uns |cerca de )?(?:\d+|uma|duas|três|quatro|cinco|seis|sete|oito|nove|dez|doze|quinze|vinte)(?: ?(?:-|–|a|ou) ?(?:\d+|três|quatro|cinco|seis|oito|dez|doze))? sessões)\b",
    "party_levels": r"\b(?P<v>níve(?:l|is) \d+(?: ?(?:-|–|a|ao) ?\d+)?)\b",
    "not_campaign": r"^(?:claro|com certeza|aqui (?:está|vai)|perfeito|certo|com prazer)\b",
    "date": r"^(?:(?:em|por volta de|o|desde|inverno|verão|primavera|outono|ano) )*(?:\d{1,4}\b|há )",
    "when": r"(?:^|[\s(])(?:em|no|na|desde|durante|ano|por volta de) ?(?P<v>(?:(?:inverno|verão|primavera|outono|noite|início|fim|ano) (?:de |do )?)?(?:\d{1,2} de [a-zç]+(?: de \d{2,5})?|\d{3,5}))(?=[\s,.;:)!?]|$)",
    "dated_line": r"^(?P<v>(?:(?:em|ano|inverno|verão|primavera|outono|há|desde|de|o) )*(?:\d{1,5}(?:\s?[-–]\s?\d{1,5})?|\d{1,2} de [a-zç]+(?: de \d{2,5})?|\w+ (?:anos|meses|dias|semanas)))\s*(?::|\s[–—-]\s|[–—]|\. )\s*",
    "is_named": r"^ (?:é|era|chama-se|se chama) (?:o |a |os |as )?(?P<n>(?-i:[A-ZÁÂÃÉÊÍÓÔÕÚÇ])[\w'-]+(?: (?-i:[A-ZÁÂÃÉÊÍÓÔÕÚÇ])[\w'-]+){0,3})(?=[,.;]|$| )",
    "person_cue": r"^(?:,? (?:quem|cujo|cuja)\b| (?:disse|diz|perguntou|sorri|sabe|crê|acredita|pensa|quer|teme|ama|odeia|vive|morreu|fala|sussurra|responde|casou|escreveu|matou|roubou)\b)",
    "kin_name": r"\b(?:irmão|irmã|mãe|pai|filho|filha|esposa|esposo|marido|tio|tia|sobrinho|sobrinha|primo|prima|amigo|amiga|aprendiz|viúva|viúvo|chamad[oa])$",
    "possessive_tail": r"^\Z\A",
    "called": r"\b(?:chamad[oa]|batizad[oa]|apelidad[oa]|conhecid[oa] como) (?:o |a |de )?$",
    "copula": r"^[\s,]*(?:é|era|são|foi|continua sendo)\s+(?:agora |ainda |também )?",
    "is_a": r"^(?:,? que)?(?: é| era| são| foi)\s+(?:agora |ainda |também )?(?=(?:uma?|o|a|os|as|[a-zà-ÿ]+)\b)",
    "apposition": r"^(?:,\s+|\s\(|\s[–—-]\s)(?=(?:uma?|o|a|os|as|seu|sua|antig[oa]|[a-zà-ÿ]+)\b)",
    "before_name": r"(?:^|[\s(])(?:o |a |ao |do |da |pelo |pela |um |uma |\ue001 )(?P<v>(?:(?-i:[a-zà-ÿ])[\w'-]+ ){0,2}(?-i:[a-zà-ÿ])[\w'-]+?),?(?: é)? $",
    "reject": r"\b(?:em vez d[eoa] |ao invés d[eoa] |antes chamad[oa] |(?:(?:removi|tirei|eliminei)|não incluí|nada de) (?:o |a |os |as )?|não é (?:um |uma )?)(?P<v>[^.;:()\n,]{2,60}?)(?=[,.;:()]|$| mas\b)",
    "rumour": r"\b(?:rumor(?:es)?|boatos?|entradas?|números?|n\.º)\s*(?:o )?(?P<n>\d+(?:\s*(?:,|e)\s*\d+)*)",
    "refuted": r"\b(?:é|são|era)\s+(?:um |uma |pura |tudo |completamente |totalmente )*(?:fals[oa]s?|mentiras?|invenção|inventad[oa]s?|absurd[oa]|lorota)\b",
    "age_phrase": rf"^(?:de )?(?:uns |quase )?{_NUM}(?: e \w+)? anos$|^idade desconhecida$|^(?:trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa)(?: e \w+)?$|^(?:idos[oa]|jovem|velh[oa]|anciã|ancião)$",
    "villain": r"\b(?:antagonista|vilão|vilã|adversári[oa]|arqui-?inimig[oa])\b",
    "medium": r"\b(?:aquarela|guache|óleo|nanquim|gravura|ilustração|fotografia|foto|quadrinhos|cartaz|carvão|lápis|pintura|colagem|serigrafia|cinematográfic[oa]|xilogravura|cordel)\b",
    "starts_here": r"\baqui (?:começa|inicia)",
    "use_case": r"\b(?:capa|retrato|ilustração|imagem|cartaz|mapa|ficha|cena)\b",
    "with": r"\b(?:fundad[oa]s?|criad[oa]|escondid[oa]|comandad[oa]|chefiad[oa]|habitad[oa]|perdid[oa]|formad[oa]|com|que|onde|em|no|na|nos|nas|sobre|ao|para|dirigid[oa]|situad[oa]|sob|perto|desde|de|do|da|dos|das|por|pelo|pela|entre|construíd[oa]|forjad[oa]|liderad[oa]|feit[oa]|obra)\b",
    "plan_tone": r"\bo tom (?:é|será) (?P<v>[^.;!?\n]{4,100})",
    "plan_themes": r"\b(?:os temas (?:são|centrais)|trata (?:de|sobre)) (?P<v>[^.;!?\n]{4,120})",
    "plan_starting_region": r"\b(?:começa|inicia|arranca|se passa|ambientad[oa]) (?:em|no|na) (?P<v>(?-i:[A-ZÁÂÃÉÊÍÓÔÕÚÇ])[\w'-]+(?: (?:de |do |da )?(?-i:[A-ZÁÂÃÉÊÍÓÔÕÚÇ])[\w'-]+){0,3})",
    "plan_content_warnings": r"\b(?:avisos|advertências)(?: de conteúdo)?: ?(?P<v>[^.;!?\n]{4,160})",
    "plan_scope": r"\b(?P<v>mini-?campanha|one-?shot|campanha (?:curta|longa)|mesa aberta)\b",
    "plan_title": r"(?:«|\") ?(?P<v>[^\"»\n]{3,60}?) ?(?:»|\")(?=,? (?:é )?uma? (?:[\w-]+ ){0,3}(?:campanha|aventura|mini))",
}
