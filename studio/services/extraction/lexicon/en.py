"""English words that an extractor goes by: kinds of people, groups, places, things and events, labels, verbs, pronouns."""

# ruff: noqa: E501

ROLES = """
barman stablehand ranch-hand foreman astrologer gunhand loan-shark moneylender soothsayer oracle shaman monk swordswoman swordsman fiancé fiancée betrothed ripperdoc netrunner decker rigger fixer street-doc hitwoman streamer influencer bodyguard lawyer ex-cop ex-soldier cop sheriff-deputy deputy marshal gunslinger preacher widow widower bounty-hunter outrider telegraphist schoolteacher schoolmarm undertaker barkeep prospector homesteader rancher postmistress postmaster baker beekeeper ferrywoman ferryman milkman vicar curate verger florist grocer choirmaster choirmistress gaffer headmaster headmistress superhero vigilante sidekick villainess mastermind henchman metahuman mutant xenobiologist astrogator navigator gunner quartermaster castaway doge condottiere bravo confessor courtesan notary condottiero banker moneylender alderman burgher dragoman vizier emir consort regent orphan heir heiress
abbot abbess accountant acolyte actor actress admiral adviser advisor agent alchemist alderman alewife ambassador ambusher analyst androids anchorite angler antiquarian antiquary
apothecary apprentice arbiter archaeologist archbishop archdeacon archdruid archivist archmage aristocrat armourer armorer arsonist artificer artist artisan assassin assayer assistant astrologer
astronaut astronomer attendant attorney auctioneer auditor augur author bailiff baker ballerina bandit banker banneret barber bard bargewoman bargeman barista barkeep barmaid baron baroness barrister
bartender bassist beadle beekeeper beggar berserker biker biologist bishop blacksmith boatman boatswain bodyguard bookbinder bookie bookkeeper bookseller bosun boss botanist bouncer bounty-hunter boy bricklayer brawler
brewer bride brigadier broker brother bureaucrat burglar burgomaster busker butcher butler buyer cabbie cadet caliph canon captain caretaker carpenter cartographer cartwright cashier castellan caterer cavalier
cellist chairman chairwoman chair chamberlain chancellor chandler chaplain charlatan chauffeur chef chemist chief chieftain child chronicler citizen clergyman cleric clerk coachman cobbler coder collector colonel comedian
commandant commander commissar commissioner commodore companion composer con-artist concierge conductor confessor congressman conjurer conspirator constable consul consultant contractor convict cook cooper coordinator copilot coroner
corporal correspondent councillor councilman councilor counsellor count countess courier courtesan courtier coven-mother cowboy cowgirl craftsman croupier curate curator custodian cultist customs-officer cutler cutpurse
dancer daughter deacon dealer dean debtor deckhand decker dentist deputy designer detective deserter diplomat director dispatcher distiller diver doctor dockhand dockmaster doge doorkeeper doorman dowager dramatist draper dressmaker
driver drover drummer druid duchess duelist duellist duke dyer earl economist editor elder electrician emcee emissary emperor empress enforcer engineer engraver entrepreneur envoy esquire etcher evangelist examiner
exciseman executioner executive exile exorcist explorer fabricator falconer farmer farmhand farrier father felon fence ferrier ferryman ferrywoman fiddler fighter financier firefighter fireman fisher fisherman fisherwoman fishwife
fixer fletcher florist footman forager foreman foreperson forester forger fortune-teller foundling founder friar fugitive fullback gaffer gambler gamekeeper gangster gaoler gardener general geologist ghost-hunter ghostwriter girl girlfriend boyfriend gladiator
glassblower gleaner glover goatherd goddess godfather godmother goldsmith governess governor grandfather grandmother granddaughter grandson gravedigger graverobber grifter grocer groom groundskeeper guard guardian guardsman guide gunfighter gunman
gunner gunslinger gunsmith hacker handler handmaid handyman hangman harbourmaster harbormaster harlequin harpooner harvester headman headmaster headmistress headwoman healer heir heiress helmsman herald herbalist herder hermit hero heroine
heretic hierophant high-priest high-priestess highwayman historian hitman hierarch homesteader horologist hostage hostler host hostess hound-master housekeeper hunter huntress huntsman husband husbandman illusionist imam impostor incumbent industrialist
informant informer initiate innkeeper innwright inquisitor inspector instructor interpreter interrogator intern inventor investigator ironmonger jailer janitor jester jeweller jeweler jockey joiner journalist judge juggler jurist justiciar keeper
keymaster khan kidnapper king kingpin knave knight laborer labourer lady laird lamplighter landlady landlord landowner lampkeeper laundress lawman lawyer leader lecturer legate legionnaire librarian lich lieutenant lighthouse-keeper lineman linguist locksmith
logger lookout lord lover lumberjack machinist madam madame maestro mage magician magistrate magnate maid major majordomo manager manservant margrave margravine marine mariner marksman marquis marquise marshal marshall martyr mason masseuse master mate matriarch mathematician matron
mayor mechanic mediator medic medium megacorp-exec mender mentor mercenary mercer merchant messenger metallurgist meteorologist midwife militiaman miller milliner millwright mime miner minister minstrel misfit missionary mistress mole moneylender monarch monk moonshiner mortician
mother mudlark muleteer murderer musician musketeer mutineer mystic naturalist navigator neighbour neighbor necromancer negotiator nephew netrunner newscaster niece noble nobleman noblewoman nomad notary novice novelist nun nurse nursemaid oathbreaker observer occultist officer official
operative operator oracle orchardist orderly organist orphan ostler outcast outlaw outrider overlord overseer owner page painter paladin palmer paperboy paramedic parishioner parson partisan partner pastor patriarch patrician patrolman patron pawnbroker paymaster peasant peddler pedlar
performer perfumer pharaoh pharmacist philosopher photographer physician physicist pianist pickpocket pilgrim pilot pimp pirate pitboss planter playwright poacher poet poisoner policeman policewoman politician polymath porter postman postmaster postmistress postulant potter preacher precentor prefect
president priest priestess prince princess principal printer prioress prior prisoner private-eye privateer producer professor programmer promoter prophet prophetess prospector protector provost psychic psychiatrist psychologist publican publisher puppet puppeteer purser quartermaster queen rabbi racer
radio-operator raider railwayman ranger rancher ratcatcher rebel receptionist recluse recruiter rector reeve refugee regent registrar reporter researcher resident retainer retiree revenant reverend rider ringleader ringmaster robber rogue roustabout ropemaker runaway runecaster runner rustler sacristan
saddler sage sailmaker sailor saint saleswoman salesman sapper salvager samurai saboteur sawyer scavenger scholar schoolmaster schoolmistress schoolteacher scientist scout scribe scrivener sculptor seamstress secretary seer sellsword senator senechal seneschal sentinel sentry serf sergeant servant sexton shaman
shapeshifter sheikh shepherd shepherdess sheriff shipwright shogun shopkeeper singer sister skald skipper slaver slicer sleuth smith smuggler sniper socialite soldier soothsayer sorcerer sorceress spacer spokesman spokeswoman spouse spy spymaster squire stablehand stablemaster stagehand steward stevedore stoker
stonecutter stonemason storekeeper storyteller stranger strategist streetwalker strongman student sultan summoner superintendent surgeon surveyor survivor swashbuckler swordsman swordsmith swordswoman tailor tanner tattooist tavern-keeper taxidermist teacher technician telegrapher telegraphist teamster tenant
terrorist thane thaumaturge therapist thief thug tinker tinkerer toll-keeper tollkeeper toymaker tracker trader trainer traitor tramp translator trapper traveller traveler treasurer tribune trickster troubadour trooper tsar turncoat tutor twin tycoon tyrant uncle aunt undertaker urchin usher usurper usurer vagabond vagrant
valet vampire-hunter vendor vicar viceroy victim vigilante villager villain vintner violinist viscount viscountess virologist vizier volunteer waiter waitress waif wainwright walker wanderer ward warden warlock warlord warrior warchief washerwoman watchman watchmaker watchwoman weaponsmith weaver welder werewolf-hunter
wheelwright whaler whistleblower widow widower wife witch witness wizard woman man woodcarver woodcutter woodsman woodsmith wordsmith worker wrangler wrestler writer xenobiologist yeoman youth zealot zookeeper antagonist protagonist baddie nemesis ally mastermind veteran foreman ex-foreman headhunter ringer bookmaker bellringer bell-ringer lamp-lighter
shopgirl stationmaster constable barista sysadmin streamer influencer podcaster vlogger courier-pilot helmswoman first-mate crewman crewmate cosmonaut roboticist cyberneticist ripperdoc street-doc razorgirl solo rigger technomancer bootlegger rum-runner gambler saloonkeeper desperado marshal rustler homesteader
cardsharp gentleman gentlewoman dandy flapper starlet chanteuse debutante suffragette anarchist revolutionary commissar partisan legionary centurion gladiatrix senator tribune quaestor vestal shinobi ronin daimyo geisha eunuch concubine mandarin
"""

