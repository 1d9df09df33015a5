"""English sentence patterns: what a clause says about its subject, and which words give a phrase away."""

# ruff: noqa: E501

SHORT = {
    "{M}": "\ue000",
    "{P}": "\ue001",
    "{A}": "(?:[a-z]+ly |still |also |now |only |just |really |always )?",
    "{BE}": "(?:is|are|was|were|'s|'re|been|be)",
}

# kinds.field: pattern; @v@ to the end of the clause, @w@ to the comma, @s@ to the end of the sentence
RULES = r"""
npc.fear: \b(?:afraid|terrified|scared|frightened|petrified|fearful|in terror) (?:of|that) @w@
npc.fear: \b(?:fears?|dreads?) (?!for\b)@w@
npc.fear: \b(?:greatest|worst|only|deepest|secret)? ?fear is (?:that )?@w@
npc.fear: \bhiding from @w@
npc.motive: \b(?:wants?|hopes?|longs?|yearns?|aims?|intends?|wishes|craves|seeks|is determined|is desperate|is trying|has sworn|has vowed|dreams of|plans|would like|would give anything|wants only|means|is after|is hoping|is saving|is looking for|is searching for|is hunting|means to)(?: one thing[^:.;]{0,30}:| only| nothing more than| more than anything)? @v@
npc.motive: \b(?:what|all) (?:she|he|they|it) wants?(?: most)? is (?:for )?@v@
npc.motive: \b(?:goal|motive|motivation|ambition|dream|aim|wish|mission|plan) is (?:to )?@v@
npc.motive: \bwants? one thing[^:]{0,20}: @v@
npc.secret: \bwhat (?:{M}|she|he|they) (?:has|have|had) (?:never )?(?:told|confided|admitted|said|shown)[^.;:\n]{0,24}? is that @s@
npc.secret: \bsecret(?:ly)? is (?:that )?@s@
npc.secret: \b(?:secretly|in secret|unknown to \w+|in truth|in reality|nobody knows that|no one knows that|what nobody knows is that|behind the scenes,?) (?P<v>[^.;!?\n]{4,200})
npc.secret: \b(?:is|was) (?:hiding|concealing) (?P<v>(?!in\b|from\b|out\b)[^.;!?\n]{4,160})
npc.secret: \b(?:doesn't|does not|don't|do not) know (?:that )?(?P<v>(?:{M}|she|he|they|it)[^.;!?\n]{3,160})
npc.voice: \b(?P<v>(?:speaks?|talks?|whispers?|mumbles?|stutters?|stammers?|drawls?|lisps?|growls?|sings?|swears?|murmurs?|rasps?) (?:only |mostly |always )?(?:in|with|like|as|softly|slowly|quietly|loudly|to|through|about|very|so|too|without|at|of)\b[^.;!?\n]{2,120})
npc.voice: \b(?P<v>(?:a |an |her |his |their )?(?:[\w-]+,? ){1,3}(?:voice|laugh|accent|drawl|whisper|lisp|stutter|stammer)\b[^,.;!?\n]{0,80})
npc.voice: \b(?P<v>(?:never|won't|doesn't|rarely|hardly|always|refuses to) (?:speaks?|talks?|raises? (?:her|his|their) voice|swears?|whispers?)[^.;!?\n]{0,100})
npc.voice: \b(?P<v>(?:soft|quiet|loud|well|plain|gently|blunt)-?spoken)\b
npc.voice: \b(?P<v>(?:calls? everyone|ends every sentence|finishes every sentence|asks every|speaks in|never finishes|repeats)[^.;!?\n]{2,100})
npc.appearance: \b(?:wears?|wearing|dressed in|clad in|sports?) @w@
npc.appearance: \b(?:walks|limps|leans|hobbles) (?P<v>(?:with|on) [^,.;!?\n]{3,80})
npc.appearance: \b(?P<v>(?:tall|short|thin|lean|stout|heavyset|broad|blind|scarred|bald|pale|lanky|gaunt|wiry|plump|tattooed|one-eyed|one-handed|one-armed|lame|deaf|tiny|huge|enormous|burly|stooped|hunched|freckled|bearded|grey-haired|gray-haired|white-haired|red-haired|silver-haired|clean-shaven|missing)\b[^,.;!?\n]{0,70})
npc.appearance: \b(?:with|has|have) (?P<v>(?:a |an |the |two |no |his |her |their )?(?:[\w'-]+,? ){0,5}(?:hair|beard|eyes?|eyebrows?|brows?|face|nose|scars?|hands?|fingers?|teeth|tooth|skin|arms?|legs?|moustache|mustache|braids?|tattoos?|glasses|spectacles|monocle|coat|cloak|hat|robes?|boots|gloves|cane|limp|eyepatch|jaw|shoulders|smile|grin|cheeks?|jacket|suit|scarf|veil|mask|apron|horns?|tail|wings?|fur|ring|rings|earrings?|dress|uniform|freckles|wrinkles|collarbone|implant|chrome)\b[^.;!?\n]{0,80})
npc.appearance: \bmissing (?P<v>(?:a|an|one|two|her|his|their|the) [^,.;!?\n]{3,60})
npc.personality: \b(?:is|are|was|'s) (?P<v>(?:not )?(?:{ADJ})(?:(?:, (?:and )?| and | but |, but )(?:{ADJ}))*(?: to (?:everyone|anyone|those|people)[^,.;!?\n]{0,40})?)\b
npc.personality: \b(?P<v>(?:smiles|laughs|lies|trusts|cheats|drinks|gambles|flirts|collects|hums|whistles|forgets|remembers|hates|loves|believes|thinks|refuses|insists|treats|always|never (?:smiles|laughs|lies|raises|forgets|apologi[sz]es|drinks|sleeps|late|hurries|finishes|complains|asks|explains)|keeps promises|worships|counts|prays|apologises|apologizes|complains|gossips|bargains|answers(?! to\b)|worries|pretends|has no patience|has a habit|patches up|would rather|decides|prefers|likes|enjoys|rarely|seldom)\b(?! (?:{M}|{P}))(?: (?P<x>[^.;!?\n]{3,160}))?)
npc.age: \b(?:is|was|aged|age|turned|are|,|^) ?(?P<v>{AGE})(?=[,.;]|$| and\b| or\b| but\b| if\b| with\b| years\b)
npc.age: \b(?:girl|boy|man|woman|person|child|youth|lad|lass|widow|widower|orphan|bachelor|spinster|lady|gentleman|student) of (?P<v>{AGE})
npc.age: \b(?P<v>(?:\d{1,4}|{AGEW})[- ]years?[- ]old)\b
npc.age: \b(?P<v>in (?:her|his|their) (?:early |mid-?|late )?(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))
npc.birth: \bborn (?:in|on|during) (?P<v>[^,.;!?\n]{0,30}\d[^,.;!?\n]{0,20})
npc.death: \b(?P<v>(?:died|was killed|was murdered|was executed|drowned|fell|perished|was hanged|was shot|was assassinated|was poisoned|froze to death|burned to death|starved)(?: in| at| on| during| by| of| when| from| here| under| for| while|$)[^,.;!?\n]{0,90})
npc.death: \b(?P<v>death (?:in|at|on|during|by) [^,.;!?\n]{2,30}?)(?= the\b| and\b|[,.;]|$)
npc.life_status: \b(?P<v>(?:is|was|has been|presumed|believed|long|already|now|recently) (?:dead|deceased|missing|undead|alive|imprisoned|in prison|in a coma|exiled|comatose))\b
npc.home: \b(?:lives?|lived|dwells?|resides?|sleeps?|lodges?|lairs?|squats?|rents a \w+|keeps (?:a )?rooms?|has (?:a )?rooms?|camps?) (?:alone |now |still |quietly |in hiding )?(?P<v>(?:in|at|on|under|above|over|aboard|beneath|behind|near|with|inside|beside|below|out) [^,.;!?\n]{3,90})
npc.home: \bmoved (?:her|his|their)? ?(?:home )?(?:from [^,.;!?\n]{2,40} )?to @w@
npc.home: (?:\b(?:hails from|native of|grew up in|comes from)|(?:(?:man|woman|soldier|doctor|physician|girl|boy|merchant|exile|refugee|trader|sailor|stranger)|^) from) (?P<v>{M})
npc.current_location: \b(?:currently|now|can be found|is found|spends (?:her|his|their) \w+|is held|is hiding|has been hiding|is waiting|waits|is buried|sits|sitting|is imprisoned|is being held|was last seen|last seen|found|holed up|hides out|hiding out|works out of) (?P<v>(?:in|at|on|under|above|aboard|beneath|behind|near|inside|by|beside) [^,.;!?\n]{3,80})
npc.current_location: \bmeets? (?:the|your) (?:party|players|characters|heroes|crew) (?P<v>(?:in|at|on|near|outside|by) [^,.;!?\n]{3,60})
npc.occupation: \b(?P<v>(?:runs|owns|operates|manages|tends|captains|commands|teaches|repairs|sells|guards|drives|pilots|edits|edits|hosts|leads|heads|oversees) (?:the |a |an |his |her |their )?{M}?[^,.;!?\n]{0,60})
npc.occupation: \bworks (?:as|in|at|for|on|nights|days) (?P<v>[^,.;!?\n]{3,60})
npc.occupation: \b(?:serves|served|acts|employed|trained|hired) as (?:the |a |an )?@w@
npc.role: \b(?:is|was|became|remains) (?P<v>the one who [^,.;!?\n]{3,80})
faction.founded: \b(?:founded|established|formed|created|chartered|incorporated|organi[sz]ed|started|set up) (?:back )?(?:in|on|during|by [^,.;]{2,40} in|after|around) (?:the (?:winter|spring|summer|autumn|year)(?: of)? )?(?P<v>[^,.;!?\n]{0,24}\d[^,.;!?\n]{0,12}?|the [^,.;!?\n]{4,40})(?= by\b| after\b| when\b| to\b| as\b|[,.;]|$)
faction.founded: \bsince (?P<v>\d{3,4}\b[^,.;!?\n]{0,12})
faction.headquarters: \b(?:meets?|based|headquartered|operates?|works?|gathers?|directed|run|runs [^,.;]{2,30}|housed|holed up|headquarters (?:is|are)|quartered|keeps its \w+|garrisoned|stationed|lairs?|hides?) (?:out of|from|in|at|under|beneath|aboard|inside|on|above|below|behind) @w@
faction.headquarters: \b(?:headquarters|hq|base|seat|chapter house|hall|hideout|lair)(?:,| is| are) (?:in |at |under |aboard )?@w@
faction.headquarters: \bmoved (?:its|their|his|her|{P}) (?:headquarters|base|seat|hall|operations) (?:from [^,.;]{2,40} )?(?:to|into) @w@
faction.resources: \b(?:can call on|can field|can muster|counts on|commands an? \w+ of|armed with|backed by) @v@
faction.territory: \b(?:territory|turf|domain|reach|jurisdiction) (?:is|covers|includes|runs|extends|stretches) @v@
faction.territory: \b(?:controls?|holds?|claims?|patrols?|polices?|occupies) (?P<v>(?:the |all |every |most |both |half )[^.;!?\n]{3,100})
faction.motto: \b(?:motto|slogan|creed|watchword|words|saying|oath|battle cry) (?:is|are|reads?|runs)[:,]? ["'](?P<v>[^"\n]{3,120}?)["']
faction.private_agenda: \b(?:secretly|in secret|in truth|behind closed doors|in private|privately|quietly|covertly|really|in fact|actually)\b,? (?:they |it )?(?P<v>[^.;!?\n]{6,220})
faction.private_agenda: \b(?:plans?|plots?|intends?|schemes?|conspires?|means|is planning|are planning|is plotting) to @v@
faction.public_purpose: \b(?:publicly|in public|officially|openly|on paper|on the surface|to the (?:public|citizens|world|outside world)|in the open),? (?:they |it |the {M} )?(?P<v>[^.;!?\n]{6,200})
faction.public_purpose: \b(?:swears?|sworn|claims?|pretends?|promises|exists|vows?|pledged|dedicated|devoted|professes) to @v@
faction.goals: \b(?:wants?|hopes?|aims?|seeks?|intends?|would like|is trying|are trying|wish|wishes|demands?|campaigns? for|strives?|works to|fights? for|fights? to|longs?|are hunting|is hunting|is looking for|are looking for) @v@
faction.goals: \b(?:goal|aim|objective|mission|ambition|purpose|plan|dream) is (?:to )?@v@
faction.resources: \b(?:has|have|holds?|commands?|can call on|can field|owns?|controls?|boasts?|possess(?:es)?|numbers?|musters?) (?P<v>(?:the |a |an |about |some |over |nearly |more than |around )?(?:[\w-]+ ){0,3}(?:men|women|members|soldiers|ships|guns|hands|agents|swords|riders|troops|drones|contracts?|money|gold|spies|warriors|knights|boats|trucks|cars|lawyers|operatives|fighters|rifles|horses|credits|funds|hackers|vehicles|weapons|crew|people|souls|gunmen|bikes|satellites|monks|acolytes|informants|charges)\b[^.;!?\n]{0,80})
faction.resources: \btakes? (?P<v>[^.;!?\n]{3,40} (?:from|of) (?:every|each|all|any)[^,.;!?\n]{2,60})
faction.status: \b(?P<v>(?:is|are|has been|have been|was|were) (?:now |all but |nearly |almost |badly |recently )?(?:disbanded|fractured|bankrupt|in decline|growing|divided|scattered|outlawed|leaderless|weakened|extinct|at war|on the run|defunct|dissolved|thriving|shrinking|splintered|broken|banned|destroyed))\b
location.population: \b(?P<v>(?:about |around |nearly |some |roughly |almost |maybe |fewer than |less than |over |more than |home to |only |barely )*(?:\d[\d,.]*|{NUMW})(?: (?:million|thousand|hundred|dozen))?(?: [\w-]+)? (?:people|souls|inhabitants|residents|citizens|settlers|colonists|families|households|villagers|townsfolk|crew|miners|workers|humans|elves|dwarves|prisoners|inmates|refugees|locals|monks|students|mice|goblins|halflings|strong)\b(?:,? (?:and (?:dropping|falling|growing|rising|shrinking)|most of them [^,.;]{2,30}|mostly [^,.;]{2,30}))?)
location.population: \bpop(?:ulation|\.)?:? (?:is |of |about )*(?P<v>[^,.;!?\n]{0,12}\d[\d,.]*(?: (?:million|thousand))?[^.;!?\n]{0,40})
location.population: \b(?:village|town|city|hamlet|settlement|colony|port|community|station|outpost|camp|halt|parish) of (?:about |around |some |nearly )?(?P<v>(?:\d[\d,.]*|{NUMW})(?: [\w-]+){0,4})
location.ruler: \b(?:ruled|governed|run|led|controlled|owned|overseen|held|managed|operated|administered|kept|tended|policed|headed|directed|presided over)(?: from {M}| jointly| badly| tightly)? by (?P<v>[^,.;!?\n]{2,80})
location.known_for: \b(?:known|famous|famed|renowned|notorious|celebrated|noted|infamous) (?:\w+ )?(?:for|as) @v@
location.known_for: \b(?P<v>where (?!to\b)[^.;!?\n]{6,140})
location.known_for: \b(?:home to|houses?|boasts?|built (?:around|on|from|inside|over|out of)|carved (?:from|into)) @w@
location.services: \b(?:serves?|sells?|offers?|provides?|rents?|trades? in|deals? in|stocks?|repairs?|you can (?:buy|get|rent|hire|find)|for sale:?|patches up) @v@
location.services: \b(?P<v>(?:will|'ll) (?:let you|sell you|fix|repair|patch|give you|rent you)[^.;!?\n]{3,120})
location.sensory: \b(?P<v>(?:the [\w' ]{2,30} |it |everything |air |always )?(?:smells?|reeks?|stinks?|tastes?|sounds?|echoes|hums|buzzes|glows?|glitters?|creaks?|drips?|rattles|stench|is lit|lit|throbs|shimmers)\b (?:of|like|with|in|as|by|and|faintly|under|day and night)[^.;!?\n]{2,120})
location.sensory: \b(?P<v>the (?:air|smell|stink|stench|sound|hum|taste|light|silence|noise|scent|drone|clatter)\b[^.;!?\n]{3,110})
location.climate: \b(?P<v>(?:always |hot|cold|wet|dry|damp|freezing|humid|foggy|misty|rainy|windy|perpetual|constant|endless|permanent|mild|arid|tropical|snowbound|frozen)[^.;!?\n]{0,40}\b(?:rain(?:ing)?|fog|snow(?:ing)?|drizzling|drizzle|wind|winds|sun|heat|mist|dust|summers?|winters?|storms?|weather|smog|frost|noon|climate))\b
location.climate: \b(?P<v>(?:summers?|winters?|it rains|it snows|it drizzles|the sun|rain falls|snow falls|dust storms|fog rolls|monsoons?|acid rain)\b[^.;!?\n]{2,100})
location.danger: \b(?P<v>(?:don't|do not|never|nobody|no one|avoid|beware|watch (?:out )?for|careful)\b[^.;!?\n]{4,140})
location.danger: \b(?P<v>[^.;!?\n]{0,80}\b(?:avalanches?|rotten|collapse[sd]?|haunted|cursed|poison(?:ous|ed)?|toxic|irradiated|radiation|radioactive|quicksand|traps?|trapped|bandits?|predators?|monsters?|wolves|ambush(?:es)?|flash floods?|venomous|rattlesnakes?|landslides?|unstable|deadly|lethal|mines|sharks?|patrols?|raiders|drown(?:s|ed)?|explosive|fails? twice)\b[^.;!?\n]{0,80})
location.hidden_details: \b(?P<v>(?:hidden|secret|concealed|walled[- ]up|buried|unmarked|bricked[- ]up|locked|sealed|forgotten)\b (?:\w+ )?(?:door|room|passage|tunnel|cellar|shaft|stair|stairs|stairway|vault|chamber|nursery|chapel|shrine|lab|laboratory|entrance|exit|compartment|grave|basement|level|floor|crypt|archive|hatch)[^.;!?\n]{0,120})
location.hidden_details: \b(?:there is|there's|there are) (?P<v>[^.;!?\n]{0,60}(?:beneath|behind|under|below|hidden|nobody|no one|no plan|no map|secret|sealed|asleep|buried)[^.;!?\n]{0,90})
location.hidden_details: \b(?P<v>(?:below|beneath|under|underneath|behind) (?:it|the [\w' ]{2,30}|{M})[, ](?:there )?(?:is|are|lies?|sits?|sleeps?|waits?|runs?|a|an|something|someone)\b[^.;!?\n]{3,120})
location.status: \b(?P<v>(?:is|are|was|were|has been|been|stands?|lies?|now|half of it|mostly|long|recently)? ?(?:abandoned|ruined|in ruins|burned down|burnt down|destroyed|closed|sealed|flooded|half-flooded|quarantined|deserted|derelict|collapsed|under siege|besieged|occupied|condemned|boarded up|vacant|empty since|shut down|rebuilt|under construction|drowned|sunk|went under|locked down|overrun|evacuated|for sale|haunted since|decommissioned|mothballed)\b(?! (?:her|his|their|the|a|an|my|your|its)\b)[^,.;!?\n]{0,80})
event.start: \b(?:on|in|since|began (?:on|in)|started (?:on|in)|of|during) (?P<v>(?:the (?:night|winter|spring|summer|autumn|year|morning|eve)(?: of)? )?(?:the )?\d[^,.;!?\n]{0,24}?)(?= (?:when|after|by|as|and|at|with|before|the|to|in)\b|[,.;)]|$)
event.start: \b(?P<v>(?:\d+|{NUMW}) (?:years?|months?|weeks?|days?|winters?|nights?|generations?|centuries|decades?|hours?) (?:ago|earlier|before|later|from now))\b
event.start: \b(?P<v>in (?:\d+|{NUMW}) (?:days?|weeks?|nights?|months?|hours?))\b
event.start: \b(?P<v>(?:last|next|this) (?:night|week|month|year|spring|summer|autumn|winter|fall|tuesday|monday|wednesday|thursday|friday|saturday|sunday))\b
event.end: \b(?:ended|ends|lasted|lasts|until) (?:in |on |for |with |when |until )?@w@
event.consequences: \b(?P<v>(?:\d[\d,.]*|{NUMW}|many|most|half|several|hundreds|thousands|everyone|nobody|all)(?: of)?(?: [\w'-]+){0,4} (?:died|were killed|drowned|perished|killed|lost|washed away|vanished|disappeared|fled|survived|burned|starved|were arrested|were lost|was lost)\b[^.;!?\n]{0,60})
event.consequences: \b(?:as a result|since then|consequently),? @s@
event.consequences: \b(?:left|led to|leading to|resulted in|ended with|destroyed|leaving|cost|brought down|emptied|wiped out|toppled|sank|bankrupted) @v@
event.causes: \bthe cause (?:was|is) @s@
event.causes: \b(?:because|caused by|triggered by|sparked by|after|started when|began when|set off by|blamed on|brought on by|when|in retaliation for) (?P<v>[^,.;!?\n]{6,140})
timeline_arc.start: \b(?:starts|begins|opens) (?:with|when|on|in) (?P<v>[^.;\n]{4,100}?)(?= and (?:ends|runs out|closes|finishes)\b|[,.;]|$)
timeline_arc.end: \b(?:ends|runs out|finishes|closes) (?:with |when |in |on )?@s@
item.properties: \b(?:that|which) (?P<v>(?!is\b|was\b|has\b|had\b|were\b|are\b|belong|once\b|never\b|will\b|started\b|began\b|the\b|a\b|he\b|she\b|they\b|{M}|\w+ed\b)[a-z]+s? [^.;!?\n]{4,140})
item.properties: \b(?P<v>(?:whoever|anyone who|any (?:one|person|creature) who|every(?:one|thing)|the (?:bearer|wearer|wielder|holder|user|owner))\b[^.;!?\n]{4,140})
timeline_arc.stakes: \b(?:what is |what's )?at stake(?: is|:)? @s@
item.owner: \b(?:owned by|belongs to|belonged to|carried by|worn by|held by|in the (?:hands|possession) of|property of|kept by|wielded by|bought by) (?P<v>{M})(?! |$)
item.owner: \b(?:belongs to|carried by|worn by|owned by|wielded by|property of|in the (?:hands|possession) of) @w@
item.creator: \b(?:made|forged|crafted|built|written|created|designed|painted|carved|cast|invented|woven|composed|brewed|engineered|coded|signed)(?: for {M}| in [^,.;]{2,20})? by @w@
item.location: \b(?:hidden|kept|stored|hangs?|buried|locked|lies|rests?|sits?|found|concealed|sewn|stands|displayed|last seen|stashed|tucked|now|locked away|mounted|secured|held|currently)(?: away| now| hidden| somewhere)? (?P<v>(?:in|inside|behind|under|beneath|at|on|within|above|below|aboard|into) [^,.;!?\n]{3,80})
item.value: \b(?P<v>(?:worth|sells for|fetches|priced at|costs?|valued at|pay|isn't worth|is worth) [^,.;!?\n]{2,60})
item.value: (?P<v>[$€£¥₩]\s?\d[\d,.]*(?:k|m| million)?|\b\d[\d,.]* ?(?:gp|sp|cp|gold(?: pieces)?|credits|crowns|dollars|marks|coins|euros|silver|nuyen|eb|creds|doubloons|pieces of eight)\b)
item.attunement: \b(?P<v>requires attunement[^,.;!?\n)]{0,60}|attunement required|no attunement)\b
item.rarity: \b(?P<v>very rare|common|uncommon|rare|legendary|mythic|epic|unique|artifact|priceless|one of a kind|prototype)\b
item.properties: \b(?P<v>(?:whoever|anyone who|anybody who|any creature|anything|the (?:wearer|bearer|wielder|holder|owner|user|reader|drinker))\b[^.;!?\n]{4,160})
item.properties: ^(?:{M}|it|\W*)? ?(?P<v>(?:opens|grants|gives|lets|allows|keeps|makes|never|turns|shows|records|cuts|heals|burns|protects|detects|can|always|only|erases|unlocks|holds|stores|plays|glows|hums|points|fires|deals|causes|reveals|warns|answers|speaks|whispers|drains|ticks|runs|cannot|can't|doubles|restores|removes|summons|calls|renders|forces|translates|remembers|predicts|broadcasts|jams)\b [^.;!?\n]{3,160})
item.properties: \b(?P<v>\+\d[^.;!?\n]{0,60}|\d+d\d+[^.;!?\n]{0,60})
item.properties: ^(?P<v>(?:while|when|once|if) (?:you|worn|held|lit|the (?:wearer|bearer|wielder|holder))[^.;!?\n]{6,160})
item.properties: ^(?P<v>(?-i:[A-Z])[a-z-]+ (?:it|this|down|up)\b[^.;!?\n]{6,160})
item.history: \b(?P<v>(?:once |originally |last |first )?(?:carried|forged|made|stolen|taken|looted|found|lost|brought|recovered|salvaged|given|won|buried|used|built|belonged|dug up|issued|smuggled) (?:by|from|in|during|for|at|after|to|aboard|when)\b[^.;!?\n]{3,120})
item.history: \b(?P<v>that {M} (?:carried|used|wore|stole|lost|found|won|wielded))\b
item.secret: \b(?:secretly|in truth|what nobody knows is that|nobody knows that|in fact|actually) @v@
timeline_arc.stakes: \bstakes?:? @v@
timeline_arc.start: \b(?:begins|began|starts|started|opens) (?:in|on|with|when)? ?@w@
timeline_arc.end: \b(?:ends|ended|until|closes) (?:in|on|with|when)? ?@w@
"""

