"""Spanish words: kinds, labels, verbs, pronouns."""

# ruff: noqa: E501

ROLES = """
prometido prometida novio novia corredor corredora ingeniera ingeniero cirujana cirujano jubilada jubilado hacker pirata netrunner matasanos fixer portavoz corsaria corsario panadera panadero pastelera quesero cartera cartero boticaria alguacil pistolero pistolera vaquero vaquera predicador predicadora forajida forajido buscador astronauta piloto navegante superhéroe superheroína justiciero vigilante
abad abadesa abogado abogada actor actriz acólito acólita administrador administradora adivino adivina agente
aguador alcalde alcaldesa alcaide alguacil alquimista almirante ama amo anciano anciana anticuario aprendiz
aprendiza archivista archivero archivera armero armera arqueólogo arqueóloga arquero arquera arquitecto arquitecta
arzobispo artesano artesana artista asesino asesina asistente astrólogo astróloga astrónomo astrónoma astronauta
ayudante bailarín bailarina bandido bandida bandolero bandolera banquero banquera barbero bardo barón baronesa
barquero barquera bibliotecario bibliotecaria boticario boticaria boxeador bruja brujo buscavidas caballero
caballera cabecilla cabo camarera camarero campesino campesina canciller canónigo cantante cantinero cantinera
capataz capellán capitán capitana capo cardenal carnicero carpintero carretero carcelero carcelera cartero cartera
cartógrafo cartógrafa catedrático cazador cazadora cazarrecompensas cerrajero cerrajera chamán charlatán chatarrero
chatarrera cirujano cirujana clérigo cocinero cocinera cochero comandante comediante comerciante comisario comisaria
compositor conde condesa conductor conductora consejero consejera conserje consorte contable contrabandista
contramaestre coronel corregidor corregidora corsario corsaria cortesano cortesana costurera criado criada criminal
cronista cultista cura curandero curandera custodio custodia dama decano decana delegado delegada desertor detective
diablero diácono diplomático diplomática directora director discípulo discípula doctor doctora domador don doncella
druida druidesa dueña dueño duque duquesa embajador embajadora embaucador emisario emisaria emperador emperatriz
empresario empresaria encargado encargada enfermera enfermero erudito erudita ermitaño ermitaña escribano escribana
escriba escritor escritora escudero esclavo esclava espía esposa esposo estafador estafadora estudiante exorcista
explorador exploradora falsificador falsificadora farero farera farmacéutico ferroviario fiscal forajido forajida
forastero forense fotógrafo fotógrafa fraile fugitivo fugitiva fundador fundadora ganadero general gerente
gobernador gobernadora granjero granjera guarda guardabosques guardaespaldas guardia guardián guardiana guerrero
guerrera guía hacker hacendado hechicero hechicera heraldo heredera heredero herrero herrera hermano hermana hija
hijo historiador historiadora hombre huérfano huérfana infante infanta informante ingeniera ingeniero inquisidor
inquisidora inspector inspectora institutriz inventor inventora investigador investigadora jardinero jardinera jefa
jefe jinete joven joyero joyera juez jueza jinete justicia ladrón ladrona lavandera leñador líder librero librera
loba lugarteniente madre maestra maestro mago maga mariscal marinera marinero marqués marquesa marido matón
mayordomo mecánica mecánico médica médico médium mendigo mendiga mensajera mensajero mercader mercenaria mercenario
mesera mesonero mesonera minera minero ministra ministro molinero molinera monja monje mujer músico música nadadora
navegante nigromante niña niño niñera noble notario novicio novicia obispo obrera obrero oficial operador oráculo
orfebre padre paladín panadero panadera párroco partera pastor pastora patriarca patrón patrona peregrino peregrina
periodista pescador pescadora pícaro pícara piloto pintor pintora pirata pistolero pistolera platero poeta poetisa
policía político portera portero posadera posadero prefecto prestamista prestidigitador presidenta presidente prima
primo princesa príncipe prior priora prisionera prisionero profesor profesora profeta profetisa programador
programadora propietaria propietario psicóloga psicólogo quiromante ranchero ranchera rebelde recluta rector rectora
regente regidor reina relojera relojero reo reportera reportero rey sabia sabio sacerdote sacerdotisa sacristán
sanadora sanador santera sargento sargenta sastre secretaria secretario señor señora senadora senador sepulturero
sepulturera sheriff siervo sirvienta sirviente sobrina sobrino socia socio soldado sombrerero superviviente
tabernera tabernero tahúr tejedora tejedor tendera tendero teniente tesorera tesorero testigo tía tío timador tirano
titiritero tonelero traficante traidor traidora tripulante tutor vagabundo vampiresa vaquero vaquera vendedor
vendedora verdugo veterana veterano viajera viajero vicaria vicario vidente vieja viejo vigía vigilante virrey viuda
viudo vizconde zapatero antagonista protagonista villano villana enemigo enemiga aliada aliado archienemigo
hermanastro hermanastra gemela gemelo nieta nieto abuela abuelo suegra capitán-general
"""
SPECIES = "humana humano elfa elfo semielfa semielfo enana enano mediana mediano gnomo gnoma orco orca semiorco semiorca trasgo goblin tiefling dracónido dracónida vampiro vampira licántropo hombre-lobo fantasma espectro lich esqueleto zombi momia demonio demonia diablo ángel hada genio gólem androide robot cíborg clon mutante alienígena dragón sirena sátiro centauro minotauro trol ogro gigante cambiante espíritu ia zorro lobo oso gato ratón rata cuervo búho rana autómata aparecido aparecida súcubo íncubo necrófago"
TITLES = "almirante maestre canciller fray sor duque duquesa emperador emperatriz alguacil corsario capitán capitana comandante general coronel teniente sargento sargenta cabo almirante rey reina príncipe princesa duque duquesa conde condesa barón baronesa vizconde vizcondesa marqués marquesa don doña señor señora sr sra srta dr dra doctor doctora profesor profesora padre madre fray sor hermano hermana abad abadesa obispo cardenal arzobispo monseñor san santo santa juez jueza alcalde alcaldesa inspector inspectora comisario comisaria presidente presidenta ministro ministra gobernador gobernadora tío tía viejo vieja maestro maestra sir lady lord regente corregidor corregidora sheriff emperador emperatriz agente detective capataz"
SOFT_TITLES = "viejo vieja general maestro maestra"
ORGS = "multinacional conglomerado mutual cooperativa corporación célula escuadra comando logia insurgentes rebeldes contrabandistas triada cofradía cabildo junta consejo academia agencia alianza armada asamblea asociación banda bandidos banco brigada cábala capítulo cartel cártel casa círculo clan club cofradía colectivo colegio comité compañía compañia cónclave concejo concilio confederación congregación conglomerado consejo consorcio consulado corporación corte culto departamento dinastía ejército empresa equipo escuadra escuadrón familia federación flota fraternidad frente fundación gobierno gremio grupo guardia guarnición hermandad horda iglesia inquisición instituto junta legión liga logia mafia megacorporación milicia ministerio movimiento naviera orden organización parlamento partido patrulla piratas policía pueblo rebeldes rebelión red regimiento resistencia secta sindicato sociedad tribu tribunal tripulación unión universidad contrabandistas ladrones carteristas supervivientes cultistas mercenarios forajidos aquelarre cuadrilla ferrocarril"
PLACES = "arcología megaciudad rascacielos malecón muelle ensenada taberna cantina bodega ermita caserío cortijo hacienda rancho quebrada mesa cañón paramo páramo azotea callejón chabola barriada favela cúpula anillo hangar astillero dársena faro mercado zoco plaza convento parroquia abadía academia acantilado acantilados aduana aeropuerto albergue alcantarillas alcázar aldea almacén almenara altar altiplano anfiteatro apartamento archipiélago archivo arena arrabal arsenal asentamiento asilo astillero astropuerto atalaya ático avenida ayuntamiento bahía balneario banco baños bar barranco barriada barrio basílica bastión baúl biblioteca bodega bosque bosques botica búnker burdel cabaña cabaret cabo café cala calabozo callejón calle camino campamento campanario campo campos canal cantera cañón cantina capilla capital carpa cárcel carretera casa caserío casino castillo catacumbas catedral caverna cementerio central choza ciénaga cine circo cisterna ciudad ciudadela claro clínica colina colmena colonia comarca comisaría condado convento coliseo cordillera corte cortijo cráter cripta cruce cubierta cueva cúpula delta desfiladero desierto despacho destilería distrito ducado duna dunas embajada emporio enclave ensenada ermita escuela estación estadio establo estancia estanque estrecho estudio fábrica farmacia faro feudo finca fiordo fonda foro fortaleza fortín foso fragua frontera fuente fuerte galería garaje garito garganta glaciar golfo granero granja grieta gruta guarida guarnición hacienda hangar herrería hospedería hospital hostal hotel huerta iglesia imperio ingenio instituto invernadero isla islas islote istmo jardín jardines jungla laberinto laboratorio lago laguna librería llanura local lonja lugar luna manantial manicomio mansión mar marisma mausoleo mazmorra mercado meseta mesón mezquita mina minas mirador molino monasterio montaña montañas monte montes morgue muelle muelles muralla museo necrópolis nivel oasis observatorio océano oficina orfanato páramo palacio panadería pantano parque pasadizo pasaje paso patio península pensión pico piso plantación planeta planicie plataforma playa plaza poblado posada pozo pradera prado presa presidio prisión prostíbulo provincia pueblo puente puerta puerto puesto quebrada rancho recinto refugio región reino ribera río risco ruina ruinas ruta sala salón saloon sanatorio santuario sector selva sendero serrería sierra sistema sótano suburbio subterráneo taberna taller teatro templo tienda tierra tierras torre torreón travesía tumba túnel túneles universidad valle vertedero villa villorrio volcán yacimiento zona recoveco reserva hospicio"
ITEMS = "bomba nave fragata crucero carguero dirigible locomotora galeón goleta bergantín corbeta reactor motor núcleo memoria antídoto suero virus fórmula receta partitura canción poema registro testamento campana tetera peine talismán máscara copa cáliz farol objeto consumible ábaco aguja alfombra amuleto ancla anillo antorcha arca arco arma armadura arpa artefacto autómata azada bálsamo ballesta bandera barco báculo bastón batuta baúl bolsa bota botas botella brazalete broche brújula cáliz caja camafeo campana candado capa carta cartera casco catalejo cerradura cetro chaleco cinta cinturón cítara clavicordio cofre colgante collar códice copa corona cristal cruz cuaderno cuchillo cuerda cuerno daga dado dados diadema diamante diario dispositivo disco documento elixir escudo esfera esmeralda espada espejo estandarte estatua estatuilla estuche estoque figurilla flauta flecha frasco fusil gafas gema grimorio guante guantes guitarra hacha hoja horno icono ídolo implante joya lágrima lámpara lanza látigo laúd lente libro linterna llave lupa llavero maletín mandoble manto mapa máquina marca martillo máscara matraz medalla medallón meteorito microchip moneda módulo mosquete muñeca naipe nave navaja núcleo ocarina ojo orbe órgano pandero pañuelo pasaporte pedestal peine perla pergamino piedra pincel pipa pistola placa pluma poción polvo porra prisma puñal quinqué reliquia reloj relicario revólver rifle rosario rubí sable saco sello semilla silbato silla sombrero suero tabla tablilla talismán tambor tarot tarro taza telescopio tesoro tiara tomo trompeta tridente vara varita vasija vela velo veneno vestido vial violín yelmo zafiro zapatos obra retrato cuadro fotografía cassette barca galeón submarino"
EVENTS = "marea riada crecida concurso feria motín escándalo secuestro atraco apagón boda compromiso carnaval secesión derrumbe alud desaparición reencuentro vendimia cosecha redada accidente acuerdo advenimiento alianza alzamiento ambush aniversario apagón apocalipsis armisticio asalto asamblea ascenso asedio asesinato ataque atentado atraco avalancha baile banquete batalla bautizo bendición boda bombardeo caída campaña caza carnaval carrera carreras catástrofe cataclismo celebración ceremonia cerco colapso combate complot concilio cónclave conflicto congreso conjura conquista conspiración convergencia coronación crisis crimen cruzada cumbre derrota derrumbe desaparición desastre descubrimiento despertar destierro diluvio duelo eclipse ejecución elección elecciones emboscada entierro epidemia erupción éxodo expedición explosión expolio exposición feria festival fiesta fiestas fuga fundación funeral fusilamiento gala golpe guerra hambruna helada huelga hundimiento huracán incendio incidente inauguración inundación insurrección invasión invierno jornada jubileo juegos juicio levantamiento linchamiento llegada masacre matanza milagro misa motín muerte nacimiento naufragio noche ocaso ofensiva pacto partida paz peregrinación peste plaga procesión proceso profecía purga quema rapto rebelión regata rendición revolución revuelta riada ritual robo sabotaje saqueo semana sequía silencio sitio sorteo sublevación subasta tempestad terremoto temporada torneo tormenta traición tratado tregua tumulto velada vendimia verbena vigilia"
ARCS = "edad era época acto capítulo arco ciclo saga reinado siglo milenio años"
SECTIONS = {
    "npc": "personaje|personajes|pnj|pnjs|gente|vecinos|vecino|habitante|tripulación|contactos|contacto|enemigos|amigos|pasajeros|sospechoso|aliados|protagonistas|quién es quién|los villanos|miembros|clientes|habitantes|personaje|pnj|pnjs|personajes no jugadores|reparto|figuras|protagonistas|gente|habitantes|vecinos|tripulación|aliados|villanos|villano|antagonistas|héroes|quién es quién|personalidades|sospechosos|testigos|miembros|dioses|deidades|contactos|elenco|la gente",
    "faction": "facción|facciones|organización|organizaciones|bandas|banda|gremios|familias|poderes|corporaciones|grupos|facción|facciones|organización|organizaciones|grupo|gremio|orden|clan|casa|banda|poder|poderes|bandos|sociedades|compañías|familias|pandillas|cultos|corporación|corporaciones",
    "location": "lugar|lugares|local|locales|barrio|barrios|sitios|sitio|puesto|puestos|alrededores|negocios|distritos|distrito|lugar|lugares|sitio|localización|localizaciones|ubicación|ubicaciones|región|regiones|barrio|ciudad|escenario|geografía|mapa|puntos de interés|la ciudad|el pueblo|mundo|sector|dónde|planeta|salas|habitaciones|territorio",
    "item": "objeto|objetos|artefacto|artefactos|reliquia|reliquias|tesoro|el objeto|botín|objeto|objetos|artefacto|tesoro|reliquia|equipo|arma|botín|objetos mágicos|objeto mágico|objeto clave|el botín|objeto emblemático",
    "event": "suceso|sucesos|acontecimiento|acontecimientos|historia|cronología|antecedentes|pasado|evento|acontecimiento|suceso|cronología|historia|pasado|fiestas|fechas clave|incidente|incidentes|lo que pasó|línea temporal|antecedentes|sucesos",
    "timeline_arc": "acto|arco|era|época|capítulos|frentes|tramas|arcos argumentales|edades",
}
LABELS = """
npc.@=: nombre real|verdadero nombre|alias|apodo|nombre en clave|identidad
npc.role: rol|papel|función|quién es|arquetipo|puesto
npc.title: título
npc.species: especie|raza|pueblo|ascendencia|linaje
npc.pronouns: pronombres|pronombre|género
npc.age: edad
npc.birth: nacimiento|nació|fecha de nacimiento
npc.death: muerte|murió
npc.life_status: estado
npc.occupation: oficio|profesión|ocupación|trabajo|empleo|cargo
npc.appearance: apariencia|aspecto|físico|descripción|rasgos|rasgo distintivo|señas
npc.voice: voz|forma de hablar|habla|acento|manera de hablar
npc.personality: personalidad|carácter|temperamento|manía|manías|actitud|defecto|comportamiento
npc.motive: lo que quiere|qué quiere|motivación|quiere|deseo|objetivo|meta|ambición|busca|lo que quiere|motivo|anhelo|desea|necesita
npc.fear: miedo|miedos|teme|temor|fobia|temores|debilidad
npc.secret: lo que oculta|qué oculta|lo que esconde|qué esconde|secreto|secretos|oculta|esconde|la verdad|verdad|mentira|en realidad|lo que oculta
npc.home: hogar|vive en|residencia|casa|domicilio|vive
npc.current_location: lugar|ubicación|dónde|se encuentra|paradero|dónde está|localización
npc.affiliation: afiliación|facción|lealtad|organización|miembro de|grupo|banda|bando|trabaja para
npc.@ally_of: aliados|aliado|amigos|aliada
npc.@rival_of: rival|rivales
npc.@enemy_of: enemigo|enemigos|enemiga
npc.@loves: ama|amor
npc.@owes: debe|deuda
npc.@serves: sirve a|jefe|patrón
npc.@wields: arma|empuña
faction.faction_type: tipo|clase|naturaleza
faction.motto: lema|consigna|divisa|credo
faction.public_purpose: propósito público|fachada|en público|públicamente|objetivo público|cara pública|misión|oficialmente|tapadera
faction.private_agenda: agenda oculta|objetivo secreto|en secreto|secreto|plan oculto|verdadero objetivo|agenda secreta|en realidad|agenda privada|plan secreto
faction.leader: líder|jefe|jefa|dirigente|liderado por|liderada por|dirigido por|dirigida por|al mando|cabecilla|liderazgo|mando|cabeza
faction.headquarters: sede|cuartel general|base|guarida|cuartel|escondite
faction.territory: territorio|controla|zona|área de influencia|domina
faction.goals: objetivo|objetivos|meta|metas|quiere|quieren|busca|buscan
faction.resources: recursos|medios|fuerzas|efectivos|activos|miembros
faction.status: estado|situación
faction.founded: fundación|fundada|fundado|origen|fundada en
faction.@<member_of: miembros destacados|miembros clave
faction.@ally_of: aliados|aliado|alianzas
faction.@rival_of: rivales|rival|competencia
faction.@enemy_of: enemigos|enemigo|enemiga
faction.@serves: leal a|responde a
location.location_type: tipo|clase
location.parent: región|situado en|situada en|ubicación|está en|ciudad|barrio|zona|dónde
location.climate: clima|tiempo
location.population: población|habitantes
location.ruler: gobernante|gobierna|regentado por|regentada por|dueño|dueña|gobernado por|gobernada por|autoridad|alcalde|alcaldesa|encargado|encargada|regente|dirigido por|lo lleva|la lleva|propietario|propietaria|responsable
location.known_for: conocido por|conocida por|famoso por|famosa por|fama|especialidad|reputación|destaca por
location.danger: peligro|peligros|riesgo|riesgos|amenaza|amenazas
location.sensory: ambiente|olor|olores|sonidos|sonido|atmósfera|sentidos|detalles sensoriales|sensaciones
location.services: servicios|servicio|ofrece|vende|se ofrece|venden
location.hidden_details: secreto|detalle oculto|detalles ocultos|oculto|secretos|lo oculto|qué esconde|escondido|verdad
location.status: estado|situación
event.event_type: tipo
event.start: fecha|cuándo|inicio|año|día|momento
event.end: fin|final
event.location: lugar|dónde
event.participants: participantes|implicados|quién|quiénes|involucrados|presentes
event.causes: causa|causas|motivo|desencadenante|por qué
event.consequences: consecuencia|consecuencias|resultado|efectos|secuelas|saldo
timeline_arc.stakes: lo que está en juego|en juego|apuesta
timeline_arc.start: inicio
timeline_arc.end: fin
timeline_arc.state: estado
item.item_type: tipo|clase
item.rarity: rareza
item.attunement: sintonización|vinculación
item.value: valor|precio|coste
item.creator: creador|creadora|forjado por|forjada por|autor|artesano|obra de|fabricante|hecho por
item.owner: dueño|dueña|propietario|portador|portadora|poseedor|en manos de|pertenece a
item.location: lugar|ubicación|dónde|se encuentra|escondido en|escondida en|paradero
item.properties: propiedades|poder|poderes|efecto|efectos|propiedad|capacidades
item.history: historia|origen|pasado
item.secret: secreto|trampa|verdad
npc.occupation: qué hace|lo que hace|actividad|puesto|cargo|a qué se dedica
npc.appearance: a primera vista|primera impresión|rostro|presencia|señas|rasgos físicos
npc.voice: tono|muletilla|frase típica|cómo habla
npc.personality: rasgo|rasgos|hábito|costumbre|humor|tic|peculiaridad|virtud|actitud
npc.motive: quiere|busca|anhelo|meta|objetivos|propósito|qué busca|impulso|desea|sueño
npc.fear: temores|preocupación|miedo secreto|punto débil|debilidad|le teme a|qué teme
npc.secret: en realidad|lo que oculta|nadie sabe|verdad oculta|en secreto|doble juego
npc.home: vive|vivienda|base|barrio|guarida|reside en
npc.current_location: dónde encontrarlo|dónde encontrarla|paradero|se le encuentra
npc.affiliation: equipo|clan|banda|casa|orden|compañía|corporación|gremio|bando|pertenece a|leal a|tripulación|barco|empresa
npc.@<employs: empleador|contratado por|contratada por|patrón|jefe
npc.@mentor_of: alumno|alumna|aprendiz|discípulo|discípula|pupilo|pupila
npc.@<mentor_of: mentor|maestro|maestra|entrenado por|entrenada por
npc.@spouse_of: esposo|esposa|marido|mujer|cónyuge|prometido|prometida|pareja|casado con|casada con|viuda de
npc.@sibling_of: hermano|hermana|hermanos|gemelo|gemela|hermano de|hermana de
npc.@parent_of: hijo|hija|hijos|padre de|madre de
npc.@<parent_of: padre|madre|hijo de|hija de
npc.@ally_of: amigo|amiga|aliada|cómplice
npc.@enemy_of: némesis|odia|archienemigo|adversario
npc.@seeks: busca a|persigue|quiere encontrar
faction.leader: presidenta|presidente|director|directora|comandante|capitán|capitana|patrón|mando|jefa|cabecilla|maestre
faction.headquarters: guarida|capital|se reúnen en|puerto base|domicilio social
faction.public_purpose: tapadera|versión oficial|de cara al público|rostro público
faction.private_agenda: objetivo oculto|objetivo real|verdadero fin|en realidad|propósito oculto|lo que quieren de verdad
faction.goals: plan|planes|propósito|demandas|desea
faction.resources: bienes|riqueza|flota|tropas|influencia|poder
faction.@<member_of: miembros|integrantes
faction.@<founded: fundador|fundadora|fundado por|fundada por
faction.@ally_of: aliadas|socios|amigos
faction.@enemy_of: enemiga|adversarios|en guerra con|objetivo a batir
location.ruler: gobernador|gobernadora|señor|señora|regentado por|regentada por|tabernero|tabernera|posadero|jefe local|manda|patrona|patrón|dueños|encargado|encargada
location.parent: dónde|se encuentra en|país|ubicación|reino
location.known_for: atractivo|productos|destaca por|lo típico
location.danger: trampas|evitar
location.hidden_details: en realidad|lo que nadie sabe|bajo la superficie|misterio
item.item_type: objeto|forma|categoría
item.owner: poseedor|en poder de|en manos de|guardián|propietaria|lo tiene|la tiene
item.creator: hecho por|hecha por|construido por|construida por|creado por|creada por|inventor
item.location: escondido|escondida|dónde está|se guarda en
item.properties: poder|poderes|efecto|efectos|propiedad|qué hace|uso|función
item.history: historia|pasado|procedencia
event.causes: por qué|desencadenante|origen
event.consequences: secuelas|saldo|qué dejó
blueprint.title: título|nombre|título de la campaña
blueprint.tagline: lema|eslogan|gancho|frase|subtítulo
blueprint.premise: premisa|idea|concepto|sinopsis|resumen|la idea|planteamiento|punto de partida|propuesta
blueprint.game_system: sistema|juego|reglas|sistema de juego|reglamento
blueprint.genres: género|géneros
blueprint.themes: tema|temas|temática
blueprint.tone: tono|ambiente|atmósfera
blueprint.pillars: pilar|pilares
blueprint.play_style: estilo de juego|estilo|juego
blueprint.scope: formato|alcance|escala
blueprint.session_count: duración|sesiones|número de sesiones
blueprint.party_levels: niveles|nivel|nivel de los personajes
blueprint.starting_region: región inicial|lugar de inicio|comienzo|región de inicio|inicio|punto de partida|ambientación
blueprint.signature_faction: facción principal|facción emblemática|facción clave
blueprint.antagonists: antagonista|antagonistas|villano|villana|enemigo principal|adversario
blueprint.threat_horizon: amenaza|horizonte de amenaza|escalada
blueprint.safety_tools: seguridad|herramientas de seguridad|herramientas
blueprint.content_warnings: advertencias|advertencias de contenido|advertencia|avisos|contenido sensible|límites|líneas|velos|avisos de contenido|aviso de contenido
blueprint.structure: estructura|desarrollo
seed.subject: sujeto|motivo|escena|tema
seed.style: estilo|técnica|estilo artístico
seed.mood: ambiente|atmósfera|ánimo
seed.lighting: iluminación|luz
seed.composition: composición|encuadre|plano|ángulo|vista
seed.palette: paleta|colores|color|tonos
seed.negative: negativo|evitar|sin|excluir|prompt negativo
seed.@prose: prompt|imagen|idea de imagen|ilustración|idea para la imagen|prompt de imagen|arte
seed.use_case: uso|utilización
"""
NEUTRAL = "resumen|descripción|notas|notas del director|notas para el director|introducción|ganchos|tramas|rumores|reglas|secretos|opciones|escena|sesión cero|contexto|detalles|conclusión|para leer en voz alta|para el máster|relaciones|vínculos|en breve|la verdad|carta|documento|ahora|hoy|nota|atención|consejo|respuesta|pregunta|título|nombre|información|el problema"
STOP = """antiguo antigua ex difunto el la los las un una unos unas lo al del de a en con sin para por entre sobre tras desde hasta hacia según y o u pero mas ni si no sí que quien quién quienes cual cuál cuando cuándo donde dónde como cómo porque aunque mientras entonces luego después antes también además así ya muy más menos todo toda todos todas cada algún alguna algo alguien nadie nada ninguno ninguna otro otra otros otras este esta estos estas ese esa esos esas aquel aquella él ella ellos ellas yo tú usted nosotros me te se nos su sus mi mis tu tus nuestro nuestra
claro aquí hola gracias bueno bien vale quizá quizás nunca siempre jamás hoy ayer mañana es son era eran fue está
están había hay ha han tiene tienen puede pueden quiere quieren dice hace lunes martes miércoles jueves viernes
sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre pj pnj dj
máster director
uno dos tres cuatro cinco seis siete ocho nueve diez cien mil teme vive sirve trabaja huele liderado liderada dirigido dirigida fundado fundada escondido escondida situado situada conocido conocida querido querida estimado estimada sucede ocurre durante"""
DETS = "el la los las un una unos unas lo este esta ese esa aquel aquella su sus mi tu nuestro nuestra"
DEFINITE = "el la los las del al"
CLITICS = "la lo los las le les"
OF = "de del"
BY = "por"
PLACE_PREPS = "en a al desde hacia hasta bajo sobre tras junto cerca dentro fuera"
INSIDE = "en bajo sobre tras dentro"
PRONOUNS = {"she/her": "ella", "he/him": "él", "any": "su sus", "they/them": "ellos ellas"}
SHOWN = {"she/her": "ella", "he/him": "él"}
SUBJECT = "ella él ellos ellas quien que"
POSSESSIVE = "su sus"
OBJECT = "lo la"
VERBS = """
leads: lidera lideran liderado liderada lideró dirige dirigen dirigido dirigida dirigió encabeza encabezada encabezado comanda comandado comandada capitanea preside presidido manda
rules: gobierna gobernado gobernada gobernó rige regido regida controla controlado controlada administra
founded: fundó fundado fundada fundadas fundaron creó estableció
member_of: pertenece-a pertenecen-a se-unió-a ingresó-en forma-parte-de miembro-de
serves: responde-a responde-ante leal-a leal-al recibe-órdenes-de sirve-a sirve servía sirvió obedece-a trabaja-para trabajan-para trabajaba-para espía-para informa-a
sworn_to: juró jurado prometió
employs: emplea contrata contrató paga-a
owns: posee poseía tiene-en-su-poder heredó compró custodia
created: creó creado creada forjó forjado forjada fabricó fabricado fabricada construyó construido construida hizo pintó pintado pintada escribió escrito escrita talló tallado diseñó diseñado inventó inventado compuso
wields: empuña blande
seeks: busca buscan persigue ansía codicia rastrea
guards: guarda guardan protege protegen protegido protegida vigila vigilado vigilada vigilan custodia custodiado custodiada defiende
fears: teme temen teme-a temen-a miedo-a miedo-de teme-al miedo-al
loves: ama aman ama-a adora enamorado-de enamorada-de
owes: debe deben adeuda
enemy_of: odia odian odia-a enfrentado-a enfrentada-a se-opone-a enemigo-de enemiga-de enemigos-de traicionó
rival_of: rivaliza-con compite-con rival-de rivales-de
ally_of: aliado-de aliada-de aliados-de alió-con amigo-de amiga-de aliada-con aliado-con
at_war_with: en-guerra-con guerra-con
trades_with: comercia-con comercian-con comerciaba-con
spouse_of: casado-con casada-con casó-con esposo-de
mentor_of: enseñó entrenó instruyó formó crió
located_in: está-en situado-en situada-en ubicado-en ubicada-en yace-en se-alza-en se-encuentra-en se-guarda-en guardado-en guardada-en descansa-en se-levanta-en
hidden_in: escondido escondida ocultos oculto oculta se-esconde se-oculta enterrado enterrada esconden
lives_in: vive viven habita reside mora duerme se-aloja
works_at: trabaja-en atiende regenta
born_in: nació-en nacido-en nacida-en
died_in: murió-en muerto-en murió
participated_in: participó-en luchó-en sobrevivió-a
happened_at: ocurrió-en sucedió-en tuvo-lugar-en se-celebra-en llega-a se-celebró-en
caused_by: causado-por causada-por provocado-por provocada-por
<caused_by: causó provocó desató desencadenó
precedes: precedió precede
<precedes: siguió sigue
leads: ~liderar ~encabezar ~comandar ~capitanear ~presidir al-frente-de a-la-cabeza-de al-mando-de dirige dirigen dirigió dirigido dirigida
rules: ~gobernar ~controlar ~administrar ~dominar manda-en mandan-en reina-en
founded: ~fundar ~crear establecida establecido
member_of: ~pertenecer-a miembro-de parte-de se-unió-a unido-a afiliado-a afiliada-a integra milita-en ~representar
serves: sirve-a sirven-a ~obedecer-a ~trabajar-para ~espiar-para ~informar-a leal-a leales-a fiel-a responde-ante rinde-cuentas-a al-servicio-de a-sueldo-de cobra-de a-las-órdenes-de
employs: ~emplear ~contratar paga paga-a pagan-a ~sobornar ~reclutar
owns: ~poseer ~heredar ~custodiar dueño-de dueña-de es-propiedad-de en-manos-de en-poder-de
created: ~crear ~forjar ~fabricar ~inventar ~tallar ~pintar ~diseñar ~compilar construyó construido construida escribió compuso hizo hecho-por
wields: ~empuñar blande pilota lleva
seeks: ~buscar ~perseguir ~codiciar ~rastrear ~ansiar anda-tras va-tras quiere-recuperar quiere-robar en-busca-de
guards: ~guardar ~proteger ~vigilar ~custodiar ~defender vela-por ~acoger
fears: ~temer ~temer-a teme-a miedo-a miedo-de le-teme-a huye-de aterrado-por aterrada-por
loves: ~amar ~adorar enamorado-de enamorada-de ama-a quiere-a adora-a
owes: ~deber ~deber-a debe-dinero-a en-deuda-con tiene-deudas-con
enemy_of: ~odiar ~odiar-a ~despreciar ~traicionar ~traicionar-a ~matar ~matar-a ~asesinar ~asesinar-a ~amenazar ~chantajear ~detestar enemigo-de enemiga-de enemigos-de enemistado-con enemistada-con quiere-matar-a quiere-destruir juró-vengarse-de jurado-vengarse-de conspira-contra ~combatir ~derrocar ~derrocar-a ~arruinar
rival_of: ~rivalizar-con ~competir-con rival-de rivales-de compite-con envidia-a celoso-de celosa-de disputa
ally_of: aliado-con aliada-con aliados-con amigo-de amiga-de cómplice-de ayuda-a confía-en aliado-de aliada-de
at_war_with: en-guerra-con en-guerra-contra en-guerra
trades_with: ~comerciar-con ~negociar-con vende-a venden-a compra-a trafica-con
spouse_of: casado-con casada-con casó-con prometido-con prometida-con prometida-a comprometida-con comprometido-con
mentor_of: ~enseñar ~enseñar-a ~entrenar ~instruir ~formar ~criar enseñó-a entrenó-a crió-a formó-a
<mentor_of: alumno-de alumna-de discípulo-de discípula-de aprendiz-de entrenado-por entrenada-por
located_in: está-en se-halla-en queda-en anclado-en anclada-en atracado-en con-sede-en tiene-su-sede-en con-base-en sede-en instalado-en instalada-en
hidden_in: ~ocultar ~esconder ~enterrar escondida-en oculto-en oculta-en refugiado-en refugiada-en
lives_in: ~vivir ~habitar ~residir ~dormir ~alojar mora se-hospeda-en se-refugia-en
works_at: ~trabajar-en atiende canta-en cocina-en regenta
born_in: nació-en nacido-en nacida-en
died_in: murió-en murieron-en cayó-en muerto-en muerta-en pereció-en ahogó-en
participated_in: ~luchar-en ~participar-en combatió-en
caused_by: causado-por causada-por provocado-por provocada-por
<caused_by: ~causar ~provocar ~desatar ~desencadenar
serves: a-las-órdenes-de bajo-el-mando-de lealtad-a recibe-dinero-de reciben-dinero-de pasa-información-a vende-información-a
fears: pavor-a terror-a
loves: amor-por aventura-con sentimientos-por ~idolatrar ~venerar sale-con se-acuesta-con
owes: deuda-con una-deuda-con
enemy_of: odio-a odio-por rencor-a rencor-contra venganza-contra ~sabotear ~espiar-a ~desconfiar-de ~culpar-a recela-de
rival_of: rivalidad-con disputa-con conflicto-con pleito-con
ally_of: alianza-con pacto-con tratado-con amistad-con tregua-con acuerdo-con en-buenos-términos-con ~apoyar ~apoyar-a
at_war_with: guerra-contra declaró-la-guerra-a
lives_in: con-base-en
<caused_by: responsable-de
"""
BETWEEN = """
at_war_with: guerra hostilidades
rival_of: riña rivalidad disputa tensión tensiones competencia pugna
enemy_of: odio venganza enemistad
ally_of: alianza pacto tratado amistad tregua acuerdo
trades_with: comercio
spouse_of: matrimonio boda
"""