SPECIES = """
human humans elf elves half-elf half-elven dwarf dwarves dwarven halfling halflings gnome gnomes orc orcs half-orc goblin goblins hobgoblin bugbear kobold tiefling dragonborn aasimar genasi goliath tabaxi kenku lizardfolk tortle firbolg triton warforged
changeling drow duergar svirfneblin centaur satyr minotaur gnoll ogre troll giant giantess half-giant cyclops vampire werewolf lycanthrope ghoul ghost wraith spectre specter revenant lich skeleton zombie mummy demon devil imp angel fey fae faerie fairy pixie
sprite nymph dryad naiad mermaid merfolk selkie siren harpy gargoyle golem construct android robot cyborg clone synth replicant ai mutant alien automaton dragon wyrm drake wyvern hag djinn genie efreet ifrit elemental treant ent
frog toad hedgehog raccoon badger fox wolf mouse rat otter mole owl crow raven cat dog bear rabbit hare squirrel heron lizard snake spider ghost-child dhampir kitsune oni tengu yokai catfolk ratfolk wolfkin mothfolk mothman half-dragon shade spirit poltergeist
"""

TITLES = """
sergeant captain commander general lieutenant lord lady king queen prince princess duke duchess baron baroness count countess viscount viscountess earl marquis marquise margrave margravine sir dame ser brother sister father mother dr doctor professor prof
magistrate governor mayor constable archmage priest priestess elder chief master mistress regent inquisitor warden inspector detective colonel major corporal private admiral commodore marshal sheriff deputy judge senator president chancellor minister
bishop archbishop cardinal pope abbot abbess prior prioress reverend pastor saint st alderman alderwoman councillor councilor uncle aunt auntie old young mad blind big little mr mrs ms miss madam madame mister monsieur herr frau don dona sheikh sultan
emperor empress tsar tsarina khan jarl thane laird squire canon harbourmistress harbormistress harbourmaster harbormaster grandmaster speaker deacon deaconess vicar friar rabbi imam sensei agent officer director superintendent chairman skipper bosun cap cpt sgt lt col gen capt maj granny grandma grandpa gran nan nana pa ma doc
fra brother sister overseer steward chamberlain castellan archduke archduchess dowager dean provost prefect consul praetor legate tribune centurion oracle prophet seer
"""

# words that name a title only when capitalised before a name, and otherwise are adjectives
SOFT_TITLES = "old young mad blind big little private major general"

ORGS = """
confederation conglomerate multinational megacorporation nightwatch triumvirate cartel commission coalition tribunal patrol duo trio quartet choir sorority cabinet militia insurgents revolutionaries
circle collective railroad railway airline lines newspaper press academy agency alliance army assembly association band bank bandits battalion board brigade brotherhood bureau cabal cartel chamber chapter charity church circle clan club college collective combine commission committee commonwealth commune company compact confederacy congregation conclave
concern concord confraternity consortium conspiracy convent cooperative corporation corps council court coven covenant crew cult department detachment directorate division dynasty embassy faction faith family federation fellowship fleet foundation fraternity gang garrison government group guard guild hand
horde hospital house inc inquisition institute junta kids kin league legion lineage local lodge mafia marines ministry militia mob monastery muster navy network office opposition order orchestra organisation organization outfit pack parliament partnership party patrol pirates police posse press priesthood
racket raiders rangers rebellion rebels regency regiment resistance ring riders school scouts sect senate service shipping sisterhood smugglers society sodality squad squadron staff starfleet swarm syndicate synod team temple tong tribe tribunal troop troupe triad trust union university utility watch wardens workers
yakuza corp megacorp startup cell commandos cabalists bakers bikers outlaws knights wreckers thieves assassins crusade caravan clade clique crewmen firm brokerage newspaper gazette hanse auxiliary constabulary coterie pack sept circus carnival studio lab laboratory agency unit taskforce task-force lender survivors cultists
"""

PLACES = """
shaft spindle-shaft residency consulate
arcology ringworld moonlet spaceyard dockyard farmland pawnshop parlor parlour henge cairn barrow homeworld megacity megastructure undercroft speakeasy diner drugstore chemist greenhouse treehouse lighthouse windmill watermill boathouse bandstand pier seafront promenade town-hall village-hall churchyard rectory vicarage teashop orchard allotment lido saloon stockade trading-post ghost-town badlands prairie ranchland mining-camp safehouse skybridge blackmarket night-market
abbey abyss academy airlock airport alley anchorage annex apartment aqueduct arboretum arch archipelago archive archives arcade arcology arena armoury armory arsenal asteroid asylum atoll attic avenue bar barn barracks barrens barrow basement basilica basin bay bayou bazaar beach beacon belt bend block bluff bluffs boarding-house bog borough boulevard bridge
building bunker burrow bus-stop butte cabaret cabin cafe café camp campus canal canteen canyon cape capital caravanserai casino castle catacomb catacombs cathedral causeway cave cavern caverns cellar cemetery chapel chasm church cistern citadel city clearing cliff cliffs clinic cloister club coast colony colosseum commune compound concourse corner
corridor cottage council-hall country county court courthouse courtyard cove crag crater creek crevasse crossing crossroads crypt dale dam deck delta den depot desert diner dimension district dock docks dockyard dome dominion domain drydock duchy dunes dungeon embassy emporium empire enclave encampment escarpment estate estuary factory fair fairground farm farmhouse farmstead
fen fens ferry field fields firehouse firth fjord flat flats ford forest forge fort fortress foundry fountain frontier gallery gallows galaxy gap garage garden gardens garrison gate gatehouse ghetto glacier glade glen gorge graveyard green grotto grove gulch gulf gully habitat halls hall halt hamlet hangar harbor harbour haven headland heath heights hideout
highlands highway hill hills hilltop hold hollow homestead hospice hospital hostel hotel house hovel hut inlet inn institute island isle isles isthmus jail jungle junction keep kingdom kitchen knoll laboratory lab lagoon lair lake land landing lane lands library lighthouse lobby lodge loft lookout lowlands manor mansion marches market marketplace marsh marshes
mausoleum maze meadow meadows metropolis mill mine mines mission moat monastery monument moon moor moorland moors morgue motel mound mount mountain mountains mountaintop mudflats museum narrows nebula necropolis nest nexus nightclub oasis observatory ocean office oldtown opera orchard orphanage outback outcrop outpost overlook pagoda palace parish
park parlour parlor pass passage pasture path pavilion peak peninsula pier pit pits place plain plains planet plantation plateau platform plaza point pool port portal post precinct principality prison promenade province pub pyramid quarry quarter quarters quay railway-station ramparts ranch range rapids ravine reach reef refinery refuge region realm
reservation reservoir resort rest restaurant ridge rift rim rings river road rock rookery room roost row ruin ruins saloon sanatorium sanctuary sanctum sand sands savanna school sea sector settlement sewer sewers shack shantytown shelter shipyard shire shoals shop shore shrine sierra sink skyport slum slums smithy smithery spaceport space-station span spire spires
spring springs square stables stable stadium stair stairs standing-stones station steppe steppes store strait strand stream street streets strip suburb summit swamp synagogue system tavern tea-room teahouse temple tenement territory theater theatre throne-room tomb tombs tower towers town township track trail trading-post trench tundra tunnel tunnels university
undercity underground upland uplands valley vale vales vault vaults village vineyard volcano walls ward warehouse warren wastes wasteland waterfall watchtower water-tower waystation well wells wetland wharf wilderness wilds wood woods woodland workshop yard zone ziggurat bank bakery bathhouse brothel distillery brewery chophouse pawnshop bookshop
seat crater starport orbital megablock tower-block penthouse subway metro underpass overpass parking-lot motel truck-stop gas-station hospital-wing trailer-park mall high-school police-station precinct speakeasy jazz-club mesa arroyo gulch claim homestead corral livery jailhouse bordello cantina moonbase shipwreck wreck lighthouse-rock
"""

