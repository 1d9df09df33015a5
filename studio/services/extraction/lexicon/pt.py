"""Portuguese words: kinds, labels, verbs, pronouns."""

# ruff: noqa: E501

ROLES = """
abade abadessa adivinha adivinho administrador administradora advogada advogado agente alcaide alfaiate alquimista
almirante ama amante anciã ancião antiquário aprendiz arcebispo archivista arquivista armeira armeiro arqueira
arqueiro arqueóloga arqueólogo arquiteta arquiteto artesã artesão artista assassina assassino assistente astróloga
astrólogo astronauta astrônoma astrônomo ator atriz bandida bandido banqueira banqueiro barão baronesa barbeiro
barda bardo barqueira barqueiro bibliotecária bibliotecário bispo boticária boticário bruxa bruxo caçador caçadora
cacique camareira camponês camponesa cangaceira cangaceiro cantor cantora capanga capataz capelão capitã capitão
carcereiro cardeal carpinteiro carrasco carteiro cartógrafa cartógrafo cavaleira cavaleiro chanceler chefe cientista
cigana cigano cirurgiã cirurgião clérigo colecionador colecionadora comandante comerciante comissária comissário
companheira companheiro conde condessa conselheira conselheiro contrabandista contramestre coronel corsária corsário
coveira coveiro cozinheira cozinheiro criada criado cronista cultista curandeira curandeiro dama dançarina dançarino
delegada delegado desertor detetive diplomata diretor diretora discípula discípulo dona dono doutor doutora druida
druidisa duque duquesa embaixador embaixadora emissária emissário enfermeira enfermeiro engenheira engenheiro
eremita erudita erudito escriba escritor escritora escrivão escudeira escudeiro espiã espião esposa esposo
estalajadeira estalajadeiro estivador estudante exorcista explorador exploradora falsificador farmacêutica
farmacêutico faroleira faroleiro fazendeira fazendeiro feiticeira feiticeiro ferreira ferreiro filha filho florista
foragida foragido fotógrafa fotógrafo frade freira fugitiva fugitivo fundador fundadora garçom garçonete garota
garoto general gerente governador governadora guarda guarda-costas guarda-livros guardiã guardião guerreira
guerreiro guia hacker herdeira herdeiro historiador historiadora homem imperador imperatriz impostor inquisidor
inspetor inspetora inventor inventora investigador investigadora irmã irmão jagunço jardineira jardineiro jogador
jornalista jovem juiz juíza ladra ladrão lavadeira lenhador líder livreira livreiro lojista maga mago mãe marechal
marido marinheira marinheiro marquês marquesa mascate matriarca mecânica mecânico médica médico médium mendiga
mendigo menina menino mensageira mensageiro mercador mercadora mercenária mercenário mestra mestre mineira mineiro
minerador ministra ministro moleira moleiro monge monja mordomo motorista mulher músico música navegador navegadora
necromante nobre notária noviça noviço oficial oleira operária operário operador oráculo órfã órfão ourives padeira
padeiro padre pai paladina paladino parteira pastor pastora patriarca patrão patroa peão peregrina peregrino
pescador pescadora pesquisador pesquisadora piloto pintor pintora pirata pistoleira pistoleiro poeta poetisa
policial porteira porteiro prefeita prefeito presidenta presidente princesa príncipe prior prisioneira prisioneiro
procurador professor professora profeta profetisa programador programadora proprietária proprietário psicóloga
quitandeira rainha rancheira rancheiro rebelde recruta regente rei reitor relojoeira relojoeiro repórter sábia sábio
sacerdote sacerdotisa sapateiro sargenta sargento secretária secretário senador senadora senhor senhora sentinela
seringueiro serva servo sineiro síndica síndico sobrevivente sobrinha sobrinho sócia sócio soldado soldada
taberneira taberneiro tecelã tecelão técnica técnico tenente tesoureira tesoureiro testemunha tia tio tirano
traficante traidor traidora tripulante tutor usurária vagabundo vaqueira vaqueiro velha velho vendedor vendedora
veterana veterano viajante vice-rei vidente vigária vigário vigia vilã vilão viúva viúvo visconde xamã xerife
zelador zeladora antagonista protagonista inimiga inimigo aliada aliado gêmea gêmeo neta neto avó avô mãe-de-santo
pajé bicheiro miliciano doqueiro sucateira sucateiro comissário-chefe
"""
SPECIES = "humana humano elfa elfo meio-elfa meio-elfo anã anão halfling pequenino gnoma gnomo orc orque meio-orc goblin tiefling draconata draconato vampira vampiro lobisomem fantasma espectro lich esqueleto zumbi múmia demônia demônio diabo anjo fada gênio golem androide robô ciborgue clone mutante alienígena dragão sereia sátiro centauro minotauro troll ogro gigante metamorfo espírito ia raposa lobo urso gato rato corvo coruja sapo autômato saci caipora boto mula"
TITLES = "capitã capitão comandante general coronel tenente sargento sargenta cabo almirante rei rainha príncipe princesa duque duquesa conde condessa barão baronesa visconde viscondessa marquês marquesa dom dona senhor senhora sr sra dr dra doutor doutora professor professora padre madre frei irmã irmão abade abadessa bispo cardeal são santo santa juiz juíza prefeito prefeita inspetor inspetora delegado delegada comissário comissária presidente ministra ministro governador governadora tia tio velha velho mestre mestra sir lady lorde regente xerife imperador imperatriz agente detetive mãe pai seu vovó"
SOFT_TITLES = "velha velho general mãe pai seu irmã irmão"
ORGS = "academia agência aliança armada assembleia associação bando bandidos banco brigada cabala cartel casa círculo clã clube cofradia coletivo comitê comissão companhia conclave confederação confraria congregação conglomerado conselho consórcio corporação corte coven culto dinastia empresa equipe esquadra esquadrão exército facção família federação força frota fraternidade frente fundação gangue governo grêmio grupo guarda guarnição guilda horda igreja inquisição instituto irmandade junta legião liga loja máfia megacorporação milícia ministério mineradora movimento ordem organização parlamento partido patrulha piratas polícia quadrilha rebeldes rebelião rede regimento resistência seita senado serviço sindicato sociedade sobreviventes tribo tribunal tripulação tropa união universidade contrabandistas ladrões mercenários cangaceiros cultistas operários escola terreiro cooperativa"
PLACES = "abadia academia acampamento açude aeroporto albergue aldeia alfândega alojamento altar anfiteatro apartamento armazém arquipélago arquivo arena arranha-céu arsenal assentamento asilo astroporto ateliê avenida bacia baía bairro balneário banco banho bar barracão barraco barragem base basílica bastião beco biblioteca boate bordel bosque botequim boteco cabana cabaré cabo cachoeira cadeia cais calabouço caminho campo campos canal cânion cantina capela capital casa casarão cassino castelo catacumbas catedral caverna cela cemitério centro chácara chalé cidade cidadela circo cisterna clareira clínica colégio colina colônia comarca condado convento convés corredor corte costa cratera cripta cruzamento cúpula delegacia delta depósito deserto desfiladeiro destilaria distrito docas doca ducado embaixada encruzilhada engenho enseada ermida escola esconderijo escritório esgoto esgotos estábulo estação estádio estaleiro estrada estreito estúdio fábrica faculdade farmácia farol favela fazenda feira feudo floresta fonte forja fortaleza forte fosso fronteira fundição galeria galpão garagem garganta geleira ginásio golfo grota gruta guarita hangar hospedaria hospício hospital hotel igreja ilha ilhas ilhota império instituto jardim jardins jazida lago lagoa laboratório ladeira lar livraria loja lua lugar lugarejo mansão manicômio mar margem masmorra mata mausoléu mercado mesa mina minas mirante moinho mosteiro monte montanha montanhas morro muralha museu necrópole nível oásis observatório oceano oficina orfanato paço palácio pântano parada paragem parque pátio penhasco península pensão pico planalto planeta planície plataforma poço ponte porão porta portão porto posto povoado praça praia prédio prefeitura presídio prisão província quartel quarto quilombo quintal rancho recife recinto refúgio região reino represa reserva ribeira rio rochedo rota rua ruína ruínas sala salão santuário sanatório seca serra serraria sertão setor selva sítio sobrado solar subsolo subterrâneo subúrbio taberna taverna teatro templo terra terras terreiro torre travessa trilha túmulo túnel túneis universidade usina vale vila vilarejo vinhedo vulcão zona bar-café arraial roça órbita"
ITEMS = "item objeto consumível adaga agulha alaúde alavanca amuleto âncora anel apito arca arco arma armadura arpa artefato astrolábio baú bainha balança bandeira barco bastão besta bíblia boneca bota botas bracelete broche bússola cachimbo caderno caixa cajado cálice camafeu canhão capa capacete carta cartão cartas cetro chapéu chave chicote chip cinto colar concha copo coração corda coroa corrente cristal crucifixo cruz dado dados diadema diamante diário disco dispositivo documento elixir elmo escudo esfera esmeralda espada espelho estátua estatueta estojo estandarte estrela faca facão farda ferramenta fita flauta flecha foice fotografia frasco fuzil garrafa gema gravador grimório harpa ícone ídolo implante instrumento isqueiro joia lâmina lâmpada lampião lança lente livro luneta luva luvas machado maleta manto manuscrito mapa máquina martelo máscara medalha medalhão moeda módulo mosquete motor navio núcleo obra óculos olho orbe osso osso-da-sorte padrão pandeiro papel peça pedra pena pente pérola pergaminho pingente pintura pistola placa poção pó pulseira punhal quadro rádio relicário relíquia relógio revólver rifle rosário rubi sabre saco selo semente sino soro tábua tabuleta tambor talismã tapete telescópio tesouro tiara tocha tomo tridente trombeta urna vara varinha vaso vela veleiro veneno vestido véu viola violão violino submarino nave"
EVENTS = "abalo acidente acordo advento aliança aniversário apagão apocalipse armistício assalto assassinato assembleia ataque atentado avalanche baile banquete batalha batismo bênção bloqueio caça carnaval casamento catástrofe cataclismo celebração cerco cerimônia chacina chegada cheia colapso combate competição complô concílio conclave conflito congresso conquista conspiração convergência coroação corrida crime crise cruzada cúpula deserção derrota derrubada desabamento desaparecimento desastre descoberta despertar despedida dilúvio duelo eclipse eleição eleições emboscada enchente enforcamento enterro epidemia erupção êxodo expedição explosão exposição feira festa festas festival fim fuga fundação funeral golpe greve guerra incêndio incidente inauguração insurreição inundação invasão jogos jubileu julgamento levante linchamento massacre matança milagre missa morte motim nascimento naufrágio noite ocaso ofensiva pacto partida paz peregrinação peste praga procissão profecia purga quebra queda queima rapto rebelião regata resgate revolta revolução ritual romaria roubo sabotagem saque seca semana silêncio sorteio sublevação tempestade terremoto torneio traição tratado trégua tormenta velório vigília vingança"
ARCS = "idade era época ato capítulo arco ciclo saga reinado século milênio anos"
SECTIONS = {
    "npc": "personagem|personagens|pnj|pnjs|npc|elenco|figuras|protagonistas|gente|habitantes|moradores|tripulação|aliados|vilões|vilão|antagonistas|heróis|quem é quem|personalidades|suspeitos|testemunhas|membros|deuses|divindades|contatos|personagens não jogadores|pessoas",
    "faction": "facção|facções|organização|organizações|grupo|guilda|ordem|clã|casa|bando|poder|poderes|sociedades|companhias|famílias|gangues|cultos|corporação|corporações|lados",
    "location": "lugar|lugares|local|locais|localidade|localização|região|regiões|bairro|cidade|cenário|geografia|mapa|pontos de interesse|a cidade|a vila|mundo|setor|onde|planeta|salas|território|ambientes",
    "item": "objeto|objetos|item|itens|artefato|tesouro|relíquia|equipamento|arma|saque|objeto mágico|itens mágicos|item mágico|espólio|espólios",
    "event": "evento|acontecimento|acontecimentos|cronologia|história|passado|festas|datas importantes|incidente|o que aconteceu|linha do tempo|antecedentes|eventos|festividades|histórico",
    "timeline_arc": "ato|arco|era|época|capítulos|frentes|tramas|arcos narrativos|idades",
}
LABELS = """
npc.role: papel|função|quem é|arquétipo|posto
npc.title: título
npc.species: espécie|raça|povo|ancestralidade|linhagem
npc.pronouns: pronomes|pronome|gênero
npc.age: idade
npc.birth: nascimento|nasceu|data de nascimento
npc.death: morte|morreu
npc.life_status: estado|status
npc.occupation: ofício|profissão|ocupação|trabalho|emprego|cargo
npc.appearance: aparência|aspecto|físico|descrição|traços|traço marcante|visual
npc.voice: voz|modo de falar|fala|sotaque|jeito de falar
npc.personality: personalidade|caráter|temperamento|mania|manias|atitude|defeito|comportamento|jeito
npc.motive: o que quer|quer|motivação|quer|desejo|objetivo|meta|ambição|busca|o que quer|motivo|anseio|deseja|precisa
npc.fear: medo|medos|teme|temor|fobia|receio|fraqueza
npc.secret: o que esconde|esconde|o que oculta|segredo|segredos|esconde|oculta|a verdade|verdade|mentira|na verdade
npc.home: lar|mora em|residência|casa|domicílio|vive em|mora
npc.current_location: lugar|local|localização|onde|encontra-se|paradeiro|onde está
npc.affiliation: afiliação|facção|lealdade|organização|membro de|grupo|bando|trabalha para
npc.@ally_of: aliados|aliado|amigos|aliada
npc.@rival_of: rival|rivais
npc.@enemy_of: inimigo|inimigos|inimiga
npc.@loves: ama|amor
npc.@owes: deve|dívida
npc.@serves: serve a|chefe|patrão
npc.@wields: arma|empunha
faction.faction_type: tipo|classe|natureza
faction.motto: lema|divisa|slogan|credo
faction.public_purpose: propósito público|fachada|em público|publicamente|objetivo público|face pública|missão|oficialmente
faction.private_agenda: agenda oculta|objetivo secreto|em segredo|segredo|plano oculto|verdadeiro objetivo|agenda secreta|na verdade|plano secreto
faction.leader: líder|chefe|dirigente|liderado por|liderada por|dirigido por|dirigida por|comando|cabeça|liderança|comandada por
faction.headquarters: sede|quartel-general|quartel general|base|covil|qg|esconderijo
faction.territory: território|controla|zona|área de influência|domina
faction.goals: objetivo|objetivos|meta|metas|quer|querem|busca|buscam
faction.resources: recursos|meios|forças|efetivos|ativos|membros
faction.status: estado|situação|status
faction.founded: fundação|fundada|fundado|origem|fundada em
faction.@<member_of: membros notáveis|membros principais
faction.@ally_of: aliados|aliado|alianças
faction.@rival_of: rivais|rival|concorrentes
faction.@enemy_of: inimigos|inimigo|inimiga
location.location_type: tipo|classe
location.parent: região|situado em|situada em|localização|fica em|cidade|bairro|local|onde
location.climate: clima|tempo
location.population: população|habitantes
location.ruler: governante|governa|governado por|governada por|dono|dona|autoridade|prefeito|prefeita|responsável|dirigido por|dirigida por|proprietário|proprietária|quem manda|regente|gerente
location.known_for: conhecido por|conhecida por|famoso por|famosa por|fama|especialidade|reputação|destaque
location.danger: perigo|perigos|risco|riscos|ameaça|ameaças
location.sensory: ambiente|cheiro|cheiros|sons|som|atmosfera|sentidos|detalhes sensoriais|sensações
location.services: serviços|serviço|oferece|vende|oferta
location.hidden_details: segredo|detalhe oculto|detalhes ocultos|oculto|segredos|escondido|o que esconde|verdade
location.status: estado|situação|status
event.event_type: tipo
event.start: data|quando|início|ano|dia|momento
event.end: fim
event.location: lugar|local|onde
event.participants: participantes|envolvidos|quem|presentes
event.causes: causa|causas|motivo|gatilho|por quê
event.consequences: consequência|consequências|resultado|efeitos|saldo
timeline_arc.stakes: o que está em jogo|em jogo|aposta
timeline_arc.start: início
timeline_arc.end: fim
timeline_arc.state: estado
item.item_type: tipo|classe
item.rarity: raridade
item.attunement: sintonização|sintonia
item.value: valor|preço|custo
item.creator: criador|criadora|forjado por|forjada por|autor|artesão|obra de|fabricante|feito por|feita por
item.owner: dono|dona|proprietário|portador|portadora|possuidor|nas mãos de|pertence a
item.location: lugar|local|onde|localização|escondido em|escondida em|paradeiro
item.properties: propriedades|poder|poderes|efeito|efeitos|propriedade|capacidades
item.history: história|origem|passado
item.secret: segredo|pegadinha|verdade
blueprint.title: título|nome|título da campanha
blueprint.tagline: lema|slogan|gancho|frase|chamada|subtítulo
blueprint.premise: premissa|ideia|conceito|sinopse|resumo|a ideia|ponto de partida|proposta
blueprint.game_system: sistema|jogo|regras|sistema de jogo
blueprint.genres: gênero|gêneros|género|géneros
blueprint.themes: tema|temas|temática
blueprint.tone: tom|clima|atmosfera|ambiente
blueprint.pillars: pilar|pilares
blueprint.play_style: estilo de jogo|estilo|jogo
blueprint.scope: formato|escopo|alcance|escala
blueprint.session_count: duração|sessões|número de sessões
blueprint.party_levels: níveis|nível|nível dos personagens
blueprint.starting_region: região inicial|local inicial|começo|região de partida|ponto de partida|início|ambientação|cenário inicial
blueprint.signature_faction: facção principal|facção emblemática|facção central
blueprint.antagonists: antagonista|antagonistas|vilão|vilã|inimigo principal|adversário
blueprint.threat_horizon: ameaça|horizonte de ameaça|escalada
blueprint.safety_tools: segurança|ferramentas de segurança|ferramentas
blueprint.content_warnings: avisos|avisos de conteúdo|advertências|aviso de conteúdo|conteúdo sensível|limites|linhas|véus|aviso
blueprint.structure: estrutura|desenvolvimento
seed.subject: sujeito|assunto|motivo|cena|tema
seed.style: estilo|técnica|estilo artístico
seed.mood: clima|atmosfera|humor|ambiente
seed.lighting: iluminação|luz
seed.composition: composição|enquadramento|plano|ângulo|vista
seed.palette: paleta|cores|cor|tons
seed.negative: negativo|evitar|sem|excluir|prompt negativo
seed.@prose: prompt|imagem|ideia de imagem|ilustração|ideia para a imagem|prompt de imagem|arte
seed.use_case: uso|utilização
"""
NEUTRAL = "resumo|descrição|notas|notas do mestre|introdução|ganchos|tramas|rumores|boatos|regras|segredos|opções|cena|sessão zero|contexto|detalhes|conclusão|para ler em voz alta|para o mestre|relações|vínculos|em resumo|a verdade|carta|documento|agora|hoje|nota|atenção|conselho|resposta|pergunta|título|nome|informações|o problema"
STOP = """o a os as um uma uns umas ao à aos às do da dos das de no na nos nas em com sem para por pelo pela entre sobre sob até desde e ou mas nem se não sim que quem qual quais quando onde como porque embora enquanto então logo depois antes também além assim já muito mais menos todo toda todos todas cada algum alguma algo alguém ninguém nada nenhum nenhuma outro outra outros outras este esta estes estas esse essa esses essas aquele aquela isto isso ele ela eles elas eu tu você vocês nós me te lhe seu sua seus suas meu minha nosso nossa
claro aqui olá obrigado obrigada bem talvez nunca sempre jamais hoje ontem amanhã é são era eram foi está estão
havia há tem têm pode podem quer querem diz faz segunda terça quarta quinta sexta sábado domingo janeiro fevereiro
março abril maio junho julho agosto setembro outubro novembro dezembro pnj npc mestre
dois duas três quatro cinco seis sete oito nove dez cem mil teme vive serve trabalha cheira liderado liderada dirigido dirigida fundado fundada escondido escondida situado situada conhecido conhecida querido querida caro cara durante usa fala mora perigo"""
DETS = "o a os as um uma uns umas este esta esse essa aquele aquela seu sua seus suas meu minha nosso nossa"
OF = "de do da dos das"
BY = "por pelo pela pelos pelas"
PLACE_PREPS = "em no na nos nas ao à para até sob sobre perto dentro fora desde atrás"
INSIDE = "em no na nos nas sob sobre dentro"
PRONOUNS = {
    "she/her": "ela dela",
    "he/him": "ele dele",
    "any": "seu sua seus suas",
    "they/them": "eles elas deles delas",
}
SHOWN = {"she/her": "ela/dela", "he/him": "ele/dele"}
SUBJECT = "ela ele eles elas quem que"
POSSESSIVE = "seu sua seus suas"
OBJECT = ""
VERBS = """
leads: lidera lideram liderado liderada liderou dirige dirigem dirigido dirigida dirigiu comanda comandado comandada comandou chefia chefiado chefiada preside presidido manda
rules: governa governado governada governou rege controla controlado controlada administra
founded: fundou fundado fundada fundados fundaram criou estabeleceu
member_of: pertence-a pertence-à pertence-ao pertencem-a juntou-se faz-parte-de faz-parte-da membro-de membro-da
serves: responde-a responde-ao responde-à leal-a leal-ao leal-à recebe-ordens-de serve servia serviu serve-a serve-à serve-ao obedece-a obedece-à trabalha-para trabalham-para trabalhava-para espiona-para
sworn_to: jurou prometeu
employs: emprega contrata contratou paga
owns: possui possuía detém herdou comprou
created: criou criado criada forjou forjado forjada fabricou fabricado fabricada construiu construído construída fez pintou pintado pintada escreveu escrito escrita esculpiu desenhou projetou inventou compôs
wields: empunha brande
seeks: busca buscam procura procuram persegue cobiça rastreia caça
guards: guarda guardam protege protegem protegido protegida vigia vigiado vigiada vigiam defende
fears: teme temem medo-de medo-do medo-da medo-dos
loves: ama amam adora apaixonado-por apaixonada-por
owes: deve devem
enemy_of: odeia odeiam se-opõe-a combate inimigo-de inimiga-de inimigos-de inimiga-dos inimigo-dos inimiga-da inimigo-da inimigo-do inimiga-do traiu
rival_of: rivaliza-com compete-com rival-de rivais-de rival-da rival-do rival-dos
ally_of: aliado-de aliada-de aliados-de aliou-se-a amigo-de amiga-de aliada-da aliado-da aliado-do aliada-do
at_war_with: em-guerra-com guerra-com em-guerra-contra
trades_with: negocia-com comercia-com
spouse_of: casado-com casada-com casou-se-com casou-com
mentor_of: ensinou treinou instruiu formou criou
located_in: fica-em fica-no fica-na situado-em situada-em localizado-em localizada-em ergue-se está-em está-no está-na guardado-em guardada-em
hidden_in: escondido escondida escondidos oculto oculta esconde-se enterrado enterrada
lives_in: vive vivem mora moram habita reside dorme
works_at: trabalha-em trabalha-no trabalha-na atende gerencia
born_in: nasceu-em nascido-em nascida-em
died_in: morreu-em morto-em morta-em morreu-no morreu-na
participated_in: participou-de lutou-em lutou-na lutou-no sobreviveu-a
happened_at: ocorreu-em aconteceu-em teve-lugar-em acontece-em ocorreu-no ocorreu-na
caused_by: causado-por causada-por provocado-por provocada-por
<caused_by: causou provocou desencadeou
precedes: precedeu precede
<precedes: seguiu segue
"""
NOUNS = """
leads: líder chefe comandante capitã capitão presidente diretor diretora dirigente matriarca patriarca abade abadessa
rules: prefeito prefeita governador governadora rei rainha príncipe princesa duque duquesa conde condessa barão baronesa senhor senhora regente governante
founded: fundador fundadora
member_of: membro soldado tenente iniciado iniciada
serves: agente serva servo espiã espião conselheira conselheiro guarda-costas emissária emissário criada criado braço-direito
owns: dona dono proprietária proprietário
works_at: estalajadeira estalajadeiro taberneira taberneiro gerente faroleira faroleiro zelador zeladora padre médica médico
created: criador criadora autor autora fabricante inventor inventora
guards: guardiã guardião protetor protetora
parent_of: mãe pai
<parent_of: filha filho
sibling_of: irmã irmão gêmea gêmeo meia-irmã meio-irmão
spouse_of: esposa esposo marido mulher viúva viúvo
mentor_of: mentora mentor mestra mestre
<mentor_of: aluna aluno aprendiz discípula discípulo pupila pupilo
ally_of: aliada aliado amiga amigo
rival_of: rival rivais
enemy_of: inimiga inimigo inimigos inimigas
loves: amante
vassal_of: vassalo vassala filial
"""