_ADJ = """honest jolly courteous forgetful sweet idle kind cruel gentle patient impatient proud vain greedy generous ruthless charming cunning clever shrewd stubborn loyal brave cowardly timid shy bold reckless cautious careful paranoid suspicious bitter
cheerful gloomy grumpy gruff warm cold distant aloof arrogant humble modest lonely loyal devout pious cynical sarcastic dry witty funny serious stern strict lazy hard-working hardworking curious nosy nervous anxious calm serene hot-tempered short-tempered quick-tempered even-tempered
ambitious jealous envious vengeful forgiving merciful merciless polite rude blunt tactful diplomatic scheming manipulative deceitful dishonest trustworthy reliable unreliable fickle moody melancholy optimistic pessimistic idealistic pragmatic practical romantic sentimental superstitious
rational logical obsessive fussy meticulous precise tidy messy absent-minded dreamy naive naïve gullible worldly jaded weary tired haunted guilt-ridden ashamed fearless intrepid dashing flamboyant theatrical dramatic quiet talkative chatty garrulous taciturn laconic silent soft-hearted hard-nosed
kindly motherly fatherly grandfatherly protective possessive domineering bossy submissive obedient rebellious defiant unflappable imperturbable ironic sardonic wry playful mischievous impish childish mature wise foolish fanatical zealous dogmatic tolerant open-minded narrow-minded bigoted
righteous principled unscrupulous corrupt incorruptible amoral decent noble petty spiteful malicious sadistic violent peaceful restless driven focused distracted unpredictable volatile erratic eccentric odd strange unsettling creepy sinister menacing threatening friendly affable genial amiable
sociable gregarious reclusive solitary private secretive guarded frank candid direct evasive slippery smooth suave tender tough hardened resilient fragile sensitive insensitive callous compassionate empathetic indifferent bored cool composed collected methodical systematic efficient incompetent
competent capable resourceful ingenious inventive imaginative unimaginative dull bright sharp quick slow thoughtful thoughtless inconsiderate selfish selfless greedy miserly stingy frugal extravagant hospitable unwelcoming inquisitive observant vigilant watchful sleepless relentless tireless determined
resolute hesitant indecisive gentle-mannered mild-mannered bookish scholarly earnest sincere insincere hypocritical unreadable humourless humorless overconfident insecure desperate hopeful hopeless angry furious resentful grieving grief-stricken homesick nostalgic weary world-weary unforgiving punctual vicious hungry"""
_NUMW = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|a hundred|a thousand|a dozen|hundreds|thousands|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) (?:hundred|thousand))"
_AGEW = r"(?:seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|two|three|four|five|six) hundred)"
_AGE = rf"(?:about |around |nearly |almost |barely |just |well over |over |past |maybe |only |not yet |perhaps )?(?:\d{{1,4}}|{_AGEW})(?: years? old| years? of age| winters| summers|-ish|-odd)?(?: if \w+'s a day)?"
SHORT |= {
    "{ADJ}": "(?:very |too |quite |utterly |painfully |always |endlessly |unfailingly )?(?:"
    + "|".join(_ADJ.split())
    + ")",
    "{NUMW}": _NUMW,
    "{AGE}": _AGE,
    "{AGEW}": _AGEW,
}