ITEMS = """
dreadnought frigate freighter schooner steamer cruiser airship zeppelin brig sloop galleon corvette tug barge shuttle starship hovercraft submarine locomotive train motorcycle truck memory-core recipe teapot cookbook song melody symphony formula idol codex bell gong mirrorball helmet-lamp battery generator reactor warhead serum antidote virus algorithm program cipher manifest signet-ring heirloom pearl-necklace deed will testament cup trophy bicycle pillow lantern-jar spindle loom harmonica banjo guitar
item consumable weapon wondrous gadget cyberware thimble scroll-case amulet anchor anvil apparatus armor armour arrow artefact artifact astrolabe axe badge bag banner battery battleaxe bell belt bible blade blaster blueprint boat bone book boots bottle bow bowl bracelet bracer brand brazier brooch buckle bullet camera candle cane cape capsule card cart casket
cauldron chain chair chalice charm chart chest chip chisel choker circlet cloak clock coat coffer coffin coin collar compass contract core cosh crossbow crown crystal cube cup cutlass cuff dagger data-chip data-slug datachip datapad deed device diadem diamond diary dice die disc disk doll door dossier drive drone drug drum earring
elixir emerald engine eye fan feather fiddle figurine file flag flail flask flintlock flute focus folio formula gauntlet gauntlets gem glaive glass glasses globe glove gloves goblet grail grimoire gun halberd hammer harp hat hatchet headband heart helm helmet hook horn hourglass icon idol implant ingot
instrument ink invention jacket jar jewel journal key keycard knife ladder lamp lance lantern ledger lens letter locket lockpick lump lute lyre mace machine mallet manuscript map mask medal medallion memory mirror monocle musket necklace needle net notebook oar ointment orb ornament painting pamphlet paper
parchment pearl pen pendant phial phylactery pick pipe pistol plate pocket-watch pocketwatch poison potion powder prism prototype puppet quill radio rapier razor receiver recording reel relic revolver rifle ring rod rope rosary rosette ruby rug saber sabre sack saddle sail salt sample sapphire sarcophagus satchel scale scalpel scanner
scarab scepter sceptre scimitar scope scroll scythe seal serum shard shawl sheath shell shield ship shotgun sickle sigil signet skull sling spear spellbook sphere spoon spyglass staff stake statue statuette stein stiletto stone stool suit sugar-lump sword syringe tablet talisman tankard tape tapestry telescope thread throne tiara timepiece token tome tool
torc torch totem toy trident trinket trowel tuba umbrella urn vaccine valve vase veil vessel vest vial violin visor wand warhammer watch waterskin weapon whip whistle wine wrench yacht zither slug override-key data-core starmap starchart module neural-lace deck cyberdeck katana six-shooter winchester bandolier
photograph film cassette vinyl videotape polaroid laptop phone smartphone hard-drive usb-stick sextant cutlass doubloon figurehead log logbook cannon
"""

EVENTS = """
operation siege
betrothal marriage famine curfew blackout gala hijacking kidnapping purge schism scandal upheaval secession surrender collapse eruption landslide flood tide reunion feast-day homecoming shipwreck walkout sit-in lockout overdose outbreak quarantine evacuation armistice truce
accident accord ambush anniversary apocalypse arrival arson ascension assassination assault auction awakening ball banquet battle betrayal birth blackout blaze blight bombing burning cataclysm catastrophe celebration census ceremony challenge chase clash collapse collision coming competition conclave conflict conquest contest convergence coronation
council coup crash crisis crusade curse day death debut deal defeat deluge departure derby disaster discovery downfall drought drowning duel earthquake eclipse election eruption escape eve exile execution exodus exhibition expedition explosion fair fall famine feast festival fete feud fight fire flight flood founding freeze funeral
gala games gathering great-war harrowing harvest heist holiday hunt hurricane incident inauguration inferno initiation inquest invasion jubilee killing killings landing launch liberation lockdown mass massacre match meeting meltdown migration murder murders mutiny night off outbreak outage pact parade parley party peace pilgrimage plague pogrom procession purge
quake race raid rebellion reckoning regatta reign revolt revolution riot riots rising rite ritual robbery rush sabotage sacking sack schism siege silence sinking skirmish solstice spill storm strike succession summit sundering surrender tempest theft tournament treaty trial truce tsunami turning uprising vanishing vigil vote war wars wedding week winter wreck year
eclipse shooting shootout stampede lynching standoff hanging derailment gold-rush blackout breach leak jailbreak uploading
"""

ARCS = "years age era epoch aeon eon cycle arc saga reign interregnum millennium dynasty arcs eras ages"

SECTIONS = {
    "npc": "villager|townsperson|resident|local|regular|neighbour|neighbor|traveller|officers|enemies|allies|the crew of|people of note|faces in the crowd|friends|foes|rivals|npcs to meet|first people to meet|household|passengers|guest|guests|who matters|npc|npcs|character|characters|cast|cast of characters|key member|member|people|person|folk|villain|villains|ally|dramatis personae|leadership|patron|figure|faces|who's who|personage|personality|notable|inhabitant|resident|crew|suspect|passenger|the crew|the family|antagonist|deity|deities|gods|gods and spirits|leader|rogues' gallery|townsfolk|roster|contact|staff|witness|survivor|supporting cast|heroes|pantheon|who you'll meet|people you can meet|personnel|court|ghosts|adversary|individual",
    "faction": "rival powers|gangs|crime families|sides in the conflict|corporations and gangs|groups|faction|organization|organisation|guild|group|order|cult|house|power|power player|political power|gang|crews|company|corporation|tribe|clan|party and power|families|agency|sides|players|power bloc|the powers|who wants what|movements|organizations and factions|allies and enemies|rivals and allies|houses|corps|corporations|outfit",
    "location": "stall|establishment|shop|business|businesses|stops|inside|sights|the building|the ship|decks|rooms|where to find them|places to see|places to visit|spots to visit|spot|location|place|site|region|settlement|point of interest|landmark|area|district|room|town|city|geography|key place|map|setting|neighbourhood|neighborhood|places to go|where|haunt|venue|the town|the city|gazetteer|sector|world|planet|station|travel|shops|territory|territories|level|deck|hexes|surroundings|borderlands",
    "item": "the prize|the object|key object|the artifact|the artefact|the relic|what everyone wants|the treasure|item|artifact|artefact|relic|treasure|loot|equipment|weapon|armor|armour|gear|magic item|object|thing|the loot|signature item|signature object|macguffin|rewards|reward|tech|cyberware|valuables|curio|drug|vehicle|ship|trinket|haul",
    "event": "what came before|how it began|past|past events|what started it|event|key event|timeline|history|chronology|backstory|background events|what happened|recent event|incident|past|history and timeline|past events|festivals|festival|holidays|feasts|key dates|upcoming event|before the story|backstory events|disasters|wars|battles",
    "timeline_arc": "arc|era|age|act|chapters|story arc|campaign arc|plot arc|acts|eras|ages|front|fronts|threads|plot threads|story threads|phases|seasons|arcs and acts|campaign arcs",
}

