"""French words: kinds, labels, verbs, pronouns."""

# ruff: noqa: E501

ROLES = """
fiancé fiancée tisseur tisseuse imprimeuse patronne pirate hackeuse décker netrunner chirurgien-barbier fixeur fixeuse trafiquante rebouteux rebouteuse berger bergère fromager fromagère épicier épicière libraire postière facteur factrice garde-champêtre curé bedeau notaire instituteur institutrice sage-femme conspirateur conspiratrice tonton tata citoyen citoyenne représentant représentante procureur commissaire aristocrate ci-devant chouan lavandière nourrice gouvernante astronaute cosmonaute pilote navigateur mécano intendante maréchale vigie super-héros justicier justicière
abbé abbesse acolyte acteur actrice adepte adjoint adjointe agent agente alchimiste ambassadeur ambassadrice amiral
ancien ancienne antiquaire apothicaire apprenti apprentie archéologue archer archevêque architecte archiviste
aristocrate armateur armurier armurière artisan artisane artiste assassin assistant assistante astrologue astronome
aubergiste avocat avocate
bailli bandit banquier banquière barde baron baronne barman berger bergère bibliothécaire bijoutier boucher
boulanger boulangère bourgmestre bourreau boxeur braconnier brigadier brigand bûcheron cambrioleur capitaine caporal
cardinal cartographe chanteur chanteuse chapelain charpentier charretier chasseur chasseuse chauffeur chef cheffe
chercheur chercheuse chevalier chevalière chimiste chirurgien chirurgienne clerc cocher coiffeur colonel colporteur
comédien comédienne commandant commandante commerçant commerçante commissaire comptable comte comtesse concierge
conducteur confesseur conseiller conseillère consul contrebandier contrebandière cordonnier corsaire coursier
courtisane couturier couturière cuisinier cuisinière curé cultiste danseur danseuse
dame déserteur dessinateur détective devin devineresse diacre diplomate directeur directrice docker docteur docteure
domestique douanier druide druidesse duc duchesse dirigeant dirigeante duelliste échevin éclaireur éclaireuse
écrivain écrivaine écuyer élève émissaire empereur impératrice employé employée enchanteur enchanteresse enfant
enquêteur enquêtrice ermite érudit érudite escroc espion espionne étudiant étudiante évêque exorciste explorateur
exploratrice fabricant facteur faussaire femme fermier fermière fille fils fille fonctionnaire fondateur fondatrice
fondeur forain forgeron forgeronne fossoyeur frère fugitif fugitive garçon garde gardien gardienne garde-chasse
gendarme général gérant gérante gouverneur gouverneure gouvernante greffier guerrier guerrière guérisseur
guérisseuse guetteur guide herboriste héritier héritière héros héroïne homme horloger horlogère hôte hôtesse
imposteur imprimeur infirmier infirmière informateur informatrice ingénieur ingénieure inspecteur inspectrice
institutrice instituteur intendant intendante inventeur inventrice
jardinier jardinière jongleur journaliste juge lieutenant lieutenante libraire luthier machiniste maçon mage
magicien magicienne magistrat maire maîtresse maître majordome marchand marchande maréchal mari marin marinier
marquis marquise marraine matelot mécanicien mécanicienne médecin médium mendiant mendiante ménestrel menuisier
mercenaire mère messager messagère meunier meunière mineur ministre moine musicien musicienne navigateur navigatrice
nécromancien nécromancienne négociant notaire nourrice novice officier officière oncle opératrice opérateur oracle
orfèvre orpheline orphelin ouvrier ouvrière page paladin parrain passeur passeuse pasteur patriarche patron patronne
paysan paysanne pêcheur pêcheuse peintre pèlerin père pharmacien pharmacienne philosophe photographe pilote pirate
poète poétesse policier policière portier postier potier prêtre prêtresse président présidente prince princesse
prisonnier prisonnière procureur professeur professeure programmeur programmeuse prophète prophétesse prostituée
quartier-maître rebelle receleur receleuse recteur régent régente reine religieuse reporter restaurateur rôdeur roi
roublard sage sage-femme saltimbanque savant savante scientifique scribe sculpteur secrétaire seigneur sénateur
sénatrice sentinelle sergent sergente serrurier servante serveur serveuse shaman chamane shérif sœur soldat soldate
sorcier sorcière sultan surveillant surveillante survivant survivante syndicaliste tailleur tanneur tante tavernier
tavernière technicien technicienne témoin tenancier tenancière tisserand tisserande tonnelier traître trafiquant
trafiquante trésorier trésorière tueur tueuse tuteur tyran vagabond valet vassal vendeur vendeuse vétéran veuf veuve
vicomte vicomtesse vieillard vigneron voleur voleuse voyageur voyageuse voyante antagoniste protagoniste méchant
ennemi ennemie alliée allié neveu nièce cousin cousine époux épouse jumeau jumelle hackeur hackeuse
pirate-informatique contremaître maître-chanteur garde-côte
"""
SPECIES = "humain humaine elfe demi-elfe nain naine halfelin halfeline gnome orc orque demi-orc demi-orque gobelin gobeline tieffelin drakéide vampire loup-garou goule fantôme spectre liche squelette zombie momie démon démone diable ange fée génie golem androïde robot cyborg clone mutant mutante extraterrestre dragon wyverne sirène satyre centaure minotaure troll ogre géant géante elfe-noir changelin esprit ia renard loup ours chat souris rat corbeau hibou grenouille hérisson revenant revenante automate"
TITLES = "tonton tata prévôt prévôte doyen doyenne citoyen citoyenne représentant représentante chevalière maréchal intendant intendante prieur prieure sœur docteure professeure vicaire écuyer capitaine commandant commandante général générale colonel lieutenant lieutenante sergent sergente caporal amiral roi reine prince princesse duc duchesse comte comtesse baron baronne vicomte vicomtesse marquis marquise sire seigneur dame messire sieur maître maîtresse docteur docteure dr professeur professeure père mère frère sœur abbé abbesse évêque cardinal archevêque monseigneur curé pasteur saint sainte juge maire inspecteur inspectrice commissaire président présidente ministre gouverneur gouverneure monsieur m madame mme mademoiselle mlle oncle tante vieux vieille don doña chevalier régent régente empereur impératrice shérif chef cheffe directeur directrice veuve adjudant brigadier agent"
SOFT_TITLES = "vieux vieille chef cheffe veuve général"
ORGS = "multinationale mégacorpo cellule escouade fratrie conjuration coopérative mutuelle régie brigands rebelles insurgés confrérie société cénacle consistoire triade cartels milices garnison académie agence alliance armée assemblée association bande bandits banque brigade bureau cabale cartel cercle chambre chœur clan club collectif comité commission commune compagnie complot confédération confrérie congrégation conglomérat conseil consortium cour coterie couvent croisade culte dynastie église entreprise équipage escadron escadre état-major faction famille fédération flotte fondation fraternité front garde garnison gang gouvernement groupe guilde horde inquisition institut légion ligue loge mafia maison marine milice ministère mouvement ordre organisation orchestre parlement parti patrouille police rébellion rebelles régiment réseau secte sénat service société sororité syndicat tribu tribunal troupe union université contrebandiers voleurs marins pirates corporation mégacorporation banquiers survivants cultistes"
PLACES = "traboules arcologie mégapole ruelle passage ferme bergerie refuge chalet col fromagerie épicerie quincaillerie pension lavoir kiosque gouffre plateforme sous-sol bidonville banlieue cimetière presbytère prieuré hameau bastide mas manufacture filature imprimerie bourse hôtel-dieu faubourg parvis esplanade belvédère relais dôme anneau soute hangar spatiogare comptoir étal marché crique ravin canyon mesa abbaye académie aéroport allée amphithéâtre anse antre appartement archipel archives arène arsenal asile astéroport atelier auberge avant-poste avenue baie bain bains banlieue bar barrage bas-fonds basilique bassin bastion bâtiment bazar beffroi bibliothèque bidonville bois boulangerie boulevard bourg bourgade boutique brasserie bunker bureau cabane cabaret cachot café camp campement canal canyon cap capitale carrefour carrière caserne casino catacombes cathédrale cave caverne chapelle chalet champ chantier chapiteau château chaumière chemin cimetière cirque citadelle cité clairière clinique cloître col collège colline colonie commissariat comptoir comté contrée côte couloir couvent crique crypte désert détroit district dock docks domaine donjon duché échoppe école écluse église égouts embarcadère empire enclave entrepôt ermitage étage étang fabrique faille falaise faubourg ferme fief filature fjord fleuve foire forêt forge fort forteresse fosse fourneau galerie gare garnison ghetto glacier golfe gorge gouffre grange grotte guinguette halle halles hameau hangar havre hôpital hospice hôtel île îlot immeuble impasse isthme jardin jardins jetée jungle laboratoire lac lagune lande librairie lieu loge lycée magasin mairie maison manoir manufacture marais marché marécage mausolée mer métro mine mines monastère mont montagne montagnes morgue moulin mur muraille musée nécropole oasis océan orphelinat palais parc passage pâturage pays péninsule phare piste place plage plaine planète plateau pont port porte poste pré presqu'île prison province puits pyramide quai quartier ranch rade récif refuge région relais repaire réserve restaurant rivage rive rivière rocher route royaume rue ruelle ruine ruines salle saloon sanatorium sanctuaire secteur sentier seuil souterrain station steppe système taverne temple terre terres théâtre tombe tombeau toundra tour tunnel université usine vallée vallon vigne vignoble village ville villa volcano volcan zone bourgade observatoire estaminet cabinet niveau pont-levis orbite spatioport recif"
ITEMS = "navette croiseur frégate cargo dirigeable locomotive cuirassé corvette galion chaloupe réacteur moteur noyau mémoire antidote sérum virus formule recette partition chanson poème registre testament acte sceau clé-de-voûte cloche carillon théière peigne talisman toile masque navette registre grimoire coffret lanterne consommable amulette anneau arbalète arc arme armure artefact bague baguette balance bannière bâton bijou blason boîte boussole bouclier bouteille bracelet bréviaire calice camée canne cape carnet carte cassette ceinture chapelet chaîne clé clef cloche codex coffre coffret collier compas coquillage corde cor couronne couteau crâne cristal dague diadème diamant disque document drapeau élixir encre encrier épée étoile étoffe fiole flacon flèche flûte fouet fusil gant gants gemme grimoire hache harpe heaume horloge icône idole implant jeton joyau journal lame lampe lance lanterne lentille lettre livre longue-vue lunettes luth lyre machine manteau manuscrit marteau masque médaille médaillon miroir moteur montre mousquet obus orbe objet œil os parchemin peinture pendentif perle photographie pierre pistolet plume poignard potion poupée poudre puce pistolet relique révolver robe rouleau rubis sablier sabre sac sceau sceptre serrure statue statuette stylet tableau talisman tapisserie tarot tome torche trident violon vaisseau voile navire bateau sous-marin carabine micro pendule horloge disquette module"
EVENTS = "crue concours foire kermesse mutinerie scandale enlèvement braquage émeute émeutes coupure marée noces fiançailles carnaval sécession capitulation éboulement glissement avalanche noyade disparition retrouvailles procession vendange vendanges moisson accident accord affaire alliance anniversaire apocalypse arrivée assaut assassinat attaque attentat avènement bal bataille baptême bénédiction blocus cataclysme catastrophe célébration cérémonie chasse choc chute colère complot concile concours conflit conjonction conquête coup couronnement crise croisade cyclone débâcle débarquement défaite déluge départ désastre duel éclipse effondrement élection enlèvement enterrement épidémie éruption évasion éveil exécution exil exode expédition explosion exposition famine fête festival feu foire fondation fuite funérailles gala guerre hiver incendie inauguration inondation insurrection invasion jubilé jugement mariage marée massacre meurtre meurtres mort mutinerie naissance naufrage nuit orage pacte paix panne peste pèlerinage pillage procès procession purge rafle rébellion reddition retour révolte révolution rituel sac sabotage sacre schisme séisme semaine serment siège silence soulèvement tempête traité trahison tremblement trêve vol veillée victoire"
ARCS = "âge ère époque acte chapitre arc cycle saga règne siècle millénaire années"
SECTIONS = {
    "npc": "personnage clé|les gens|habitués|habitué|officiers|passagers|domestiques|voisins|visages|clients|marchand|marchands|invités|ennemis|amis|qui|équipage|les protagonistes|personnage|pnj|personnages|distribution|figures|protagonistes|gens|habitants|villageois|équipage|alliés|méchants|antagonistes|héros|qui est qui|personnalité|suspects|témoins|membres|dieux|divinités|contacts|personnages non joueurs",
    "faction": "organisations|groupes|puissance|pouvoirs|clans|milices|corporation|faction|organisation|groupe|guilde|ordre|clan|maison|bande|puissances|forces en présence|camp|sociétés|compagnies|familles|gangs|culte|corporations",
    "location": "étal|étals|échoppe|boutique|boutiques|commerces|établissement|établissements|alentours|environs|planètes|stations|lieu|lieux|endroit|région|site|quartier|ville|cadre|décor|géographie|carte|points d'intérêt|la ville|le village|monde|secteur|où|planète|pièces|salles",
    "item": "objets|artefacts|reliques|l'objet|l'artefact|la relique|trésors|le trésor|objet|artefact|trésor|relique|équipement|arme|butin|objets magiques|matériel|objet magique|objet clé|le butin",
    "event": "événements|évènements|avant|les faits|faits|batailles|événement|évènement|chronologie|histoire|passé|fêtes|dates clés|incidents|ce qui s'est passé|historique|événements marquants|acontecimiento",
    "timeline_arc": "acte|arc|ère|époque|chapitres|fronts|intrigues|arcs narratifs|âges",
}
LABELS = """
npc.@=: vrai nom|nom réel|alias|surnom|nom de code|identité|dit|dite|connu sous le nom de
npc.role: rôle|fonction|qui|archétype|place
npc.title: titre
npc.species: espèce|race|peuple|ascendance
npc.pronouns: pronoms|pronom|genre
npc.age: âge
npc.birth: naissance|né|née|date de naissance
npc.death: mort|décès
npc.life_status: statut|état
npc.occupation: métier|profession|occupation|travail|emploi
npc.appearance: apparence|physique|aspect|description|signes distinctifs|signe distinctif|look
npc.voice: voix|façon de parler|parler|élocution|accent
npc.personality: personnalité|caractère|tempérament|traits|manies|manie|comportement|défaut
npc.motive: ce qu'il ou elle veut|ce qu'elle veut|ce qu'il veut|veut|motivation|but|objectif|désir|veut|souhait|ambition|ce qu'il veut|ce qu'elle veut|motif|envie|besoin
npc.fear: peur|crainte|craint|phobie|redoute|peurs|faiblesse
npc.secret: ce qu'il ou elle cache|ce qu'elle cache|ce qu'il cache|cache|secret|secrets|caché|cache|vérité|en vérité|mensonge|ce qu'il cache|ce qu'elle cache
npc.home: domicile|habite|vit à|maison|logement|demeure|résidence|réside
npc.current_location: lieu|où|se trouve|localisation|emplacement|actuellement
npc.affiliation: affiliation|faction|allégeance|organisation|membre de|employeur|loyauté|groupe
npc.@ally_of: alliés|allié|amis
npc.@rival_of: rival|rivale|rivaux
npc.@enemy_of: ennemi|ennemis|ennemie
npc.@loves: aime|amour
npc.@owes: doit|dette
npc.@serves: sert|maître|patron
npc.@owns: possède
npc.@wields: arme|manie
faction.faction_type: type|nature|genre
faction.motto: devise|slogan|credo
faction.public_purpose: but public|façade|officiellement|en public|objectif public|rôle officiel|couverture|mission
faction.private_agenda: but caché|objectif secret|secret|en secret|agenda|but secret|véritable but|en vérité|plan secret|dessein|agenda caché
faction.leader: chef|cheffe|dirigeant|dirigeante|meneur|meneuse|à la tête|dirigé par|dirigée par|leader|commandement|tête
faction.headquarters: quartier général|qg|siège|base|repaire|lieu
faction.territory: territoire|contrôle|zone|zone d'influence|tient
faction.goals: but|buts|objectif|objectifs|veut|veulent|ambition|ambitions
faction.resources: ressources|moyens|atouts|forces|effectifs|membres
faction.status: état|statut|situation
faction.founded: fondation|fondée|fondé|création|origine|fondée en
faction.@<member_of: membres notables|membres clés
faction.@ally_of: alliés|allié|alliances
faction.@rival_of: rivaux|rival|rivale|rivales|concurrents
faction.@enemy_of: ennemis|ennemi|ennemies
faction.@serves: loyal à|loyale à|fidèle à|répond à
location.location_type: type|nature|genre
location.parent: région|situé|située|se trouve|emplacement|dans|ville|quartier|lieu
location.climate: climat|météo|temps
location.population: population|habitants|hab
location.ruler: dirigeant|gouverné par|dirigé par|tenu par|tenue par|propriétaire|maire|autorité|gérant|tenancier|tenancière|responsable|patron|patronne|gérante|chef
location.known_for: connu pour|connue pour|réputé pour|célèbre pour|spécialité|réputation|renommée|particularité
location.danger: danger|dangers|péril|risque|risques|menace|menaces
location.sensory: ambiance|odeur|odeurs|sons|bruits|atmosphère|sens|détails sensoriels|sensations|on y sent
location.services: services|service|on y trouve|offre|vend|propose
location.hidden_details: secret|détail caché|caché|détails cachés|secrets|ce qui est caché|vérité|dissimulé
location.status: état|statut|situation
event.event_type: type
event.start: date|quand|début|année|jour|moment
event.end: fin
event.location: lieu|où|endroit
event.participants: participants|acteurs|impliqués|qui|protagonistes|présents
event.causes: cause|causes|raison|déclencheur|pourquoi
event.consequences: conséquence|conséquences|résultat|suites|bilan|effets
timeline_arc.stakes: enjeu|enjeux
timeline_arc.start: début
timeline_arc.end: fin
timeline_arc.state: état
item.item_type: type|nature|forme
item.rarity: rareté
item.attunement: harmonisation|lien
item.value: valeur|prix|coût
item.creator: créateur|créatrice|fabricant|forgé par|artisan|auteur|œuvre de|fabriqué par
item.owner: propriétaire|porteur|possesseur|détenteur|appartient à|détenu par
item.location: lieu|emplacement|où|se trouve|caché|cachée
item.properties: propriétés|pouvoir|pouvoirs|effet|effets|capacités|propriété
item.history: histoire|origine|passé
item.secret: secret|vérité|piège
npc.occupation: activité|poste|ce qu'il fait|ce qu'elle fait|ce qu'ils font|charge|emploi actuel|fait
npc.appearance: allure|silhouette|première impression|à première vue|visage
npc.voice: ton|phrase fétiche|expression|façon de s'exprimer
npc.personality: tics|tic|attitude|habitude|habitudes|humeur|qualités|qualité|signe particulier|particularité|manière
npc.motive: objectifs|ce qui l'anime|moteur|quête|rêve|cherche|désirs|aspiration|mobile
npc.fear: ce qu'il craint|ce qu'elle craint|a peur de|inquiétude|souci|point faible|sa peur|hantise|cauchemar
npc.secret: en réalité|en secret|ce que personne ne sait|double jeu|vérité cachée|son secret|face cachée
npc.home: loge à|loge|vit|vit chez|demeure à|adresse|base|repaire|quartier|chez
npc.current_location: dernière position|on le trouve|on la trouve|présence
npc.affiliation: équipe|clan|camp|bande|ordre|maison|compagnie|appartenance|appartient à|travaille pour|milice|corporation|guilde|loyal à|fidèle à|équipage|vaisseau
npc.@<employs: employeur|employé par|employée par|payé par|payée par|engagé par
npc.@mentor_of: élève|élèves|apprenti|apprentie|disciple|disciples|protégé|protégée
npc.@<mentor_of: mentor|formé par|formée par|élève de|apprenti de|apprentie de|disciple de
npc.@spouse_of: époux|épouse|mari|femme|conjoint|conjointe|fiancé|fiancée|marié à|mariée à|compagne|compagnon|veuve de|veuf de
npc.@sibling_of: frère|sœur|frères|sœurs|jumeau|jumelle|frère de|sœur de
npc.@parent_of: enfant|enfants|fils|fille|père de|mère de
npc.@<parent_of: père|mère|parents|fils de|fille de
npc.@ally_of: ami|amie|proche de|complice|allié de|alliée
npc.@rival_of: rivalité|concurrent|concurrente
npc.@enemy_of: ennemi juré|ennemie jurée|némésis|hait|déteste|adversaire
npc.@seeks: cherche|recherche|traque
npc.@guards: garde|protège
npc.@leads: dirige|commande
faction.leader: chef de file|présidente|président|directrice|directeur|commandant|commandante|patron|patronne|maître|grand maître|direction|dirigeants|capitaine|fondateur et chef|pdg
faction.headquarters: quartier-général|installée à|installé à|lieu de réunion|réunions|capitale|antre|port d'attache
faction.public_purpose: officielle|rôle public|vitrine|discours officiel|ce qu'on en sait|prétend
faction.private_agenda: but réel|but véritable|objectif réel|objectif caché|intention cachée|ce qu'ils veulent vraiment|en réalité|en coulisses
faction.goals: visée|visées|projet|projets|plan|plans|cherche|souhaite|revendication|revendications
faction.resources: richesses|biens|possessions|force|troupes|flotte|arsenal|influence
faction.motto: cri de ralliement|mot d'ordre|slogan officiel
faction.@<member_of: membres|membre|membres connus|agents
faction.@<founded: fondateur|fondatrice|fondée par|fondé par
faction.@ally_of: amis|partenaires|alliance
faction.@enemy_of: adversaires|cibles|cible|en guerre avec
faction.@trades_with: commerce avec|partenaires commerciaux
location.ruler: tenue par|tenu par|dirigé par|dirigée par|gouverneur|gouverneure|seigneur|chef du village|maîtresse des lieux|maître des lieux|propriétaires|aubergiste|intendant|intendante|direction|qui commande|administré par
location.parent: où|localisation|adresse|à|pays|au sein de|accès
location.known_for: connu|connue|à voir|attrait|atout|signe particulier|produits|on y vient pour
location.sensory: impressions|on y entend|on entend|sent
location.services: à vendre|prestations|au menu|marchandises
location.danger: piège|pièges|à éviter|hostilité
location.hidden_details: en réalité|ce qu'on ignore|ce que personne ne sait|sous la surface|mystère
item.item_type: catégorie|objet|forme
item.owner: détenu par|détenue par|entre les mains de|gardien|gardienne|appartient à|détenteur|détentrice|actuel propriétaire
item.creator: œuvre de|fabricant|fabriqué par|fabriquée par|conçu par|forgé par|créé par|créée par
item.location: caché|cachée|cachette|se trouve|où la trouver|où le trouver|conservé|conservée
item.properties: pouvoir|pouvoirs|effet|effets|propriétés|propriété|usage|ce qu'il fait|ce qu'elle fait|fonction|capacité
item.history: histoire|passé|origine|provenance
event.causes: déclencheur|origine|pourquoi
event.consequences: bilan|suites|résultat|séquelles
blueprint.title: titre|nom|titre de la campagne
blueprint.tagline: accroche|sous-titre|slogan|phrase d'accroche
blueprint.premise: prémisse|pitch|idée|concept|synopsis|résumé|l'idée|point de départ|situation
blueprint.game_system: système|jeu|règles|système de jeu
blueprint.genres: genre|genres
blueprint.themes: thème|thèmes|thématiques
blueprint.tone: ton|ambiance|atmosphère|tonalité
blueprint.pillars: pilier|piliers
blueprint.play_style: style de jeu|style|jeu
blueprint.scope: format|envergure|portée|ampleur
blueprint.session_count: durée|séances|nombre de séances|sessions
blueprint.party_levels: niveaux|niveau|niveaux des personnages
blueprint.starting_region: région de départ|lieu de départ|départ|point de départ|cadre
blueprint.signature_faction: faction principale|faction phare|faction emblématique
blueprint.antagonists: antagoniste|antagonistes|méchant|adversaire|ennemi principal|grand méchant
blueprint.threat_horizon: menace|horizon de la menace|escalade|enjeux
blueprint.safety_tools: sécurité|outils de sécurité|outils|sécurité émotionnelle
blueprint.content_warnings: avertissements|avertissement|avertissements de contenu|contenu sensible|limites|lignes|voiles|avertissement de contenu|thèmes sensibles
blueprint.structure: structure|déroulement|découpage
seed.subject: sujet|scène
seed.style: style|technique|style artistique
seed.mood: ambiance|atmosphère|humeur
seed.lighting: lumière|éclairage
seed.composition: composition|cadrage|plan|angle|vue
seed.palette: palette|couleurs|couleur|teintes
seed.negative: négatif|éviter|sans|exclure|à éviter|prompt négatif
seed.@prose: prompt|image|idée d'image|illustration|idée d'illustration|prompt d'image
seed.use_case: usage|utilisation
"""
NEUTRAL = "aperçu|description|notes|notes du mj|note du mj|résumé|introduction|accroches|intrigues|rumeurs|règles|secrets|options|scène|séance zéro|contexte|détails|conclusion|à lire à voix haute|pour le mj|relations|liens|en bref|ce qui est vrai|lettre|document|maintenant|aujourd'hui|note|attention|conseil|rappel|réponse|question|suite|titre|nom|informations"
STOP = """ancien ancienne ex feu le la les l un une des du de d au aux ce cet cette ces il elle ils elles on nous vous je tu mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs qui que quoi dont où quand comment pourquoi et ou mais donc or ni car si dans sur sous avec sans pour par entre vers chez depuis pendant après avant lors alors puis ensuite aussi très plus moins même tout toute tous toutes chaque quelque quelques aucun aucune personne rien quelqu'un
voici voilà bien sûr avec plaisir parfait oui non merci bonjour cher chère en à y est sont était ont a avait peut
ici là ainsi enfin cependant toutefois néanmoins pourtant parfois souvent toujours jamais encore déjà selon malgré
grâce officiellement secrètement publiquement personnages lundi mardi mercredi jeudi vendredi samedi dimanche
janvier février mars avril mai juin juillet août septembre octobre novembre décembre mj pj pnj
un deux trois quatre cinq six sept huit neuf dix cent mille dirigée dirigé fondée fondé tenue tenu cachée caché située situé sent type secret veut veulent craint parle porte vit actuellement"""
DETS = "le la les l un une des du ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos"
DEFINITE = "le la l les du au"
CLITICS = "la le l les"
OF = "de du des d"
BY = "par"
PLACE_PREPS = "à dans en au aux vers chez sous sur près derrière depuis devant hors"
INSIDE = "à dans en au aux sous sur derrière chez"
PRONOUNS = {"she/her": "elle", "he/him": "il lui", "any": "son sa ses", "they/them": "ils elles leur leurs"}
SHOWN = {"she/her": "elle", "he/him": "il"}
SUBJECT = "elle il ils elles qui"
POSSESSIVE = "son sa ses leur leurs"
OBJECT = "lui"
VERBS = """
leads: dirige dirigent dirigé dirigée dirigés dirigeait mène mené menée commande commandé commandée préside présidé présidée
rules: gouverne gouverné gouvernée règne-sur régné administre administré administrée contrôle contrôlé contrôlée règne
founded: fonda fondé fondée fondés créa établi établie
member_of: appartient-à appartient-au appartient-aux rejoint fait-partie membre-de
serves: répond-à répond-au loyal-à loyale-à fidèle-à prend-ses-ordres-de sert servait servi obéit-à obéit-au travaille-pour travaillait-pour travaillent-pour espionne-pour agit-pour
sworn_to: juré prêté-serment
employs: emploie employé employée engage embauche paie
owns: possède possédait détient détenu détenue garde-précieusement hérité
created: crée créé créée forgé forgée forgea fabriqué fabriquée fabriqua construit construite bâti bâtie écrit écrite peint peinte sculpté sculptée conçu conçue inventé inventée
wields: manie brandit porte-l'épée
seeks: cherche cherchent recherche recherchent traque convoite poursuit
guards: garde gardé gardée gardent protège protégé protégée protègent surveille surveillent défend veille-sur veillent-sur
fears: craint craignent redoute redoutent peur-de peur-du peur-des
loves: aime aiment adore adorent amoureux-de amoureuse-de épris-de éprise-de
owes: doit doivent redevable-à redevable-au
enemy_of: déteste hait haïssent détestent s'oppose-à combat combattent ennemi-de ennemie-de ennemie-des ennemi-des ennemis-de ennemie-du trahi
rival_of: rivalise-avec rival-de rivale-de rivaux-de rivale-des rival-des rivale-du rival-du concurrence
ally_of: allié-à alliée-à alliés-à allié-de alliée-de alliée-des alliés-de ami-de amie-de
at_war_with: en-guerre-contre en-guerre-avec guerre-contre
trades_with: commerce-avec échange-avec
spouse_of: épousa épousé épouse mariée-à marié-à
mentor_of: enseigne formé formée forma élevé élevée
located_in: situé située se-trouve se-dresse niché nichée installé installée repose trouve trône
hidden_in: caché cachée cachés cachées dissimulé dissimulée se-cache enterré enterrée enfoui
lives_in: vit habite réside loge demeure vivent habitent dort
works_at: travaille tient
born_in: né-à née-à né-en née-en
died_in: mort-à morte-à mort-dans morte-dans mourut périt
participated_in: participa participé combattit survécu
happened_at: eut-lieu a-eu-lieu se-tient se-déroule se-déroula
caused_by: causé-par causée-par provoqué-par provoquée-par
<caused_by: causa provoqua déclencha
precedes: précède précéda
<precedes: suivit suit
leads: ~diriger ~commander ~mener ~présider à-la-tête-de conduit conduite ~piloter ~gérer ~chapeauter ~encadrer
rules: ~gouverner ~administrer ~contrôler règne-sur ~dominer tient-d'une-main-de-fer
founded: ~fonder ~créer établit établie ~lancer
member_of: ~rejoindre appartiennent-à fait-partie-de font-partie-de membre-de membres-de engagé-dans engagée-dans s'est-engagé-dans s'est-engagée-dans affilié-à affiliée-à ~représenter
serves: ~servir ~obéir-à ~travailler-pour ~espionner-pour ~renseigner ~informer loyal-à loyale-à fidèle-à fidèles-à dévoué-à dévouée-à répond-à rend-compte-à rend-des-comptes-à au-service-de à-la-solde-de pour-le-compte-de prend-ses-ordres-de agit-pour roule-pour sert servent
sworn_to: ~jurer prêté-serment-à
employs: ~employer ~engager ~embaucher paie payé payée payés paient ~recruter ~soudoyer
owns: ~posséder ~détenir détient ~hériter ~conserver propriétaire-de entre-les-mains-de
created: ~forger ~fabriquer ~inventer ~composer ~graver ~tisser ~sculpter ~assembler construit bâtit écrit peint conçu œuvre-de repêché
wields: ~manier ~brandir ~piloter
seeks: ~chercher ~rechercher ~traquer ~convoiter ~poursuivre poursuit à-la-recherche-de veut-retrouver veut-récupérer veut-voler court-après
guards: ~garder ~protéger ~surveiller ~défendre défend veille-sur veillent-sur protège protègent ~héberger ~abriter
fears: ~craindre craint craignait ~redouter a-peur-de peur-de terrifié-par terrifiée-par ~fuir fuit
loves: ~aimer ~adorer amoureux-de amoureuse-de épris-de éprise-de ~chérir
owes: doit doivent devait redevable-à endetté-auprès-de endettée-auprès-de a-une-dette-envers a-une-dette-auprès-de
enemy_of: ~détester haït hait ~mépriser ~trahir ~tuer ~assassiner ~combattre ~menacer ~persécuter ~ruiner ~renverser en-veut-à veut-tuer veut-détruire veut-la-mort-de a-juré-la-perte-de a-juré-de-tuer ennemi-juré-de ennemie-jurée-de complote-contre conspire-contre s'oppose-à s'opposent-à ~empoisonner fait-chanter
rival_of: ~rivaliser-avec ~jalouser jaloux-de jalouse-de se-dispute-avec se-disputent brouillé-avec brouillée-avec en-concurrence-avec rivales rivaux
ally_of: s'est-allié-à s'est-alliée-à complice-de ami-de amie-de proche-de ~aider alliés alliées
at_war_with: en-guerre-contre en-guerre-avec en-guerre fait-la-guerre-à
trades_with: ~commercer-avec ~négocier-avec vend-à vendent-à ~livrer-à achète-à achète-ses-armes-à
spouse_of: ~épouser marié-à mariée-à marié-avec mariée-avec fiancé-à fiancée-à promis-à promise-à
mentor_of: ~former ~enseigner ~entraîner a-appris-son-métier-à a-élevé
<mentor_of: élève-de apprenti-de apprentie-de disciple-de formé-par formée-par étudié-sous
located_in: se-trouve-dans se-trouve-à se-dresse-sur se-dresse-dans se-cache-dans situé-à située-à installé-dans installée-dans installée-à amarré-à amarrée-à perché-sur perchée-sur perdu-dans perdue-dans
hidden_in: ~cacher ~dissimuler ~enterrer enfouie terré-dans terrée-dans réfugié-dans réfugiée-dans
lives_in: ~habiter ~loger ~résider ~dormir vit vivent s'est-installé-à s'est-installée-à retirée-à retiré-à
works_at: ~travailler-à ~travailler-dans ~officier-à soigne-à chante-à
born_in: né-à née-à né-dans née-dans
died_in: mort-à morte-à mort-dans morte-dans mort-pendant morte-pendant mourut-à tombé-à tombée-à tué-à tuée-à tué-dans tuée-dans
participated_in: ~participer-à s'est-battu-à s'est-battue-à
caused_by: ~causer-par ~provoquer-par ~déclencher-par
<caused_by: ~causer ~provoquer ~déclencher
serves: aux-ordres-de sous-les-ordres-de au-service-de loyauté-envers à-la-solde-du reçoit-de-l'argent-de touche-de-l'argent-de fournit-des-informations-à passe-des-informations-à
owns: en-possession-de entre-les-mains-de
fears: peur-de crainte-de
loves: amour-pour liaison-avec sentiments-pour ~idolâtrer ~vénérer ~chérir sort-avec couche-avec fréquente
owes: dette-envers une-dette-envers
enemy_of: haine-pour haine-envers rancune-contre rancune-envers vengeance-contre ~saboter ~espionner se-méfie-de se-méfient-de méfie-de ~calomnier ~dénoncer en-veut-au
rival_of: rivalité-avec querelle-avec conflit-avec dispute-avec
ally_of: alliance-avec pacte-avec traité-avec amitié-avec trêve-avec en-bons-termes-avec ~soutenir
at_war_with: guerre-avec guerre-à déclaré-la-guerre-à
lives_in: basé-à basée-à basé-dans basée-dans
<caused_by: responsable-de
<rules: tenu-par tenue-par tenus-par
"""
BETWEEN = """
at_war_with: guerre hostilités
rival_of: querelle rivalité dispute tension tensions concurrence brouille
enemy_of: haine vendetta inimitié
ally_of: alliance pacte traité amitié trêve accord
trades_with: commerce
spouse_of: mariage
"""

