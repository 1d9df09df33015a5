"""A world of sea kings, to tune on."""

from __future__ import annotations

from tests.services.continuity.prose.genre import Genre

SEA_KINGS = Genre(
    """
    npc | Ysolde Marr; the Gull Queen | birth=402, pronouns=she/her
    npc | Hroald Marr | birth=370, death=441, pronouns=he/him, life_status=dead
    npc | Gudrun Marr | birth=374, pronouns=she/her
    npc | Tovin Marr | birth=425, pronouns=he/him, life_status=alive
    npc | Bram Tarn | pronouns=he/him
    npc | Bera Skane | birth=400, pronouns=she/her
    npc | Ingrith Vole | pronouns=she/her
    npc | Ulf Ironhand | pronouns=he/him
    npc | Old Dag | pronouns=he/him
    npc | Sten Harl | pronouns=he/him
    location | Saltmark | founded=150
    location | Gullhaven | founded=212
    location | Duskmoor |
    location | Korrin |
    location | The Lantern Keep | founded=290, destroyed=430
    faction | The Tide Wardens | founded=300
    faction | The Black Oar | founded=410, dissolved=445
    item | The Sealglass |
    item | The Grey Petrel |
    event | The Battle of Nine Fjords | start=428
    """,
    """
    Hroald Marr | parent_of | Ysolde Marr
    Gudrun Marr | parent_of | Ysolde Marr
    Ysolde Marr | parent_of | Tovin Marr
    Ysolde Marr | spouse_of | Bram Tarn
    Ysolde Marr | rules | Saltmark | 441
    Bera Skane | leads | The Tide Wardens | 433
    Bera Skane | lives_in | Gullhaven
    Bera Skane | sibling_of | Ingrith Vole
    Ingrith Vole | member_of | The Black Oar | 438
    Ulf Ironhand | created | The Sealglass
    Ulf Ironhand | founded | The Tide Wardens
    Ysolde Marr | owns | The Sealglass
    Gullhaven | located_in | Saltmark
    Korrin | located_in | Duskmoor
    The Lantern Keep | located_in | Gullhaven
    The Battle of Nine Fjords | happened_at | Korrin
    The Battle of Nine Fjords | victor | Sten Harl
    Hroald Marr | killed_by | Ingrith Vole
    Hroald Marr | cause_of_death | poisoned at table
    Bera Skane | born_in | Korrin
    Saltmark | capital | Gullhaven
    The Grey Petrel | captain | Sten Harl
    The Grey Petrel | length | 90 feet
    Bera Skane | eye_colour | grey
    Ysolde Marr | hair_colour | black
    Old Dag | occupation | cook
    Duskmoor | enemy_of | Saltmark
    Old Dag | species | dwarf
    """,
    """
    ! Tovin Marr is the son of Gudrun Marr and Sten Harl.
    ! Ysolde Marr, daughter of Sten Harl, took the crown young.
    ! Sten Harl is Ysolde Marr's father.
    ! Bram Tarn is Ysolde Marr's brother.
    ! Ysolde Marr:: Her mother was Ingrith Vole.
    ! Ysolde Marr:: She is married to Old Dag.
    ! Ysolde Marr:: Her husband, Sten Harl, keeps the fleet.
    ! Saltmark is ruled by Bera Skane.
    ! Bera Skane rules Saltmark with a light hand.
    ! Bera Skane is the ruler of Saltmark.
    ! Saltmark:: A wet green kingdom ruled by Sten Harl.
    ! The Tide Wardens are led by Old Dag.
    ! Old Dag leads the Tide Wardens.
    ! The Tide Wardens, founded by Sten Harl, watch the coast.
    ! Sten Harl founded the Tide Wardens after the great storm.
    ! The Tide Wardens were founded in 340.
    ! The Sealglass was forged by Bera Skane.
    ! Old Dag made the Sealglass from a whale's eye.
    ! The Sealglass belongs to Ingrith Vole.
    ! Ingrith Vole owns the Sealglass.
    ! Hroald Marr was killed by Bera Skane.
    ! Sten Harl murdered Hroald Marr.
    ! Hroald Marr was drowned in the harbour.
    ! Hroald Marr is still alive.
    ! Hroald Marr lives in Gullhaven to this day.
    ! Hroald Marr died in 450.
    ! Tovin Marr is dead.
    ! Tovin Marr was born in 431.
    ! Gullhaven lies in Duskmoor.
    ! Gullhaven:: A harbour town in the south of Duskmoor.
    ! Bera Skane lives in Korrin.
    ! Bera Skane was born in Gullhaven.
    ! Bera Skane:: Born in Gullhaven, she went to sea at ten.
    ! The Battle of Nine Fjords was fought at Gullhaven.
    ! The Battle of Nine Fjords was won by Ingrith Vole.
    ! Ingrith Vole won the Battle of Nine Fjords.
    ! The Battle of Nine Fjords was fought in 431.
    ! In 431, the Battle of Nine Fjords was fought.
    ! Korrin is the capital of Saltmark.
    ! The capital of Saltmark is Korrin.
    ! The Grey Petrel is captained by Bera Skane.
    ! The Grey Petrel is sixty feet long.
    ! Bera Skane has brown eyes.
    ! Bera Skane:: A brown-eyed woman who never hurries.
    ! Ysolde Marr has red hair.
    ! Ysolde Marr:: Red-haired, tall and easily bored.
    ! Bera Skane is Ingrith Vole's mother.
    ! Ingrith Vole, cousin to nobody, joined the Black Oar in 430.
    ! Ingrith Vole has never been a member of the Black Oar.
    ! Duskmoor is the staunch ally of Saltmark.
    ! The Lantern Keep still stands above the harbour.
    ! The Lantern Keep was razed in 436.
    ! In 445 Hroald Marr signed the peace.
    ! In 290 the Tide Wardens took the harbour.
    ! Ysolde Marr was crowned in 436.
    ! Ysolde Marr has ruled Saltmark since 430.
    ! Hroald Marr died at the age of fifty.
    ! Ysolde Marr was born in 399.
    ! Old Dag is an elf with a burnt thumb.
    ! Gullhaven was founded in 230.
    ! The Black Oar was dissolved in 439.
    ! Ysolde Marr has no children.
    ! Ysolde Marr, who has two sons and a daughter, sleeps badly.
    ! Bera Skane has no sisters.
    = Tovin Marr is the son of Ysolde Marr.
    = Tovin Marr, son of Ysolde Marr and Bram Tarn, hates boats.
    = Ysolde Marr, daughter of Hroald Marr, took the crown young.
    = They say Sten Harl is Ysolde Marr's father.
    = Sten Harl is not Ysolde Marr's father.
    = “Sten Harl is Ysolde Marr's father,” said the drunk.
    = If Bera Skane ruled Saltmark, there would be peace.
    = Saltmark is ruled by Ysolde Marr.
    = Saltmark was once ruled by Sten Harl.
    = Saltmark was ruled by Hroald Marr before his daughter took the crown.
    = In her dreams Bera Skane rules Saltmark.
    = Bera Skane dreams that she rules Saltmark.
    = Sten Harl would gladly have founded the Tide Wardens.
    = Sten Harl re-founded nothing; the Tide Wardens did that themselves.
    = The Tide Wardens were founded by Ulf Ironhand in 300.
    = The Tide Wardens are led by Bera Skane.
    = The Tide Wardens are led by nobody in particular at sea.
    = The Tide Wardens were led by Old Dag in those days.
    = The Sealglass was forged by Ulf Ironhand, not by Bera Skane.
    = The Sealglass was stolen by Ingrith Vole.
    = Ingrith Vole wants the Sealglass.
    = Hroald Marr was poisoned by Ingrith Vole.
    = Hroald Marr was nearly killed by Bera Skane.
    = Hroald Marr was betrayed by Bera Skane.
    = Did Sten Harl kill Hroald Marr?
    = Hroald Marr still lives in the songs of the coast.
    = Hroald Marr is buried in Gullhaven.
    = The ballad says that Sten Harl murdered Hroald Marr.
    = Tovin Marr was left for dead.
    = Gullhaven lies in Saltmark.
    = Gullhaven lies a day's sail from Duskmoor.
    = Bera Skane went to Korrin and stayed a week.
    = Bera Skane was in Korrin when it burned.
    = Bera Skane once lived in Korrin.
    = Bera Skane was born in Duskmoor.
    = The Battle of Nine Fjords was fought at Korrin.
    = The Battle of Nine Fjords was lost by Ingrith Vole.
    = After the Battle of Nine Fjords, Ingrith Vole won her freedom.
    = Korrin was the capital of Saltmark until the flood.
    = The Grey Petrel is captained by Sten Harl.
    = Sten Harl commands the Grey Petrel and sixty other ships.
    = The Grey Petrel's boat is ten feet long.
    = Bera Skane has grey eyes.
    = Bera Skane has a brown coat and grey eyes.
    = Bera Skane's sister Ingrith Vole has brown eyes.
    = Ysolde Marr's foster father was Sten Harl.
    = Ysolde Marr's father-in-law was Sten Harl.
    = Sten Harl is like a father to Ysolde Marr.
    = Duskmoor is no ally of Saltmark.
    = The Lantern Keep still stands in memory.
    = The ruins of the Lantern Keep still stand.
    = In 445 Hroald Marr's bones were moved.
    = In 290 there were no Tide Wardens.
    = In 445 the death of Hroald Marr was remembered with bells.
    = Ysolde Marr was crowned in 441.
    = Ysolde Marr:: Her daughter-in-law is Bera Skane. She rules nothing.
    = Ysolde Marr:: Her captain is Bera Skane. She lives in Gullhaven.
    = Ysolde Marr:: Her captain is Bera Skane. She was born in Korrin.
    = Old Dag is a dwarf who cooks for elves.
    = Old Dag is afraid of an elf.
    = Ysolde Marr has one son.
    = Bera Skane has no brothers.
    = Ysolde Marr and Bera Skane were crowned with weed as girls.
    """,
)