LABELS = """
npc.@=: real name|true name|alias|aka|a.k.a|also known as|nickname|nicknames|aliases|code name|codename|callsign|identity|civilian name|secret identity
npc.role: role|function|narrative role|part|position|who|who they are|who are they|job in the story|archetype|class|concept|rank|use|known as
npc.title: title|honorific|style of address
npc.species: species|race|ancestry|kind|people|creature type|heritage|lineage|model
npc.pronouns: pronouns|pronoun|gender
npc.age: age|apparent age|years
npc.birth: born|birth|date of birth|birthday|birthdate
npc.death: died|death|date of death|killed|cause of death
npc.life_status: status|life status|condition|alive|state|current status
npc.occupation: post|occupation|job|profession|trade|work|day job|works as|career|does
npc.appearance: appearance|looks|look|description|distinguishing feature|distinguishing features|features|physical description|first impression|looks like|dress|style
npc.voice: voice|speech|voice tag|speech pattern|way of speaking|sounds like|talks like|accent|voice and manner|speaks|catchphrase|says
npc.personality: personality|demeanor|demeanour|manner|mannerism|mannerisms|temper|temperament|traits|trait|character|quirk|quirks|habit|habits|flaw|vibe|attitude|nature|personality traits|roleplaying|acts like|ideal|bond|tic
npc.motive: motive|motivation|want|wants|goal|goals|desire|desires|drive|agenda|wants now|wants tonight|objective|ambition|wish|dream|needs|need|after|what they want|what he wants|what she wants|wants most|hopes for|hope|intent|aim
npc.fear: fear|fears|afraid of|scared of|dreads|phobia|weakness|what they fear|what she fears|what he fears
npc.secret: secret|secrets|hidden|hides|hiding|hidden truth|truth|what they hide|the truth|gm secret|gm only|really|dark secret|hidden agenda|twist|knows|lie|skeleton in the closet
npc.home: home|lives|lives in|residence|lives at|address|dwelling|hometown|lair|lodging|lodgings|base|quarters|haunt|domicile
npc.current_location: location|current location|where|found at|found in|whereabouts|currently|where to find|find them|last seen|can be found|seen|where now|place
npc.affiliation: affiliation|affiliations|faction|allegiance|member of|organisation|organization|loyalty|group|belongs to|employer|works for|house|crew|gang|clan|guild|loyal to|order|side|corp|unit
npc.@mentor_of: student|students|apprentice|pupil|pupils|mentors|teaches
npc.@<mentor_of: mentor|teacher|taught by|trained by
npc.@spouse_of: spouse|wife|husband|married to|partner
npc.@sibling_of: sibling|siblings|brother|sister|twin
npc.@parent_of: child|children|son|daughter
npc.@<parent_of: parent|parents|mother|father|child of|son of|daughter of
npc.@ally_of: ally|allies|friend|friends|friends with
npc.@rival_of: rival|rivals|rivalry
npc.@enemy_of: enemy|enemies|nemesis|foe|foes|hates
npc.@loves: loves|in love with|lover|beloved
npc.@owes: owes|debt to|in debt to|indebted to
npc.@serves: serves|master|boss|reports to|answers to|works under|patron|liege
npc.@sworn_to: sworn to|oath to|oath
npc.@wields: wields|weapon|carries|signature weapon|armed with
npc.@owns: owns|possession|possessions|holds
npc.@seeks: seeks|searching for|hunting|looking for
npc.@guards: guards|protects
npc.@leads: leads|commands|heads
faction.faction_type: type|kind|faction type|category|nature|what they are|what it is|structure|sort
faction.motto: motto|slogan|creed|words|watchword|saying|battle cry|tagline|house words
faction.public_purpose: says it wants|says they want|claims to want|says it does|public purpose|public face|public goal|publicly|on the surface|cover|front|stated goal|stated purpose|purpose|in public|officially|public agenda|mission|facade|what they say|what the public sees|openly|public image|what everyone knows
faction.private_agenda: private agenda|secret agenda|true goal|hidden agenda|secret goal|real goal|secret|agenda|secretly|in secret|real agenda|what they really want|true purpose|behind the scenes|truth|secrets|hidden|hidden goal|in private|really|the truth
faction.leader: leader|led by|head|boss|chief|run by|leadership|commander|ruler|chair|chairman|headed by|director|captain|ceo|president|who leads|founder and leader|figurehead|mastermind|leaders|in charge
faction.headquarters: headquarters|hq|base|base of operations|seat|lair|hideout|home|home base|stronghold|located|location|based in|based at|meeting place|where|hall|safehouse|where they meet|base camp|office|chapter house|headquarters and reach
faction.territory: territory|turf|holds|controls|domain|area of influence|reach|claims|territories|operates in|lands|influence|jurisdiction
faction.goals: goal|goals|aim|aims|objective|objectives|wants|want|ambition|ambitions|goal now|current goal|motive|motivation|what they want|mission now|desire|immediate goal|intent|plan|plans
faction.resources: resources|assets|strength|strengths|means|can call on|resource|wealth|forces|membership|military|members number|leverage|power|numbers|size|tools|methods
faction.status: status|current status|state|condition|standing|stance|current state|now|situation
faction.founded: founded|established|founding|since|formed|origin|est|founded in|date founded
faction.@<member_of: members|member|notable members|key members|roster|agents|operatives|ranks|people
faction.@<founded: founder|founders|founded by
faction.@ally_of: ally|allies|friends|allied with|alliance
faction.@rival_of: rival|rivals|rivalries|competitor|competitors|competition
faction.@enemy_of: enemy|enemies|foes|opponents|hated by|hates|opposed to|opposes|nemesis
faction.@at_war_with: at war with|war with|wars
faction.@trades_with: trades with|trade partners|trading partners|sells to|buys from
faction.@vassal_of: vassal of|answers to|liege|overlord|parent|parent organisation|parent organization|subsidiary of|part of|owned by
faction.@serves: serves|patron|backer|backed by
faction.@owns: owns|property|possession|artifact|signature item
faction.@seeks: seeks
faction.@guards: guards|protects
faction.@serves: loyal to|answers to|owes allegiance to|sworn to
location.location_type: type|kind|location type|category|place type|what|what it is|nature|class|sort
location.parent: parent|region|located in|location|in|part of|area|district|where|within|world|city|country|lies in|found in|sector|system|planet|neighbourhood|neighborhood|ward|province|kingdom|town
location.climate: climate|weather|temperature|season|seasons
location.population: population|pop|inhabitants|residents|people|size|souls|inhabitants number|census|headcount|crew
location.ruler: ruler|ruled by|run by|governed by|owner|proprietor|leader|led by|keeper|landlord|landlady|innkeeper|in charge|authority|government|governor|lord|lady|mayor|sheriff|who runs it|held by|controlled by|boss|headed by|administrator|held|control
location.known_for: known for|famous for|famed for|notable for|renowned for|fame|reputation|notable|feature|features|claim to fame|notable feature|speciality|specialty|exports|export|draw|noted for
location.danger: danger|dangers|hazard|hazards|threat|threats|risk|risks|peril|perils|watch out|beware|warning|threat level|danger level
location.sensory: sensory|senses|smell|smells|sound|sounds|sights|sight|sensory details|sensory detail|atmosphere|ambience|ambiance|feel|smells like|sounds like|look and feel|mood|you notice|first impression|sights and sounds|sounds and smells
location.services: services|service|goods|offers|sells|serves|for sale|amenities|what you can buy|shops|available|trade|menu|facilities|offer|on offer
location.hidden_details: hidden|hidden detail|hidden details|secret|secrets|what's hidden|hidden feature|hidden truth|gm only|gm secret|what the party doesn't know|the truth|truth|discoverable|twist|beneath the surface|not on the map|underneath|concealed
location.status: status|state|condition|current status|current state|now|situation
location.@trades_with: trades with|trade partners
location.@at_war_with: at war with
location.@enemy_of: enemies|enemy|rivals
location.@<lives_in: inhabitants named|residents of note|notable residents|who lives here
location.@<guards: guarded by|guards|guard|guardian|guardians|protected by
location.@borders: borders|neighbours
event.event_type: type|event type|kind|category
event.start: date|when|start|started|began|begins|year|starts|time|day|held|happens|takes place|start date|dated|happened|timing|next
event.end: end|ended|ends|until|end date|finish|over
event.location: location|where|place|site|venue|at|scene|battlefield|happened at
event.participants: participants|participant|involved|who|sides|belligerents|combatants|attendees|guests|present|characters involved|players|who was there|factions involved|parties|key figures|those involved|forces
event.causes: cause|causes|caused by|trigger|reason|why|because|origin|led up to|culprit|background|motive
event.consequences: consequence|consequences|outcome|result|results|aftermath|effect|effects|casualties|impact|fallout|legacy|losses|toll|cost|what changed|left behind|dead
event.@<caused_by: led to|leads to
timeline_arc.arc_kind: type|arc kind|kind
timeline_arc.start: start|starts|begins|from|opening|date|year|years|when|began|span
timeline_arc.end: end|ends|until|to|closes|ended
timeline_arc.stakes: stakes|at stake|what's at stake|goal|goals|objective|question|central question
timeline_arc.state: state|status|current state|progress|clock
timeline_arc.parent: parent|part of|arc|campaign
item.item_type: type|item type|kind|category|form|object|slot|what it is|class
item.rarity: rarity|tier
item.attunement: attunement|requires attunement|attune|attuned
item.value: value|cost|price|worth|market value|street value|asking price|bounty
item.creator: creator|created by|maker|made by|forged by|crafted by|crafter|smith|author|inventor|built by|designer|artist|written by|manufacturer|signed|painted by
item.owner: owner|owned by|held by|wielder|bearer|current owner|possessed by|carried by|belongs to|keeper|holder|wielded by|in possession of|property of|current holder|captain
item.location: found|location|where|found in|found at|current location|kept in|kept at|hidden in|last seen|stored in|whereabouts|place|resting place
item.properties: properties|property|effect|effects|power|powers|abilities|ability|does|what it does|magic|damage|benefit|mechanics|use|function|curse|drawback|features|charges|abilities and effects|bonus|appearance|description|weight|side effect|side effects
item.history: history|origin|provenance|lore|backstory|legend|past|story|background
item.secret: secret|secrets|hidden|truth|twist|catch|gm only|hidden truth|the truth|gm secret|hidden property|the catch
npc.occupation: what they do|what he does|what she does|position held|vocation|employment|duty|duties|rank and role|line of work
npc.title: rank and title
npc.personality: quirks and habits|manner and mood|mood|in person|how to play them|how to play|play as|temper and manner|at the table
npc.motive: what they're after|drives|driven by|true goal|current goal|long-term goal|want most|driving want|need most
npc.fear: worry|worries|nightmare|weak spot|soft spot|fear and weakness|biggest fear|vulnerability
npc.secret: what they hide|what they know|what nobody knows|in truth|in secret|behind the mask|hidden side
npc.appearance: at first glance|first glance|you see|what you see|visual|visuals|distinguishing mark|build
npc.voice: how they talk|how they speak|sounds|quote|tone of voice|mannerism of speech
npc.home: lives with|lodges at|dwells|resides
npc.current_location: found|hideout now|usually found|hangs out at|last known location
npc.affiliation: team|squad|company|corporation|cell|court|paymaster|employers|serves with|circle|congregation|ship
npc.@<employs: employer|paymaster|hired by|employed by|paid by
npc.@employs: employs|hires
npc.@enemy_of: arch-enemy|archenemy|archnemesis|sworn enemy|opposed to|hated enemy|wants dead|hunted by
npc.@ally_of: allied with|trusted friend|confidant|close to|trusts
npc.@<mentor_of: student of|pupil of|apprentice of|former mentor|apprenticed to
npc.@mentor_of: protégé|protegé|protege|mentor of|former mentor of|mentor to|protégés
npc.@spouse_of: engaged to|fiancé|fiancée|fiance|betrothed|betrothed to|husband of|wife of|widow of|widower of
npc.@sibling_of: brother of|sister of|twin of|half-brother|half-sister
npc.@parent_of: father of|mother of|parent of|sons|daughters|kids
npc.@<serves: servants|henchmen|bodyguard|minions|underlings|staff
npc.@founded: founder of
npc.@rules: rules|governs|reigns over
faction.leader: head of state|commanding officer|high priest|high priestess|chairwoman|guildmaster|matriarch|patriarch|head of the house|first among equals|founder and head|guild master
faction.headquarters: capital|home port|home world|homeworld|centre|center|meets at|meets in|operates from|base town|main base|offices
faction.public_purpose: official purpose|official line|what it claims|claims|presents as|appears to be|official goal
faction.private_agenda: true agenda|actual agenda|real purpose|hidden purpose|what it really does|what it really wants|under the table
faction.resources: holdings|strengths and assets|what they have|arsenal|manpower|fleet|income
faction.goals: seeks|after|long-term goal|short-term goal|drive|fights for|stands for|demands
faction.@enemy_of: at odds with|hostile to|target|targets
faction.@ally_of: allied to|on good terms with|partners|friends in
location.ruler: master|chieftain|chief|captain|commander|abbot|steward|warden|host|hostess|barkeep|publican|headman|elder|administered by|kept by
location.parent: setting|found on|lies|lies on|on|inside|address
location.known_for: produces|product|products|industry|specialities|specialties|attraction|attractions|why go|why people come
location.hidden_details: under the floor|what's really here|what lies beneath|really|in truth
item.item_type: what it seems|what kind
item.owner: in the hands of|now held by|last owner|custodian
item.properties: what it can do|it can|use it to|ability and cost
item.history: how it got here|where it came from|made|story so far
event.consequences: what came of it|what followed|since then|left
event.causes: what started it|spark
blueprint.title: title|campaign title|name|campaign name|working title|campaign|adventure|project|adventure title
blueprint.tagline: tagline|hook line|logline|strapline|slogan|one-liner|motto|subtitle|tag line
blueprint.premise: in one line|in a sentence|in one sentence|in a nutshell|premise|pitch|the pitch|concept|high concept|the idea|elevator pitch|core idea|idea|the hook|hook|summary|in short|overview|the premise|setup|the setup|core concept|campaign premise|in one paragraph|logline and premise|situation
blueprint.game_system: system|game system|rules|ruleset|game|rules system|engine|edition
blueprint.genres: genre|genres|genre mix|genre blend|style of game
blueprint.themes: what it's about|what its about|theme|themes|core themes|central theme|central themes|themes to explore|key themes|motifs|main themes
blueprint.tone: tone|mood|vibe|feel|tone and mood|vibes|tone and feel|atmosphere|tone & mood
blueprint.pillars: pillar|pillars|design pillars|core pillars|pillars of play|campaign pillars|focus|play pillars|design goals
blueprint.play_style: what you'll do|what you do|play style|playstyle|style of play|style|gameplay|play mode|how it plays|game style|play|mode of play
blueprint.scope: scope|format|campaign type|campaign length|scale
blueprint.session_count: session count|sessions|length|duration|number of sessions|runtime|expected length|run length|how long
blueprint.party_levels: level|levels|party level|party levels|level range|character levels|starting level|tier|characters|pc levels|character level
blueprint.starting_region: where we start|where you start|starting region|starting location|start|starts in|where it starts|opening location|starting point|start location|home base|starting area|starting town|starting place|setting|opens in|start in
blueprint.signature_faction: signature faction|key faction|main faction|central faction|primary faction|core faction
blueprint.antagonists: who is against you|who's against you|antagonist|antagonists|villain|villains|main antagonist|main villain|big bad|bbeg|the villain|opposition|enemy|adversary|main threat|chief antagonist|the enemy|primary antagonist
blueprint.threat_horizon: threat horizon|threat|escalation|stakes|threat level|threat escalation|looming threat|threat scale|danger horizon
blueprint.safety_tools: safety tool|safety tools|safety|safety & tools|table safety|tools|safety and consent|consent|comfort|table tools|table safety tools
blueprint.content_warnings: content warning|content warnings|warnings|cw|content notes|lines|veils|triggers|trigger warnings|lines and limits|limits|off the table|content note|content|hard lines|content advisory
blueprint.structure: running order|outline|flow|structure|campaign structure|shape|campaign shape|plot structure|story structure|arc structure|session structure|acts|arcs
seed.subject: subject|scene|depicts|shows|focus|main subject|image|picture|what
seed.style: style|art style|medium|artistic style|look|technique|rendering|art direction|in the style of
seed.mood: mood|atmosphere|feeling|emotion|tone|vibe|feel
seed.lighting: lighting|light|illumination|lights
seed.composition: composition|framing|camera|angle|shot|view|perspective|layout|camera angle|pov|lens|aspect|crop|viewpoint|format
seed.palette: palette|colors|colours|color palette|colour palette|color|colour|color scheme|colour scheme|tones
seed.negative: negative|avoid|exclude|negative prompt|no|without|do not include|don't include|never|leave out|not|keep out|negatives
seed.@prose: prompt|image prompt|art prompt|picture prompt|portrait prompt|cover prompt|key art prompt|illustration prompt|token prompt|map prompt|art|key art|illustration|image idea|cover art
seed.use_case: use case|use|for|purpose|used for|intended use|usage|use it for|deliverable
faction.@<vassal_of: vassals|vassal houses|subsidiaries|subsidiary|client houses|bannermen
faction.@employs: employs|hired
faction.@<seeks: hunted by|wanted by
item.@<seeks: sought by|wanted by|hunted by|who wants it|seekers
item.@<guards: guardian|guardians|guards|protected by|watched over by
location.@<guards: guarded by|guardian|guardians|protected by
location.@<located_in: points of interest|notable locations|notable places|landmarks|sites|locations|places
event.@caused_by: instigated by|started by|orchestrated by|mastermind|instigator|perpetrator|perpetrators
event.participants: victims|victim|survivors|witnesses|combatants and victims
event.@precedes: precedes|followed by
event.@<precedes: preceded by|follows
npc.@owes: debts|debt|creditor|creditors
npc.@<owes: debtors|owed by
npc.@fears: afraid of
npc.@<enemy_of: hated by
npc.@<loves: loved by|admirer
npc.@<guards: bodyguards|protector
npc.@born_in: birthplace|place of birth|born in
"""