NOUNS = """
serves: chancelier chancelière échanson bouffon nourrice
<located_in: siège quartier-général repaire base qg antre nid
leads: chef cheffe dirigeant dirigeante commandant commandante capitaine président présidente directeur directrice maître patron patronne leader meneur meneuse matriarche patriarche abbé abbesse
rules: maire gouverneur gouverneure roi reine prince princesse duc duchesse comte comtesse baron baronne seigneur bourgmestre régent régente
founded: fondateur fondatrice
member_of: membre adepte soldat lieutenant initié initiée acolyte
serves: agent agente serviteur servante espion espionne conseiller conseillère garde-du-corps second valet émissaire bras-droit
owns: propriétaire
works_at: aubergiste tavernier tavernière tenancier tenancière gardien gardienne gérant gérante barman patron patronne curé médecin
created: créateur créatrice auteur fabricant inventeur inventrice
guards: gardien gardienne protecteur protectrice
parent_of: mère père parent
<parent_of: fille fils enfant
sibling_of: frère sœur jumeau jumelle demi-frère demi-sœur
spouse_of: femme mari époux épouse veuf veuve
mentor_of: mentor maître maîtresse professeur professeure
<mentor_of: élève apprenti apprentie disciple étudiant étudiante
ally_of: allié alliée ami amie alliés
rival_of: rival rivale rivaux rivales
enemy_of: ennemi ennemie ennemis ennemies
loves: amant amante
vassal_of: vassal filiale
leads: chef-de cheffe-de fondateur-et-chef porte-parole pdg commandante amirale responsable
rules: seigneur dame souverain souveraine intendant intendante préfet préfète maréchal bailli régent
founded: cofondateur cofondatrice
located_in: quartier district faubourg banlieue lune port hameau village capitale île
lives_in: habitant habitante locataire résident résidente pensionnaire
serves: majordome cuisinier cuisinière secrétaire garde intendant domestique chauffeur écuyer homme-de-main nièce-de confesseur messager messagère bonne représentant représentante porte-parole lieutenant mercenaire assistant assistante adjoint adjointe avocat avocate indicateur indicatrice servantes
works_at: curé prêtre gérant patronne serveur serveuse infirmier infirmière libraire bibliothécaire chanteuse barmaid concierge cuisinier cuisinière boulanger boulangère instituteur institutrice forgeron meunier chirurgien chirurgienne médecin abbé bedeau sacristain
member_of: moine nonne chevalier agent agente soldat espion éclaireur éclaireuse mercenaire ancien-membre recrue
guards: garde sentinelle
spouse_of: fiancé fiancée compagnon compagne veuve veuf conjointe conjoint
<parent_of: fils fille héritier héritière
sibling_of: frères sœurs jumeaux jumelles
mentor_of: formateur formatrice
<mentor_of: protégé protégée pupille
ally_of: complice compagnon-d'armes partenaire confident confidente
enemy_of: némésis adversaire
owes: débiteur débitrice
trades_with: client cliente fournisseur
"""