CUES = {
    "personality": "|".join(_ADJ.split())
    + r"|never|always|won't|doesn't|can't|cannot|believes|trusts|rude to|obsessed|habit|temper|humou?r|workaholic|optimist|pessimist|perfectionist",
    "appearance": r"arms?|legs?|shoulders|gaze|stare|freckled|wrinkled|weathered|toothless|prosthetic|mirrored|stocky|petite|curvy|wiry|lanky|moustached|hair(?:ed)?|beard(?:ed)?|eye[sd]?|eyed|eyebrows?|face[sd]?|scar(?:s|red)?|tall|short|thin|lean|stout|broad|bald|pale|lanky|gaunt|wiry|plump|tattoo(?:s|ed)?|limp|lame|blind|deaf|moustache|mustache|freckle[sd]?|wrinkle[sd]?|gloves?|coat|cloak|hat|cape|boots|robes?|wears|wearing|dressed|glasses|spectacles|monocle|cane|teeth|toothless|skin|hands?|fingers?|fingernails|knuckles|shoulders?|jaw|big|huge|tiny|small|slim|slender|burly|heavyset|muscular|elegant|immaculate|shabby|ragged|handsome|beautiful|barefoot|jacket|suit|scarf|veil|mask|apron|uniform|dress|smile|grin|chrome|implant|prosthetic|braid(?:s|ed)?|stooped|hunched|missing",
    "voice": r"voice|speaks?|talks?|accent|whispers?|mumbles?|drawl|lisp|stutter(?:s)?|stammer(?:s)?|laugh|spoken|sings?|sentences|says",
    "species": r"",
    "climate": r"rain(?:s|y|ing)?|fog(?:gy)?|snow(?:s|y|ing)?|drizzl(?:e|es|ing)|wind(?:s|y)?|sunny|hot|cold|dry|wet|damp|humid|mist(?:y)?|frost(?:y)?|freezing|summers?|winters?|storms?|stormy|weather|monsoon|smog|tropical|arid|temperate|climate|dust storms?",
    "sensory": r"smells?|reeks?|stinks?|stench|scent|sounds? of|hum(?:s|ming)?|echo(?:es|ing)?|tastes?|the air|lit|flicker(?:s|ing)?|neon|glow(?:s|ing)?|creak(?:s|ing)?|drip(?:s|ping)?|buzz(?:es|ing)?|stink|odou?r|incense|steam|smoke",
    "services": r"serves?|sells?|offers?|rents?|beds?|rooms|meals?|food|drinks?|baths?|mail|ale|stew|repairs?|supplies|healing|gossip|lodging|stabling|horses|fuel|ammo|ammunition|parts|coffee|whiskey|whisky|beer|noodles|provisions|medicine|black-market|loans|transport|passage|bandages",
    "danger": r"don't|beware|danger(?:ous)?|avoid|deadly|hazard|lethal|trap(?:s|ped)?|haunted|cursed|poison(?:ous)?|toxic|radiation|irradiated|avalanches?|rotten|bandits|predators|monster|unstable|nobody|no one|patrol(?:s|led)?|ambush",
    "hidden_details": r"hidden|secret(?:ly)?|concealed|nobody knows|no one knows|beneath|underneath|walled-up|sealed|trapdoor|tunnel|crypt",
    "status": r"abandoned|ruin(?:s|ed)|destroyed|closed|flooded|quarantined|deserted|derelict|collapsed|besieged|occupied|condemned|vacant|rebuilt|burned|sealed|half-built|neutral|disbanded|fractured|bankrupt|outlawed|active|declining|growing|resentful|debtor|weakened|at war",
    "neutral_goods": r"",
    "palette": r"black|white|gr[ea]y|red|blue|green|yellow|orange|purple|violet|pink|brown|teal|turquoise|cyan|magenta|indigo|gold(?:en)?|silver|bronze|copper|amber|ochre|umber|sienna|crimson|scarlet|ivory|cream|bone|rust|moss|honey|sepia|monochrome|pastel|palette|tones?|hues?|colou?rs?|ink|slate|charcoal|navy|emerald|jade|rose|lavender|tobacco|sand|desaturated|muted|neon|earth tones|technicolou?r|black and white",
    "lighting": r"light(?:s|ing)?|lit|lamplight|candlelight|candlelit|moonlight|moonlit|sunlight|sunlit|torchlight|firelight|backlit|backlight(?:ing)?|glow(?:ing)?|shadows?|chiaroscuro|golden hour|dusk|dawn|sunset|sunrise|floodlights?|neon signs?|lanterns?|rim light|overcast|spotlight|headlights?|streetlights?|twilight|noon sun|starlight|fluorescent|window(?:s)? lit|glowing windows",
    "composition": r"seen from|view(?:ed)? from|close-?up|wide shot|wide angle|wide-angle|long shot|low angle|low-angle|high angle|bird'?s[- ]eye|worm'?s[- ]eye|overhead|top-down|portrait|landscape format|three-quarter|rule of thirds|foreground|background|centred|centered|symmetrical|framed|framing|panoramic|aerial|isometric|from above|from below|from behind|silhouette|full body|half-length|profile|dutch angle|lower left|upper|left third|right third|negative space|over the shoulder|perspective|vertical|horizontal|square|16:9|2:3|depth of field|shot|head and shoulders|establishing|vista|eye level",
    "style": r"watercolou?r|gouache|oil(?: painting)?|acrylic|ink(?:ed)?(?: wash| drawing)?|pencil|charcoal drawing|digital painting|matte painting|concept art|illustration|illustrated|woodcut|linocut|engraving|etching|lithograph|photo(?:graph|realistic|realism)?|photoreal|cel-shaded|anime|manga|comic|storybook|paperback|pulp|poster|art deco|art nouveau|impressionist|expressionist|baroque|renaissance|cinematic|film still|film grain|35mm|render(?:ed)?|3d|pixel art|low-poly|vector|flat|stained glass|tapestry|fresco|mosaic|risograph|screen ?print|collage|sketch|painterly|retro-futurist|in the style of|style|polaroid|daguerreotype|tintype|noir|ukiyo-e|brushwork|fantasy art|book cover|airbrush|travel poster|pastels|documentary|etched",
    "mood": r"mood|atmosphere|atmospheric|cosy|cozy|wistful|hushed|lonely|melancholy|melancholic|ominous|eerie|tense|serene|peaceful|hopeful|foreboding|menacing|dreamy|dreamlike|mysterious|quiet|still|dread|desolate|bleak|joyful|whimsical|tender|claustrophobic|oppressive|nostalgic|epic|heroic|intimate|gritty|unsettling|uneasy|festive|calm|brooding|haunting|sombre|somber|grim|playful|awe|wonder|elegiac|sinister|solemn|triumphant|mournful|expectant|bittersweet|defiant|weary|paranoid",
    "negative": r"no|without|avoid|not|nothing|never|don't|do not|exclude|negative|--no",
    "scope": r"one-?shot|mini-?campaign|short campaign|long campaign|campaign|adventure|open table|west marches|episodic|trilogy|short arc|series|living campaign|full campaign|anthology|drop-in",
    "genres": r"fantasy|horror|sci-?fi|science fiction|western|noir|mystery|cyberpunk|steampunk|space opera|post-?apocalyptic|gothic|romance|thriller|comedy|heist|intrigue|political|military|historical|pirates?|swashbuckling|superhero|urban fantasy|dark fantasy|high fantasy|low fantasy|sword and sorcery|cosmic horror|folk horror|survival|cosy|cozy|detective|espionage|spy|dieselpunk|solarpunk|weird west|weird fiction|grimdark|fairy[- ]tale|mythic|wuxia|slice of life|adventure|courtroom drama|drama|slasher|biopunk|planetary romance|hopepunk|whodunit|war story|road movie|caper|eco-horror|body horror|teen drama|mecha|dungeon crawl",
    "play_style": r"sandbox|narrative|roleplay|role-play|tactical|investigat(?:ion|ive)|exploration|combat|social|dungeon|hexcrawl|puzzle|story-?first|theatre of the mind|cinematic|balanced|rules-light|player-driven|improvised|gritty|heroic|troupe",
}