# heads of sections that describe the thing above them and are not themselves things
NEUTRAL = """handout|letter|clipping|journal|diary entry|newspaper|telegram|transcript|now|today|present|present day|then|clue|clues|evidence|what's true|overview|summary|description|notes|note|gm notes|dm notes|gm note|read aloud|read-aloud|boxed text|hooks|plot hooks|adventure hooks|quest hooks|rumors|rumours|introduction|intro|background|details|next steps|questions|options|option|session zero|session|sessions|encounters|encounter|rules|mechanics|conclusion|appendix|
key facts|at a glance|quick facts|quick reference|stats|actions|legendary actions|reactions|traits|stat block|relationships|relations|connections|how to use|using this|usage|for the gm|for the dm|for your eyes only|gm only|secrets|friends and enemies|allies and enemies|ranks|rank|headquarters|goals|leadership|ties|table of contents|contents|example|examples|
tone and themes|credits|current status|playing her|playing him|playing it|playing them|roleplaying|tactics|hazard|hazards|treasure|features|scene|scenes|act|chapter|part|opening|opening scene|cold open|finale|climax|aftermath|beats|prep|checklist|clocks|clock|the trouble|trouble|the catch|the twist|twist|the truth|the problem|where it leads|what if|lines|veils|safety|languages|skills|
senses|speed|armor class|hit points|challenge|saving throws|damage immunities|damage resistances|condition immunities|proficiency bonus|str|dex|con|int|wis|cha|armour class|ac|hp|dc|check|checks|attack|attacks|melee weapon attack|ranged weapon attack|hit|multiattack|name|names|type|if attacked|if told the truth|setup|resolution|complications|complication|development|developments|outcomes|rewards|reward|why it works|how it works|tip|tips|reminder|warning|important|bonus|extra|variant|variants|alternatives|alternative|changes|changelog|what changed|sources|short version|long version|tldr|answer|question|dear|from|to|re|date|subject line|ps|p.s|signed"""