NOUNS = """
serves: canciller bufón nodriza copero
<located_in: sede guarida base cuartel nido
leads: líder jefa jefe comandante capitán capitana presidente presidenta directora director dirigente matriarca patriarca abad abadesa cabecilla
rules: alcalde alcaldesa gobernador gobernadora rey reina príncipe princesa duque duquesa conde condesa barón baronesa señor señora corregidor corregidora regente gobernante
founded: fundador fundadora
member_of: miembro soldado teniente acólito acólita iniciada iniciado
serves: agente sirviente sirvienta espía consejero consejera guardaespaldas emisario emisaria criado criada lugarteniente
owns: dueño dueña propietario propietaria
works_at: posadero posadera tabernero tabernera encargado encargada guardián guardiana cantinero cantinera párroco médico
created: creador creadora autor autora fabricante inventor inventora
guards: guardián guardiana protector protectora custodio
parent_of: madre padre
<parent_of: hija hijo
sibling_of: hermana hermano gemela gemelo hermanastra hermanastro
spouse_of: esposa esposo marido mujer viuda viudo
mentor_of: mentora mentor maestra maestro
<mentor_of: alumna alumno aprendiz discípulo discípula pupila pupilo
ally_of: aliada aliado amiga amigo aliados
rival_of: rival rivales competidor
enemy_of: enemiga enemigo enemigos enemigas
loves: amante
vassal_of: vasallo vasalla filial
leads: portavoz capitana almirante jefe-de cabeza capo patrona mandamás responsable maestre
rules: sheriff intendente señor gobernante virrey cacique patrona
located_in: barrio distrito pueblo aldea puerto capital ciudad isla luna suburbio arrabal
lives_in: habitante vecino vecina residente inquilino inquilina
serves: mayordomo cocinero cocinera secretario secretaria guardia matón sicario chófer escudero confesor mensajero mensajera representante ayudante asistente abogado abogada informante mano-derecha capataz esbirro recadero
works_at: cura sacerdote enfermera enfermero camarera camarero cocinera cocinero bibliotecaria bibliotecario maestra maestro barquero cirujana cirujano cantante portera portero panadera panadero herrero herrera sacristán
member_of: monje monja caballero agente soldado espía recluta sicario pistolero
spouse_of: prometido prometida novio novia pareja compañero compañera
sibling_of: hermanos hermanas mellizo melliza
<parent_of: hijos hijas primogénito primogénita heredero heredera
mentor_of: instructor instructora tutor tutora
ally_of: cómplice socio socia confidente compañero-de-armas
enemy_of: némesis adversario adversaria
trades_with: cliente clienta proveedor proveedora
"""
