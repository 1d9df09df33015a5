"""Portuguese words: kinds, labels, verbs, pronouns."""

# ruff: noqa: E501

ROLES = """
noivo noiva namorado namorada parteira rezadeira benzedeira almotacé capataz jogador jogadora inquisidor boticária boticário padeira padeiro queijeiro queijeira carteira carteiro taberneira bibliotecária bibliotecário poeta pirata astronauta piloto navegadora cientista química químico super-herói super-heroína heroína herói justiceiro vigilante pistoleira forasteiro forasteira garimpeiro garimpeira vaqueiro coronel cangaceiro jagunço confeiteira alfaiate
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
TITLES = "capitã almirante almotacé coronel doutor visconde barão delegado inspetora maestro mestra mestre comendador capitã capitão comandante general coronel tenente sargento sargenta cabo almirante rei rainha príncipe princesa duque duquesa conde condessa barão baronesa visconde viscondessa marquês marquesa dom dona senhor senhora sr sra dr dra doutor doutora professor professora padre madre frei irmã irmão abade abadessa bispo cardeal são santo santa juiz juíza prefeito prefeita inspetor inspetora delegado delegada comissário comissária presidente ministra ministro governador governadora tia tio velha velho mestre mestra sir lady lorde regente xerife imperador imperatriz agente detetive mãe pai seu vovó"
SOFT_TITLES = "velha velho general mãe pai seu irmã irmão"
ORGS = "multinacional conglomerado cooperativa corporação célula comando confraria insurgentes rebeldes contrabandistas tríade câmara junta mesa cabido academia agência aliança armada assembleia associação bando bandidos banco brigada cabala cartel casa círculo clã clube cofradia coletivo comitê comissão companhia conclave confederação confraria congregação conglomerado conselho consórcio corporação corte coven culto dinastia empresa equipe esquadra esquadrão exército facção família federação força frota fraternidade frente fundação gangue governo grêmio grupo guarda guarnição guilda horda igreja inquisição instituto irmandade junta legião liga loja máfia megacorporação milícia ministério mineradora movimento ordem organização parlamento partido patrulha piratas polícia quadrilha rebeldes rebelião rede regimento resistência seita senado serviço sindicato sociedade sobreviventes tribo tribunal tripulação tropa união universidade contrabandistas ladrões mercenários cangaceiros cultistas operários escola terreiro cooperativa"
PLACES = "arcologia megacidade arranha-céu cais enseada taberna tasca quinta casarão casarao sobrado fazenda rancho garganta desfiladeiro viela beco favela cúpula anel hangar estaleiro doca farol feira mercado praça convento paróquia capela velório cemitério açude brejo manguezal várzea sertão roça vilarejo arraial ribeira rio riacho serra morro abadia academia acampamento açude aeroporto albergue aldeia alfândega alojamento altar anfiteatro apartamento armazém arquipélago arquivo arena arranha-céu arsenal assentamento asilo astroporto ateliê avenida bacia baía bairro balneário banco banho bar barracão barraco barragem base basílica bastião beco biblioteca boate bordel bosque botequim boteco cabana cabaré cabo cachoeira cadeia cais calabouço caminho campo campos canal cânion cantina capela capital casa casarão cassino castelo catacumbas catedral caverna cela cemitério centro chácara chalé cidade cidadela circo cisterna clareira clínica colégio colina colônia comarca condado convento convés corredor corte costa cratera cripta cruzamento cúpula delegacia delta depósito deserto desfiladeiro destilaria distrito docas doca ducado embaixada encruzilhada engenho enseada ermida escola esconderijo escritório esgoto esgotos estábulo estação estádio estaleiro estrada estreito estúdio fábrica faculdade farmácia farol favela fazenda feira feudo floresta fonte forja fortaleza forte fosso fronteira fundição galeria galpão garagem garganta geleira ginásio golfo grota gruta guarita hangar hospedaria hospício hospital hotel igreja ilha ilhas ilhota império instituto jardim jardins jazida lago lagoa laboratório ladeira lar livraria loja lua lugar lugarejo mansão manicômio mar margem masmorra mata mausoléu mercado mesa mina minas mirante moinho mosteiro monte montanha montanhas morro muralha museu necrópole nível oásis observatório oceano oficina orfanato paço palácio pântano parada paragem parque pátio penhasco península pensão pico planalto planeta planície plataforma poço ponte porão porta portão porto posto povoado praça praia prédio prefeitura presídio prisão província quartel quarto quilombo quintal rancho recife recinto refúgio região reino represa reserva ribeira rio rochedo rota rua ruína ruínas sala salão santuário sanatório seca serra serraria sertão setor selva sítio sobrado solar subsolo subterrâneo subúrbio taberna taverna teatro templo terra terras terreiro torre travessa trilha túmulo túnel túneis universidade usina vale vila vilarejo vinhedo vulcão zona bar-café arraial roça órbita"
ITEMS = "bomba nave fragata cruzador cargueiro dirigível locomotiva galeão escuna bergantim corveta reator motor núcleo memória antídoto soro vírus fórmula receita partitura canção poema registro registo testamento sino bule pente talismã máscara taça cálice lampião mapa portulano dicionário livro drone pepita pedra joia item objeto consumível adaga agulha alaúde alavanca amuleto âncora anel apito arca arco arma armadura arpa artefato astrolábio baú bainha balança bandeira barco bastão besta bíblia boneca bota botas bracelete broche bússola cachimbo caderno caixa cajado cálice camafeu canhão capa capacete carta cartão cartas cetro chapéu chave chicote chip cinto colar concha copo coração corda coroa corrente cristal crucifixo cruz dado dados diadema diamante diário disco dispositivo documento elixir elmo escudo esfera esmeralda espada espelho estátua estatueta estojo estandarte estrela faca facão farda ferramenta fita flauta flecha foice fotografia frasco fuzil garrafa gema gravador grimório harpa ícone ídolo implante instrumento isqueiro joia lâmina lâmpada lampião lança lente livro luneta luva luvas machado maleta manto manuscrito mapa máquina martelo máscara medalha medalhão moeda módulo mosquete motor navio núcleo obra óculos olho orbe osso osso-da-sorte padrão pandeiro papel peça pedra pena pente pérola pergaminho pingente pintura pistola placa poção pó pulseira punhal quadro rádio relicário relíquia relógio revólver rifle rosário rubi sabre saco selo semente sino soro tábua tabuleta tambor talismã tapete telescópio tesouro tiara tocha tomo tridente trombeta urna vara varinha vaso vela veleiro veneno vestido véu viola violão violino submarino nave"
EVENTS = "cheia enchente concurso quermesse motim escândalo sequestro assalto apagão boda noivado carnaval secessão desabamento avalancha desaparecimento reencontro vindima colheita terramoto terremoto auto-de-fé massacre chacina auto abalo acidente acordo advento aliança aniversário apagão apocalipse armistício assalto assassinato assembleia ataque atentado avalanche baile banquete batalha batismo bênção bloqueio caça carnaval casamento catástrofe cataclismo celebração cerco cerimônia chacina chegada cheia colapso combate competição complô concílio conclave conflito congresso conquista conspiração convergência coroação corrida crime crise cruzada cúpula deserção derrota derrubada desabamento desaparecimento desastre descoberta despertar despedida dilúvio duelo eclipse eleição eleições emboscada enchente enforcamento enterro epidemia erupção êxodo expedição explosão exposição feira festa festas festival fim fuga fundação funeral golpe greve guerra incêndio incidente inauguração insurreição inundação invasão jogos jubileu julgamento levante linchamento massacre matança milagre missa morte motim nascimento naufrágio noite ocaso ofensiva pacto partida paz peregrinação peste praga procissão profecia purga quebra queda queima rapto rebelião regata resgate revolta revolução ritual romaria roubo sabotagem saque seca semana silêncio sorteio sublevação tempestade terremoto torneio traição tratado trégua tormenta velório vigília vingança"
ARCS = "idade era época ato capítulo arco ciclo saga reinado século milênio anos"
SECTIONS = {
    "npc": "vizinhos|vizinho|morador|passageiros|passageiro|clientes|cliente|capitão|capitães|inimigos|amigos|os vilões|quem é|oficiais|convidados|suspeito|comerciantes|feirantes|aldeões|equipe|a equipe|a equipa|personagem|personagens|pnj|pnjs|npc|elenco|figuras|protagonistas|gente|habitantes|moradores|tripulação|aliados|vilões|vilão|antagonistas|heróis|quem é quem|personalidades|suspeitos|testemunhas|membros|deuses|divindades|contatos|personagens não jogadores|pessoas",
    "faction": "organização|grupos|poderes|clãs|milícias|gangue|sindicatos|empresas|facção|facções|organização|organizações|grupo|guilda|ordem|clã|casa|bando|poder|poderes|sociedades|companhias|famílias|gangues|cultos|corporação|corporações|lados",
    "location": "barraca|barracas|loja|lojas|local principal|arredores|estabelecimento|estabelecimentos|planetas|estações|negócios|bairros|sítios|lugar|lugares|local|locais|localidade|localização|região|regiões|bairro|cidade|cenário|geografia|mapa|pontos de interesse|a cidade|a vila|mundo|setor|onde|planeta|salas|território|ambientes",
    "item": "objeto|o objeto|artefato|artefatos|artefacto|relíquia|relíquias|o tesouro|o artefato|objeto-chave|objeto|objetos|item|itens|artefato|tesouro|relíquia|equipamento|arma|saque|objeto mágico|itens mágicos|item mágico|espólio|espólios",
    "event": "acontecimento|antes|os fatos|fatos|os factos|batalhas|passado|evento|acontecimento|acontecimentos|cronologia|história|passado|festas|datas importantes|incidente|o que aconteceu|linha do tempo|antecedentes|eventos|festividades|histórico",
    "timeline_arc": "ato|arco|era|época|capítulos|frentes|tramas|arcos narrativos|idades",
}
LABELS = """
npc.@=: nome verdadeiro|nome real|alcunha|apelido|nome de guerra|identidade
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
faction.@serves: leal a|responde a
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
npc.occupation: o que faz|atividade|função atual|posto|faz
npc.appearance: à primeira vista|primeira impressão|rosto|presença|porte|sinais
npc.voice: tom|bordão|frase típica|como fala
npc.personality: traço|traços de personalidade|hábito|costume|humor|tique|tiques|peculiaridade|virtude|qualidade|temperamento|modos
npc.motive: objetivos|o que busca|sonho|propósito|impulso|quer mais que tudo|anseios|pretende
npc.fear: preocupação|preocupações|ponto fraco|fraquezas|pesadelo|o que teme|tem medo de|maior medo
npc.secret: em segredo|o que ninguém sabe|ninguém sabe|verdade oculta|lado oculto|jogo duplo|na realidade
npc.home: vive|moradia|base|bairro|covil|toca|reside em|morada
npc.current_location: onde encontrá-lo|onde encontrá-la|último paradeiro|visto em
npc.affiliation: equipe|equipa|clã|casa|ordem|companhia|corporação|guilda|lado|pertence a|leal a|tripulação|nave|navio|empresa|time|quadrilha
npc.@<employs: empregador|empregadora|contratado por|contratada por|pago por|paga por
npc.@mentor_of: aluno|aluna|aprendiz|discípulo|discípula|pupilo|pupila|alunos|mestre de
npc.@<mentor_of: mentor|mentora|mestre|mestra|treinado por|treinada por|aprendiz de|pupilo de|pupila de
npc.@spouse_of: esposo|esposa|marido|mulher|cônjuge|noivo|noiva|casado com|casada com|parceiro|parceira|viúva de|viúvo de
npc.@sibling_of: irmão|irmã|irmãos|gêmeo|gêmea|gémeo|gémea|irmão de|irmã de
npc.@parent_of: filho|filha|filhos|pai de|mãe de
npc.@<parent_of: pai|mãe|filho de|filha de
npc.@ally_of: amigo|amiga|cúmplice|próximo de
npc.@enemy_of: nêmesis|némesis|odeia|arqui-inimigo|adversário|adversária
npc.@seeks: procura|busca|persegue
npc.@guards: protege|guarda
npc.@leads: comanda|lidera
npc.@owns: possui
faction.leader: presidente|presidenta|diretor|diretora|comandante|capitão|capitã|patrão|mestre|porta-voz|cabeça|chefia|direção|dirigida por
faction.headquarters: capital|onde se reúnem|reúne-se em|ponto de encontro|toca|quartel|porto
faction.public_purpose: finalidade pública|versão oficial|discurso|o que diz
faction.private_agenda: objetivo oculto|objetivo real|verdadeira agenda|verdadeiro propósito|por trás|por baixo dos panos|o que quer de verdade|na realidade|objetivo verdadeiro|intenção oculta
faction.goals: plano|planos|propósito|deseja|pretende|procura
faction.resources: bens|riqueza|frota|tropas|influência|poder|força
faction.@<member_of: membros|integrantes|agentes
faction.@<founded: fundador|fundadora|fundada por|fundado por
faction.@ally_of: parceiros|amigos|aliada
faction.@enemy_of: adversários|em guerra com|alvo|alvos
location.ruler: governador|governadora|senhor|senhora|mantido por|mantida por|taberneiro|taberneira|encarregado|encarregada|donos|chefe local|manda|mandachuva|patrão|patroa|gerida por|gerido por|zelador|zeladora
location.parent: país|reino|fica|no interior de
location.known_for: atração|atrações|produtos|conhecida|conhecido|o que tem
location.danger: armadilhas|evitar|cuidado
location.hidden_details: na verdade|o que ninguém sabe|sob a superfície|mistério
item.item_type: objeto|forma|categoria|natureza
item.owner: detentor|detentora|em poder de|nas mãos de|guardião|guardiã|proprietária|quem tem
item.creator: criado por|criada por|construído por|construída por|inventor|inventora|fabricado por|fabricada por
item.location: escondida|escondido|esconderijo|onde está|guardado em|guardada em|fica
item.properties: poder|poderes|efeito|efeitos|o que faz|uso|função|habilidade
item.history: história|passado|proveniência
event.causes: por que|origem|estopim
event.consequences: saldo|o que deixou|sequelas
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
STOP = """antigo antiga ex falecido o a os as um uma uns umas ao à aos às do da dos das de no na nos nas em com sem para por pelo pela entre sobre sob até desde e ou mas nem se não sim que quem qual quais quando onde como porque embora enquanto então logo depois antes também além assim já muito mais menos todo toda todos todas cada algum alguma algo alguém ninguém nada nenhum nenhuma outro outra outros outras este esta estes estas esse essa esses essas aquele aquela isto isso ele ela eles elas eu tu você vocês nós me te lhe seu sua seus suas meu minha nosso nossa
claro aqui olá obrigado obrigada bem talvez nunca sempre jamais hoje ontem amanhã é são era eram foi está estão
havia há tem têm pode podem quer querem diz faz segunda terça quarta quinta sexta sábado domingo janeiro fevereiro
março abril maio junho julho agosto setembro outubro novembro dezembro pnj npc mestre
dois duas três quatro cinco seis sete oito nove dez cem mil teme vive serve trabalha cheira liderado liderada dirigido dirigida fundado fundada escondido escondida situado situada conhecido conhecida querido querida caro cara durante usa fala mora perigo"""
DETS = "o a os as um uma uns umas este esta esse essa aquele aquela seu sua seus suas meu minha nosso nossa"
DEFINITE = "o a os as do da dos das no na ao à pelo pela"
CLITICS = "a o os as"
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
POSSESSIVE = "seu sua seus suas dele dela deles delas"
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
leads: ~liderar ~comandar ~chefiar ~gerenciar ~presidir gere geriu à-frente-de no-comando-de à-cabeça-de dirige dirigem dirigida
rules: ~governar ~controlar ~administrar ~dominar manda-em mandam-em reina-em
founded: ~fundar ~criar estabelecida
member_of: ~pertencer-a membro-de parte-de faz-parte-de fazem-parte-de juntou-se-a entrou-para ingressou-em filiado-a filiada-a integra ~representar
serves: ~servir ~obedecer-a ~trabalhar-para ~espionar-para espia-para espiam-para ~informar leal-a leais-a fiel-a responde-a presta-contas-a a-serviço-de ao-serviço-de a-soldo-de às-ordens-de recebe-ordens-de
employs: ~empregar ~contratar ~pagar ~subornar ~recrutar
owns: ~possuir ~herdar possui detém dono-de dona-de em-poder-de nas-mãos-de propriedade-de ~guardar-consigo
created: ~criar ~forjar ~fabricar ~inventar ~esculpir ~pintar ~desenhar ~projetar ~montar construiu construído construída escreveu compôs fez feito-por feita-por
wields: ~empunhar brande pilota usa
seeks: ~procurar ~buscar ~perseguir ~cobiçar ~rastrear ~caçar à-procura-de em-busca-de atrás-de quer-recuperar quer-roubar
guards: ~guardar ~proteger ~vigiar ~defender zela-por toma-conta-de ~abrigar ~acolher
fears: ~temer medo-de foge-de apavorado-com apavorada-com tem-medo-de teme-a
loves: ~amar ~adorar apaixonado-por apaixonada-por enamorado-de
owes: ~dever deve-dinheiro-a em-dívida-com tem-dívidas-com deve-a devem-a
enemy_of: ~odiar ~desprezar ~trair ~matar ~assassinar ~ameaçar ~chantagear ~detestar inimigo-de inimiga-de inimigos-de jurou-vingar-se-de quer-matar quer-destruir jurou-matar conspira-contra trama-contra ~combater ~derrubar depor ~arruinar ~envenenar traiu
rival_of: ~rivalizar-com ~competir-com ~disputar rival-de rivais-de inveja ciumento-de ciumenta-de
ally_of: aliado-de aliada-de aliados-de aliou-se-a aliado-a aliada-a amigo-de amiga-de cúmplice-de ajuda confia-em aliado-com
at_war_with: em-guerra-com em-guerra-contra em-guerra
trades_with: ~negociar-com ~comercializar-com ~comerciar-com vende-a vende-para vendem-a vendem-para compra-de
spouse_of: casado-com casada-com casou-com casou-se-com noivo-de noiva-de prometida-a prometido-a
mentor_of: ~ensinar ~treinar ~instruir ~formar ensinou
<mentor_of: aluno-de aluna-de discípulo-de discípula-de aprendiz-de pupilo-de pupila-de treinado-por treinada-por
located_in: fica-em situa-se-em ergue-se-em encontra-se-em está-em atracado-em atracada-em com-sede-em tem-sede-em sediado-em sediada-em instalado-em instalada-em sede-em
hidden_in: ~esconder ~ocultar ~enterrar escondida-em oculto-em oculta-em refugiado-em refugiada-em vive-escondido-em vive-escondida-em
lives_in: ~viver ~morar ~habitar ~residir ~dormir hospedado-em hospedada-em mora-em
works_at: ~trabalhar-em atende-em canta-em cozinha-em toca-em
born_in: nasceu-em nascido-em nascida-em
died_in: morreu-em morreram-em morto-em morta-em caiu-em
participated_in: ~lutar-em ~participar-de combateu-em
caused_by: ~causar-por ~provocar-por
<caused_by: ~causar ~provocar ~desencadear
serves: às-ordens-de sob-as-ordens-de sob-o-comando-de a-mando-de lealdade-a recebe-dinheiro-de recebem-dinheiro-de é-pago-por é-paga-por passa-informações-para passa-informações-a fornece-informações-a
fears: pavor-de
loves: amor-por caso-com sentimentos-por ~idolatrar ~venerar ~namorar namora-com dorme-com
owes: dívida-com uma-dívida-com
enemy_of: ódio-por ódio-a rancor-de rancor-contra vingança-contra ~sabotar ~espionar ~desconfiar-de ~culpar
rival_of: rivalidade-com rixa-com disputa-com conflito-com briga-com
ally_of: aliança-com pacto-com tratado-com amizade-com trégua-com acordo-com em-bons-termos-com ~apoiar
at_war_with: guerra-contra declarou-guerra-a
lives_in: baseado-em baseada-em
<caused_by: responsável-por
"""
BETWEEN = """
at_war_with: guerra hostilidades
rival_of: rixa rivalidade disputa tensão tensões concorrência contenda
enemy_of: ódio vendeta inimizade
ally_of: aliança pacto tratado amizade trégua acordo
trades_with: comércio
spouse_of: casamento
"""

NOUNS = """
serves: chanceler bobo ama-de-leite
<located_in: sede covil base quartel ninho esconderijo
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
leads: porta-voz almirante cabeça patrão patroa mestre mestra chefia chefona responsável
rules: xerife intendente prefeito coronel senhor cacique almotacé vice-rei
located_in: bairro distrito vila aldeia porto capital cidade ilha lua povoado arraial
lives_in: habitante morador moradora vizinho vizinha residente inquilino inquilina
serves: mordomo cozinheiro cozinheira secretário secretária guarda capanga jagunço motorista escudeiro confessor mensageiro mensageira representante ajudante assistente advogado advogada informante capataz criada criado espia lugar-tenente tenente
works_at: pároco padre enfermeira enfermeiro garçom garçonete cozinheira cozinheiro bibliotecária bibliotecário professora professor barqueiro cirurgiã cirurgião cantora porteira porteiro padeira padeiro ferreiro ferreira sacristão coveiro vigário médica médico
member_of: monge freira cavaleiro agente soldado espião espiã recruta pistoleiro
spouse_of: noivo noiva namorado namorada companheiro companheira
sibling_of: irmãos irmãs gémeo gémea
<parent_of: filhos filhas primogênito primogénito herdeiro herdeira
mentor_of: instrutor instrutora tutor tutora
ally_of: cúmplice sócio sócia confidente parceiro parceira
enemy_of: nêmesis némesis adversário adversária
trades_with: cliente fornecedor fornecedora
"""