STOP = """former ex late dearest mondays tuesdays wednesdays thursdays fridays saturdays sundays dear does do did is are was were should would could can will has have having been be may might must shall the a an i he she it they we you this that these those there here when where what who whom whose which why how if but and or so as at in on of for with from by to after before during while once each every some any all no not yes now then also its his her their our your my me us him them
once ever never always only just even still again perhaps maybe because since until unless although though however therefore thus instead otherwise meanwhile finally first second third next last both either neither one two three four five six seven eight nine ten eleven twelve hundred thousand nobody nothing somebody something someone anyone anything everyone everything
gm dm npc npcs pc pcs party player players campaign session sessions act beat goal note notes type role status overview secret secrets hook tone scene chapter part step option optional let let's sure okay ok great thanks thank please hello hi here's there's that's it's i'd i'll i've i'm you'll you're we'll don't doesn't isn't can't won't didn't
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december spring summer autumn fall winter north south east west northern southern eastern western english french german spanish latin common christmas easter
currently today tonight tomorrow yesterday most many few several another other such own same more less much little very too quite rather almost nearly about around above below under over between through across along inside outside near beyond behind beneath without within upon toward towards into onto off out up down
dexterity constitution strength intelligence wisdom charisma athletics acrobatics perception persuasion deception stealth insight investigation arcana religion nature survival medicine performance intimidation initiative advantage disadvantage dc hp ac gp sp cp xp ep pp pop ca est str dex con int wis cha rpg ttrpg json yaml pdf ai vs etc good bad new yes want wants
either play playing use using make making take taking get keep give run see say says ask tell think know roll rolls choose pick add adds try start end lead leads whoever whatever whenever wherever anybody half everybody children legend rumour rumor rumours rumors founded led known born secretly officially publicly privately hidden located rumoured rumored said called built ruled run owned
"""