PATTERNS = {
    "seed_heading": r"\b(?:(?:image|art|picture|cover|portrait|illustration|key art|map|poster|scene|token|visual|artwork|photo|thumbnail|banner)\b.{0,24}\b(?:prompt|idea|seed|direction|brief)s?|prompts?\b.{0,12}\b(?:for|image|art)|(?:if you want|for) (?:a |an |the )?(?:picture|image|illustration|art|cover|portrait)|key art|cover art|art direction|picture prompt|prompt seed|(?:image|art|picture|visual) (?:seed|concept|idea)s?|illustration|splash (?:art|image)|artwork|(?:image|art) for (?:your|the)|prompt)\b",
    "session_count": r"\b(?P<v>(?:about |around |roughly |up to |some )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)(?: ?(?:-|–|to|or) ?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty))? (?:weekly |monthly |fortnightly |short |long )?sessions?)\b",
    "party_levels": r"\b(?P<v>(?:(?:character |party )?levels? (?:\d+|one|three|five)(?: ?(?:-|–|to|through|and|up to) ?(?:level )?(?:\d+|five|ten))?|\d+(?:st|nd|rd|th)(?:[- ]to[- ]\d+(?:st|nd|rd|th))?[- ]level(?: characters)?|tier \d(?: ?(?:-|–|to) ?\d)?|levels? \d+\+?))\b",
    "not_campaign": r"^(?:sure|okay|ok|here|great|absolutely|of course|got it)\b",
    "date": r"^(?:(?:c\.|ca\.|circa|about|around|year|winter|summer|spring|autumn|early|late|the|in|on) )*(?:\d{1,4}(?:st|nd|rd|th)?\b|(?-i:[A-Z])\w+ \d{1,4}|\d+ (?:years?|days?|weeks?|months?) (?:ago|later|before)|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|a hundred) (?:years?|winters|generations|centuries|months|weeks|days) ago|(?:last|next|this) \w+)",
    "narrative_lead": r"^(?:the )?(?:premise|pitch|idea)\b",
    "age_phrase": rf"^(?:aged? )?{_AGE}(?: years? old| in the face)?$|^(?:in (?:her|his|their) )?(?:early |mid-?|late )?(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)$|^(?:middle-aged|elderly|young|ancient|ageless|age unknown|teenage|teenager)$|^\d+[- ]years?[- ]old$|^\d+(?:s|ish)$",
    "copula": r"^[\s,]*(?:is|was|are|were|'s|remains|became)\s+(?:now |still |really |actually |also |currently )?",
    "is_a": r"^(?:,? (?:who|which))?(?: is| was| are| were|'s)\s+(?:now |still |also |currently |actually |really )?(?=(?:a|an|the|one|half|in|eighty|seventy|sixty|fifty|forty|thirty|twenty|\d|[\ue000\ue001]|[a-z-]+,|about|nearly|around)\b|[\ue000\ue001])",
    "apposition": r"^(?:,\s+|\s\(|\s[–—-]\s)(?=(?:an?|the|her|his|their|its|once|now|former|one|\d+|[a-z-]+ ?[a-z]*,|[\ue000\ue001])\b|[\ue000\ue001]|twenty|thirty|forty|fifty|sixty|seventy|eighty)",
    "before_name": r"(?:^|[\s(])(?:the|a|an|its|her|his|their|[\ue001]|[\ue000]'s) (?P<v>(?:(?-i:[a-z])[\w'-]* ){0,2}(?-i:[a-z])[\w'-]+?),?(?: is)? $",
    "reject": r"(?:\b(?:instead of|rather than|in place of)(?: an?| the)? |\b(?:dropped|removed|scrapped|left out|cut out|deleted|ditched|retired)(?: the| your)? (?:(?-i:[a-z])[a-z-]*,? ){0,3}(?=(?-i:[A-Z]))|\bnot (?=\W?(?-i:[A-Z]))|\b(?:used to be called|formerly known as|no longer called|previously called|renamed from) )(?P<v>[^.;:()\n]{2,60}?)(?=[,.;:()]|$| (?:entirely|completely|altogether|because|since|and|but|for now)\b)",
    "rumour": r"\b(?:rumou?rs?|claims?|stor(?:y|ies)|theor(?:y|ies)|tales?|entr(?:y|ies)|numbers?|items?|clues?|tips?|whispers?|nos?\.|#)\s*(?P<n>\d+(?:\s*(?:,|and|or|&)\s*\d+)*)",
    "refuted": r"\b(?:is|are|was|were)\s+(?:(?:a|an|just|only|simply|all|pure|complete|utter|totally|entirely|both|plain|outright) )*(?:lie|lies|false|nonsense|untrue|wrong|rubbish|bunk|fabrications?|made[- ]up|invented|myths?|hoax|baseless|fake|bogus|red herrings?|mistaken|hogwash|not true)\b",
    "villain": r"\b(?:antagonist|villain|baddie|big bad|bbeg|nemesis|main threat|arch-?enemy|adversary)\b",
    "medium": r"\b(?:watercolou?r|gouache|oil(?: painting)?|acrylics?|ink(?:ed)?(?: wash| drawing)?|pencil|charcoal|matte painting|concept art|illustration|woodcut|linocut|engraving|etching|lithograph|photo(?:graph|realistic|realism|real)?|cel-shaded|anime|manga|comic|storybook|paperback|pulp|poster|art deco|art nouveau|cinematic|film (?:still|grain)|35mm|render(?:ed)?|pixel art|low-poly|stained glass|tapestry|fresco|mosaic|risograph|screen ?print|collage|painterly|retro-futurist|polaroid|daguerreotype|tintype|ukiyo-e|fantasy art|book cover|airbrush|painting|drawing|digital art|impasto|noir photography)\b",
    "use_case": r"\b(?:key art|cover(?: art)?|portrait|picture|image|battle ?map|map|poster|token|banner|illustration|splash|handout|scene|thumbnail|title card|landscape|character art|item card|artwork|photo|frontispiece|chapter opener)\b",
    "called": r"\b(?:called|named|known as|dubbed|nicknamed|christened)(?: it| her| him)?(?: the)? $",
    "when": r"(?:^|[\s(])(?:in|on|since|during|of|around|by|before|after|early in|late in)? ?(?P<v>(?:the (?:night|winter|spring|summer|autumn|fall|year|morning|eve|dawn|third|first|second)(?: night| day| year)?(?: of)? )?(?:(?:early|late|mid|c\.|ca\.|circa|around|about) )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? (?-i:[A-Z])[a-z]+,?(?: \d{2,5})?|(?-i:[A-Z])[a-z]+ \d{1,2}(?:st|nd|rd|th)?,? \d{3,5}|\d{3,5}(?: (?-i:[A-Z]){2,3})?|(?-i:[A-Z])[a-z]+ (?:of )?\d{3,5}|(?:\d+|NUMW) (?:years?|months?|weeks?|days?|winters?|nights?|generations?|centuries|decades?|hours?) (?:ago|earlier|before|later|from now)))(?=[\s,.;:)!?]|$)".replace(
        "NUMW", _NUMW
    ),
    "dated_line": (
        r"^(?P<v>(?:(?:year|day|c\.|ca\.|circa|around|about|winter|summer|spring|autumn|early|late|mid|before|after)[ -])*"
        r"(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?(?-i:[A-Z])[a-z]+,? \d{2,5}|(?-i:[A-Z])[a-z]+ (?:to|-|–) (?-i:[A-Z])[a-z]+,? \d{2,5}|(?-i:[A-Z])[a-z]+ \d{1,2}(?:st|nd|rd|th)?,? \d{3,5}|(?-i:[A-Z])[a-z]+,? \d{2,5}|"
        r"\d{1,2}(?:st|nd|rd|th)? (?-i:[A-Z])[a-z]+|\d{1,5}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{1,5})?|(?:\d+|NUMW) (?:years?|months?|weeks?|days?|winters|nights|hours) (?:ago|before|later|from now)|(?:last|next|this) [a-z]+)"
        r"(?: (?:BC|AD|CE|BCE|(?-i:[A-Z]{2,3})))?(?:, (?:early|late|mid)?[- ]?(?:winter|summer|spring|autumn|fall|dawn|dusk|night|morning))?)\s*(?::|\s[–—-]\s|[–—]|\. |\))\s*"
    ).replace("NUMW", _NUMW),
    "is_named": r"^ (?:is|was) (?:the |a |an |called |named )?(?:[a-z]+ of )?(?P<n>(?-i:[A-Z])[\w'-]+(?: (?-i:[A-Z])[\w'-]+){0,3})(?=[,.;]|$| )",
    "plan_tone": r"\b(?:the )?(?:tone|mood|vibe|feel)(?: of (?:the|this) \w+)? (?:is|should be|stays|will be|leans) (?P<v>[^.;!?\n]{4,120})",
    "plan_themes": r"\b(?:themes? (?:of|are|is|include|here are)|(?:the )?(?:central|core|main) themes? (?:is|are)|it(?:'s| is) about) (?P<v>[^.;!?\n]{4,140})",
    "plan_game_system": r"\b(?:(?:we'll|we|you'll|i'd|i|let's|it) (?:use|be using|run(?:s)?|play(?:ing)?|be playing)|built for|written for|designed for|system is|runs on|using) (?P<v>(?:D&D|Dungeons|Pathfinder|(?-i:[A-Z])[\w:]+)(?: [A-Z0-9][\w:.]*){0,4}(?: \([^)\n]{2,30}\))?)(?=[,.; ]|$)",
    "plan_starting_region": r"\b(?:(?:campaign|story|game|adventure|it|we|you|party|play|the characters|everything) (?:starts?|begins?|opens?)|set|takes place) (?:in|on|at|aboard) (?P<v>(?:the )?(?-i:[A-Z])[\w'-]+(?: (?:of |the )?(?-i:[A-Z])[\w'-]+){0,3})",
    "plan_structure": r"\b(?:structured? (?:is|as)|structure:|plays out (?:as|in|over)|divided into|split into|built as|runs as|it's) (?P<v>(?:a |an )?(?:\w+[- ]){0,3}(?:acts?|sandbox|hexcrawl|chapters|episodes|arcs|faction web|mystery of the week|west marches|parts)\b[^.;!?\n]{0,80})",
    "plan_content_warnings": r"\b(?:content warnings?|warnings?|cw|contains|heads[- ]up)(?: for| are| include)?:? (?P<v>[^.;!?\n]{4,160})",
    "seed_intro": r"\b(?:two|three|four|five|six|\d|some|a few) (?:\w+ )?prompts\b|\bprompts? for (?:your|the|an?) (?:image|art|picture)|\b(?:image|art|picture|portrait|illustration|cover|visual)s? prompts?\b.*:$|\bprompts? for\b.*:$",
    "plan_title": r"(?:^|[^\w])\"(?P<v>[^\"\n]{3,60})\"(?=[,:]? (?:is )?(?:a|an) (?:[\w-]+ ){0,4}(?:campaign|one-?shot|adventure|mini|story|series|game))",
    "plan_scope": r"\b(?P<v>(?:short|mini|long|full|open-ended|episodic|year-long)[- ]?campaign|one-?shot|open table|west marches)\b",
    "starts_here": r"\b(?:here|this is|that's|where) (?:is )?(?:where )?(?:the )?(?:campaign|story|party|game|adventure|we|you|players)(?: will)? (?:starts?|begins?|opens?)\b",
    "who_leads": r"\bwho (?:leads?|runs?|rules?|commands?|heads?|governs?)\b",
    "person_cue": r"^(?:,? (?:who|whose)\b| (?:said|says|asked|asks|whispers|smiles|nods|laughs|knows|thinks|believes|wants|hopes|fears|told|tells|lost|died|married|wrote|lives|walked|died|was born|remembers|speaks|refuses|promised|lied|swears|bought|paid|sold|stole|killed)\b)",
    "kin_name": r"\b(?:brother|sister|mother|father|son|daughter|wife|husband|uncle|aunt|nephew|niece|cousin|twin|grandson|granddaughter|grandmother|grandfather|lover|friend|apprentice|partner|assistant|boss|agent|captain|named|called)$",
    "possessive_tail": r"^'s?\b",
    "with": r"\b(?:with|who|whose|which|that|where|when|from|in|on|at|for|of|holding|built|under|beneath|run|led|since|by|near|to|below|above|between|behind|beside|carrying|used|made|covered|owned|known|called|after|before|and has|but|who's|reachable)\b",
}