DETS = "the a an this that these those its his her their our your my some any each every one"
DEFINITE = "the"
CLITICS = ""
OF = "of"
BY = "by"
PLACE_PREPS = "in at near from toward towards to outside inside reached leaving beneath under below above behind beyond within on off into through across around beside between"
INSIDE = "in at on under beneath below above behind within inside aboard outside"
NEG = r"\b(?:not|never|no|isn't|aren't|wasn't|weren't|without|instead of|rather than|nor|no longer|ain't)\b"
REJECT = r"\b(?:instead of|rather than|in place of|no longer|not called|isn't called|(?:i've |i have |i )?(?:dropped|removed|scrapped|left out|cut|deleted|replaced|ditched)(?: the| your)?(?: \w+){0,3},?|without any|keep the \w+ out|used to be called|formerly known as|there (?:is|are) no|not(?=,? [*_]?[A-Z]))\s*$"
REFUTED = r"\b(?:is|are|was|were)\s+(?:a |an |just |only |simply |all |pure |complete |utter |totally |entirely )*(?:lie|lies|false|nonsense|untrue|wrong|rubbish|bunk|fabrication|made[- ]up|invented|myth|hoax|baseless|fake|bogus|red herring|mistaken|baloney|hogwash)\b"
RUMOUR = r"\b(?:rumou?rs?|claims?|stories|story|theory|theories|tales?|entry|entries|number|item|clues?|tips?|whispers?|no\.)\s+(?P<n>\d+(?:\s*(?:,|and|or|&)\s*\d+)*)"

PRONOUNS = {
    "she/her": "she her hers herself",
    "he/him": "he him his himself",
    "they/them": "they them their theirs themselves themself",
    "it/its": "it its itself",
}
SUBJECT = "she he they it who"
POSSESSIVE = "her his its their"
OBJECT = "him her them it"

# relation verbs: type: forms; `<` in front of the type: the grammatical object is the relation's subject
VERBS = """
serves: attended waited-on tended-by
leads: leads lead led leading heads head headed heading commands command commanded commanding directs directed directing chairs chaired captains captained captain'd presides presided spearheads masterminds runs run running ran
rules: rules rule ruled ruling governs govern governed governing reigns reigned controls controlled control controlling administers administered dominates oversees oversaw
founded: founded founds establish established establishes formed started set-up organised organized co-founded
member_of: joined joins joining belongs belonged enlisted
serves: loyal-to takes-orders-from take-orders-from took-orders-from in-the-pay-of on-the-payroll-of serves serve served serving obeys obey obeyed works-for work-for worked-for working-for answers-to answer-to reports-to report-to spies-for spied-for informs-for informs-to spying-for acts-for fights-for runs-errands-for
sworn_to: swore sworn pledged vowed bound
employs: employs employ employed hires hired hire hiring pays recruited recruits
owns: owns own owned owning possesses possess possessed keeps holds carries bought inherited
created: created creates made makes built builds forged forges crafted crafts wrote writes written designed designs invented carved painted wove cast composed engineered constructed programmed brewed coded
wields: wields wield wielded wielding brandishes wears worn wore
seeks: seeks seek sought seeking hunts hunted hunting pursues covets searches-for searching-for looks-for looking-for hunts-for chases tracks craves wants-to-find hopes-to-find
guards: guards guard guarded guarding protects protect protected protecting defends defended watches-over watch-over patrols keeps-watch-over polices safeguards wards
fears: fears fear feared fearing dreads dreaded terrified-of afraid-of scared-of frightened-of
loves: loves love loved loving adores adored worships in-love-with fond-of smitten-with besotted-with infatuated-with
owes: owes owe owed owing indebted-to in-debt-to
enemy_of: at-odds-with feuding-with hates hate hated despises loathes opposes opposed feuds-with fights fought enemies-with hunts-down blames betrayed murdered killed kidnapped vows-revenge-on enemy-of enemies-of
rival_of: rivals rivalled competes-with competed-with competing-with rival-of rivals-of vies-with
ally_of: allied-with allies-with allied-to befriended friends-with ally-of allies-of aligned-with supports-and-is-supported-by teamed-up-with
at_war_with: at-war-with war-with wars-with at-war-against warring-with
trades_with: trades-with trade-with traded-with trading-with buys-from sells-to does-business-with barters-with
spouse_of: married marries married-to wed weds
mentor_of: taught teaches teach trained trains mentored mentors tutored raised
<mentor_of: studied-under trained-under studies-under learned-from apprenticed-to learnt-from trained-by
<parent_of: born-to
vassal_of: vassal-of subject-to owes-fealty-to pays-tribute-to pays-homage-to subsidiary-of
located_in: lies lie lay sits sit stands stand located situated nestled perched found-in built-in built-on hangs rests stored kept buried lies-in stationed moored anchored docked berthed parked orbiting orbits
hidden_in: hidden hides hiding hid concealed stashed buried-in sewn-into hidden-in tucked
lives_in: lives live lived living dwells resides resided lairs lair lodges sleeps settled camps camped hails-from moved-to retired-to rents-a-room squats
works_at: works worked working works-at employed-at tends keeps-bar teaches-at works-in
born_in: born born-in
died_in: died dies drowned perished fell-at executed killed-in
participated_in: fought-in took-part-in survived participated-in joined-in attended served-in died-in
happened_at: signed celebrated happened took-place occurred held fought-at takes-place happens
caused_by: caused-by triggered-by sparked-by result-of blamed-on
<caused_by: caused causes triggered sparked led-to brought-about provoked unleashed ignited
precedes: preceded precedes led-up-to
<precedes: follows followed after
supersedes: replaced replaces supersedes superseded succeeded
leads: ~manage ~spearhead steers steered in-charge-of at-the-head-of heads-up
serves: devoted-to works-as-a-spy-for on-the-payroll-of takes-money-from smuggles-for kills-for collects-for acts-on-behalf-of sided-with fanatically-loyal-to fiercely-loyal-to
member_of: part-of one-of ranks-among deserted-to defected-to
employs: paid retains pay keeps-on-retainer
owns: kept guards-jealously wears-around
seeks: wants-to-recover wants-to-buy wants-to-steal wants-back ~covet ~crave looked-for is-after
wields: flies flew pilots piloted steers rides rode
enemy_of: killed kill betray ~betray ~destroy destroyed overthrow overthrows overthrew ~depose ~topple ~ruin ~blackmail ~resent ~distrust ~curse robs robbed ~threaten plots-against plotting-against schemes-against conspires-against wants-revenge-on swore-revenge-on sworn-to-kill sworn-to-destroy swore-to-kill wants-to-kill wants-to-destroy out-to-get ~detest ~persecute ~torment hostile-to despise loathe oppose
rival_of: feuding feud feuds quarrels-with quarreling-with quarrelling-with bickers-with jealous-of envies envied at-loggerheads-with competing rival
ally_of: in-league-with trusts helps ~help sides-with works-with conspires-with partnered-with in-cahoots-with
trades_with: trades supplies supplied sells-information-to sells-secrets-to smuggles-to barters
spouse_of: engaged-to betrothed-to promised-to wedded-to
mentor_of: taught-everything-to ~coach ~apprentice brought-up ~groom
<mentor_of: student-of apprentice-to pupil-of studied-with learnt-under
loves: infatuated-with pines-for carries-a-torch-for sweet-on devoted-lover-of yearns-for fallen-for fell-for
fears: flees-from hides-from
owes: owes-money-to owes-a-favour-to owes-a-favor-to owes-her-life-to owes-his-life-to
guards: ~shield ~shelter ~ward looks-after keeps-safe ~harbour ~harbor
located_in: stands sits moored docked hangs lies-in housed displayed
hidden_in: stashed ~conceal buried locked-in sealed-in holed-up lies-hidden sleeps-beneath
lives_in: lodges boards rents lurks nests haunts haunt squats-in grew-up
works_at: cooks-at sings-at drinks-at plays-at serves-at waits-tables-at on-duty-at
died_in: died-at fell-in lost-in vanished-in slain-at
caused_by: set-off-by started-by ordered-by
<caused_by: started ordered orchestrated masterminded engineered
leads: took-over has-taken-over took-control-of takes-charge-of took-command-of
serves: loyal-only-to faithful-to loyalty-to allegiance-to in-the-employ-of in-the-service-of in-service-to under-the-command-of does-the-bidding-of fights-under rides-for
member_of: rides-with runs-with sails-with marches-with flies-with enlisted-in signed-on-with recruited-into inducted-into initiated-into apprenticed-into sits-on represents represented
owns: in-the-hands-of in-the-possession-of in-the-keeping-of in-the-care-of
seeks: kill-for kills-for hungers-for obsessed-with desperate-for bid-for bidding-for scours
fears: fear-of dread-of terror-of wary-of
loves: love-for feelings-for affair-with devotion-to crush-on enamoured-of enamored-of passion-for ~idolise ~idolize ~venerate ~revere ~cherish dotes-on ~date dating sleeping-with having-an-affair-with
owes: debt-to a-debt-to in-debt-to
enemy_of: hatred-of hatred-for grudge-against vendetta-against vengeance-on vengeance-against revenge-on feud-against contempt-for spies-on spied-on spying-on ~sabotage ~undermine out-for-the-blood-of enmity-with turned-against turned-on ~mistrust framed ~frame hunts-down double-crossed ~slander hanged poisoned ~poison opposed-to
rival_of: rivalry-with feud-with quarrel-with dispute-with competition-with clashes-with clashed-with does-not-get-along-with contends-with vying-with
ally_of: alliance-with pact-with treaty-with truce-with friendship-with partnership-with friendly-with on-good-terms-with ~back works-alongside fights-alongside cooperates-with throws-in-with accord-with bankrolls bankrolled
at_war_with: war-on war-against declared-war-on waging-war-on wages-war-on
trades_with: trade-with trades-in-secret-with supplies-to exports-to imports-from ~barter-with ~deal-with sells sell sold buys buy bought
parent_of: ~father sired
<mentor_of: learned-her-trade-from learned-his-trade-from learned-their-trade-from learned-everything-from coached-by
lives_in: based makes-her-home makes-his-home makes-their-home room-above room-in room-at rooms-above rooms-in rooms-at home-in home-at holed-up
works_at: preaches-at preaches-in performs-at officiates-at presides-at
<located_in: home-to houses hosts
participated_in: present-at wounded-at wounded-in witnessed a-veteran-of veteran-of
<caused_by: responsible-for is-behind was-behind instigated to-blame-for set-off
located_in: arrived-in arrived-at came-to fled-to escaped-to exiled-to banished-to returned-to imprisoned-in imprisoned-at jailed-in held-captive-in held-prisoner-in trapped-in stranded-in stranded-on buried-in spends overlooks operates-out-of operate-out-of works-out-of seated-in
owns: won found stole stolen looted pilfered
serves: recruits-for collects-debts-for takes-her-orders-from takes-his-orders-from fights-for spies-on-behalf-of takes-bribes-from is-paid-by follows passes-information-to feeds-information-to leaks-information-to
rules: hold holds held
created: work-of handiwork-of
"""

BETWEEN = """
at_war_with: war wars warfare hostilities
rival_of: feud rivalry quarrel dispute tension tensions competition enmity bad-blood ill-will friction
enemy_of: hatred vendetta animosity
ally_of: alliance pact treaty friendship truce accord partnership entente
trades_with: trade commerce
spouse_of: marriage wedding
"""

NOUNS = """
<located_in: headquarters hq hideout lair base den
leads: leader speaker spokeswoman head chief boss captain commander chairman chairwoman chair president director founder-leader matriarch patriarch grandmaster ringleader warlord warchief general high-priest high-priestess abbot abbess ceo admiral mastermind figurehead headmaster prior prioress guildmaster commandant chieftain kingpin godfather don principal dean foreman marshal commodore alpha archdruid
rules: ruler mayor governor king queen prince princess duke duchess baron baroness count countess lord lady emperor empress regent sheriff castellan reeve margrave margravine sultan burgomaster monarch viceroy administrator warden overlord tyrant headman headwoman elder
founded: founder co-founder foundress
located_in: moon district quarter suburb ward province slum hamlet
member_of: member initiate recruit operative acolyte novice officer soldier lieutenant sergeant enforcer veteran associate cultist second-in-command treasurer quartermaster
serves: agent servant right-hand henchman henchwoman lackey bodyguard emissary envoy spokesman advisor adviser retainer lieutenant messenger champion minion assistant secretary butler valet steward handmaid informant surgeon clerk lawyer accountant fixer enforcer courier squire bosun attorney minister chancellor bookkeeper spy spymaster herald
owns: owner proprietor holder
works_at: innkeeper barkeep bartender landlord landlady keeper shopkeeper cook caretaker librarian archivist janitor manager publican nurse teacher curator custodian doorkeeper barista bouncer stationmaster harbourmaster harbormaster dockmaster lighthouse-keeper hostess host blacksmith smith priest priestess vicar parson doctor physician medic housekeeper porter governess surgeon housemaid gardener groundskeeper
created: creator maker author inventor architect designer builder forger smith
guards: guardian protector guard keeper gatekeeper defender sentinel watchman sentry
parent_of: mother father parent stepmother stepfather mum dad mom
<parent_of: daughter son child stepdaughter stepson firstborn
sibling_of: brother sister sibling siblings twin twins brothers sisters half-brother half-sister stepbrother stepsister
spouse_of: wife husband spouse widow widower consort bride groom
mentor_of: mentor teacher tutor instructor master trainer
<mentor_of: student apprentice pupil protege protégé disciple ward trainee
ally_of: ally friend allies friends confidant
rival_of: rival rivals competitor competitors
enemy_of: enemy enemies nemesis foe foes archenemy
loves: lover sweetheart beloved
owes: debtor
vassal_of: vassal subsidiary protectorate client offshoot branch
trades_with: customer supplier trading-partner
wields: wielder bearer
leads: manager boss queenpin speaker-for head-of
located_in: city town village suburb island valley street inn tavern planet harbour harbor
lives_in: resident inhabitant tenant lodger native citizen
serves: confessor chaplain maid cook driver gardener nurse page herald jester chauffeur governess footman apprentice-clerk go-between hireling thug crony mouthpiece spokeswoman housekeeper deputy sidekick underling protector-for hand chief-of-security head-of-security chief-of-staff master-of-arms station-chief-for
works_at: guard-at sexton usher bartender sailor warden surgeon mechanic engineer chef
member_of: agent-of knight monk nun priest captain-in thief gunman deserter-from
spouse_of: fiancé fiancée fiance fiancee betrothed partner
mentor_of: coach guru
<mentor_of: trainee student squire
sibling_of: twin-brother twin-sister half-brother half-sister
ally_of: accomplice partner-in-crime comrade companion business-partner sworn-brother sworn-sister blood-brother drinking-companion confidante
owes: debtor
<parent_of: children kids heir-apparent
member_of: brother sister
<serves: patron benefactor benefactress backer superior employer paymaster handler
founded: founding-member
wields: champion-of
"""

# roles without a relation of their own that are read as "X of Y" anyway
AGE_NUM = r"(?:(?:about |around |nearly |almost |roughly |some |barely |just |well over |over |past |maybe |perhaps |late |early |mid-?)*(?:\d{1,5}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|seven|eight|nine|ten|six|five|(?:\w+ )?(?:hundred|thousand))(?:[- ](?:something|ish|odd))?(?:'?s)?(?: years? old| years?| winters| summers|-years?-old)?)"
AGE_TAIL = r"(?: years? old| years of age| winters old|-year-old|-years?-old)"
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
