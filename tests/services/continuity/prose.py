"""Small worlds of several genres, and sentences that agree with their facts or don't: a measure of the text rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studio.domain.vocabulary import RELATIONS
from studio.services.continuity import texts
from tests.services.continuity.worlds import Built, on

if TYPE_CHECKING:
    from studio.domain.ids import RecordId


@dataclass
class Genre:
    """A world as one text: things, facts, then what is told. `!` clashes with a fact, `=` doesn't.

    A line of `things` is `kind | Name; alias | field=value …`, a year where it is a number. A line of `facts` is
    `Name | predicate | Name or value | from`. A line of `told` goes into a note, or after `Name:` into a text of it.
    """

    things: str
    facts: str
    told: str
    ids: dict[str, RecordId] = field(default_factory=dict)

    def lines(self) -> list[tuple[bool, str]]:
        found = [line.strip() for line in self.told.strip().splitlines()]
        return [(line[0] == "!", line[1:].strip()) for line in found if line and line[0] in "!="]

    def flagged(self, line: str) -> list[str]:
        """What the text rules say of the world with this one sentence in it."""
        built = self._built()
        owner, _, rest = line.partition(":: ")
        if rest:
            built.records[self.ids[owner]][1]["body"] = rest
        else:
            built.note("Notes", line, mode="note")
        return [f"{one.rule}: {one.why}" for one in texts.find(built.world())]

    def _built(self) -> Built:
        built, self.ids = Built(), {}
        for line in filter(None, map(str.strip, self.things.splitlines())):
            kind, names, *rest = (part.strip() for part in line.split("|"))
            name, *aliases = (part.strip() for part in names.split(";"))
            fields: dict[str, Any] = {}
            for pair in rest[0].split(",") if rest and rest[0] else ():
                key, _, value = pair.strip().partition("=")
                fields[key] = on(int(value)) if value.isdigit() else value
            more = {"aliases": [{"name": one} for one in aliases]} if aliases else {}
            self.ids[name] = built.thing(kind, name, fields=fields, **more)
        for line in filter(None, map(str.strip, self.facts.splitlines())):
            one, predicate, other, *since = (part.strip() for part in line.split("|"))
            dated = {"since": on(int(since[0]))} if since else {}
            if other in self.ids and predicate in RELATIONS:
                built.relate(self.ids[one], predicate, self.ids[other], **dated)
            elif other in self.ids:
                built.claim(self.ids[one], predicate, to=self.ids[other], **dated)
            else:
                built.claim(self.ids[one], predicate, other, **dated)
        return built


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

NOIR = Genre(
    """
    npc | Lena Cortez | birth=1901, pronouns=she/her, life_status=alive
    npc | Frank Dolan | birth=1888, death=1931, pronouns=he/him, life_status=dead
    npc | Vince Morelli; the Barber | birth=1890, pronouns=he/him, life_status=alive
    npc | Sal Morelli | birth=1893, pronouns=he/him
    npc | Ruth Adler | birth=1905, pronouns=she/her
    npc | Judge Harlan Pike | birth=1870, pronouns=he/him
    npc | Nora Dolan | birth=1915, pronouns=she/her
    npc | Augie Bell | pronouns=he/him
    location | Port Cass | founded=1790
    location | The Blue Heron | founded=1922
    location | Eastgate |
    location | Harbor Row |
    location | The Meridian Hotel | founded=1905
    faction | The Morelli Outfit | founded=1912
    faction | The Courier | founded=1880
    faction | Local 40 | founded=1919, dissolved=1929
    item | The Cass Emerald |
    item | The Red Ledger |
    event | The Pier Nine Fire | start=1927
    event | The Dockers' Strike | start=1929
    """,
    """
    Frank Dolan | parent_of | Nora Dolan
    Frank Dolan | spouse_of | Lena Cortez
    Vince Morelli | sibling_of | Sal Morelli
    Vince Morelli | leads | The Morelli Outfit | 1924
    Vince Morelli | owns | The Blue Heron
    Ruth Adler | member_of | The Courier | 1930
    Ruth Adler | lives_in | Harbor Row
    Judge Harlan Pike | owns | The Cass Emerald
    Augie Bell | created | The Red Ledger
    Augie Bell | founded | Local 40
    The Blue Heron | located_in | Harbor Row
    Harbor Row | located_in | Port Cass
    Eastgate | located_in | Port Cass
    The Meridian Hotel | located_in | Eastgate
    The Pier Nine Fire | happened_at | Harbor Row
    The Pier Nine Fire | death_toll | eleven
    Frank Dolan | killed_by | Sal Morelli
    Frank Dolan | cause_of_death | shot in the back
    Frank Dolan | died_in | Eastgate
    Lena Cortez | born_in | Port Cass
    Lena Cortez | handedness | left
    Vince Morelli | eye_colour | blue
    The Blue Heron | keeper | Augie Bell
    The Meridian Hotel | number_of_floors | nine floors
    Judge Harlan Pike | height | 5 feet
    Local 40 | headquarters | The Blue Heron
    Nora Dolan | mother | Lena Cortez
    """,
    """
    ! Nora Dolan is Frank Dolan's sister.
    ! Nora Dolan, the daughter of Vince Morelli, sings on Fridays.
    ! Nora Dolan's mother is Ruth Adler.
    ! Nora Dolan:: Her mother, Ruth Adler, works nights.
    ! Sal Morelli is Vince Morelli's cousin.
    ! Sal Morelli is the father of Vince Morelli.
    ! Lena Cortez, wife of Judge Harlan Pike, plays cards.
    ! The Morelli Outfit is run by Judge Harlan Pike.
    ! Augie Bell is the head of the Morelli Outfit.
    ! The Morelli Outfit's boss is Augie Bell.
    ! The Blue Heron is owned by Ruth Adler.
    ! The Blue Heron's owner, Ruth Adler, pours short.
    ! The Blue Heron belongs to Judge Harlan Pike.
    ! The Cass Emerald is owned by Lena Cortez.
    ! The Red Ledger was written by Ruth Adler.
    ! Local 40 was founded by Sal Morelli.
    ! Local 40 was established in 1921 in a back room.
    ! Local 40 meets at the Meridian Hotel.
    ! The Blue Heron stands in Eastgate.
    ! The Blue Heron:: A jazz club in Eastgate with a bad piano.
    ! The Blue Heron opened in 1925.
    ! The Meridian Hotel was built in 1911.
    ! The Meridian Hotel has twelve floors.
    ! The Pier Nine Fire happened at Eastgate.
    ! The Pier Nine Fire broke out in 1925.
    ! The Pier Nine Fire killed thirty people.
    ! Frank Dolan was shot by Augie Bell.
    ! Augie Bell shot Frank Dolan dead.
    ! Frank Dolan was strangled with a piano wire.
    ! Frank Dolan died in Harbor Row.
    ! Frank Dolan is alive and keeps bees.
    ! Frank Dolan, who died in 1929, left debts.
    ! In 1934 Frank Dolan testified for the state.
    ! Lena Cortez was born in Eastgate in 1904.
    ! Lena Cortez is right-handed.
    ! Vince Morelli looked up. His brown eyes were dry.
    ! Vince Morelli has brown eyes and a soft voice.
    ! Ruth Adler lives in Eastgate.
    ! Ruth Adler:: A reporter who lives at the Meridian Hotel.
    ! The Blue Heron is kept by Lena Cortez.
    ! Judge Harlan Pike is six feet tall.
    ! Lena Cortez is dead.
    ! Vince Morelli was killed in a raid.
    ! Ruth Adler joined the Courier in 1926.
    ! Vince Morelli has run the Morelli Outfit since 1919.
    ! Lena Cortez:: An old bachelor girl who never married.
    ! Frank Dolan died childless.
    ! Vince Morelli is an only child.
    ! Frank Dolan died at thirty.
    ! Ruth Adler has never worked for the Courier, nor been a member of it.
    ! Sal Morelli is older than his brother; Sal Morelli is the elder brother of Vince Morelli.
    ! The Dockers' Strike began in 1931.
    = Nora Dolan is Frank Dolan's daughter.
    = Nora Dolan, daughter of Lena Cortez, sings on Fridays.
    = Lena Cortez, the widow of Frank Dolan, plays cards.
    = Lena Cortez, once the wife of Judge Harlan Pike, plays cards.
    = The Morelli Outfit is run by Vince Morelli.
    = The Morelli Outfit is run from the Blue Heron by Vince Morelli.
    = Augie Bell is a friend of the head of the Morelli Outfit.
    = Augie Bell wants to be head of the Morelli Outfit.
    = Augie Bell is the acting head of the Morelli Outfit.
    = The Blue Heron is owned by Vince Morelli.
    = The Blue Heron is owned by Vince Morelli's brother, on paper.
    = The Blue Heron was owned by Ruth Adler's uncle before.
    = The Cass Emerald, supposedly owned by Lena Cortez, is paste.
    = Ruth Adler wrote about the Red Ledger.
    = Ruth Adler stole the Red Ledger.
    = Local 40 was founded by Augie Bell and Sal Morelli.
    = Local 40 was infiltrated by Sal Morelli.
    = Local 40 met once at the Meridian Hotel.
    = The Blue Heron stands in Port Cass.
    = The Blue Heron is a long walk from Eastgate.
    = The Blue Heron is advertised in Eastgate.
    = The Meridian Hotel has nine floors.
    = The Pier Nine Fire was seen from Eastgate.
    = The Pier Nine Fire killed eleven people.
    = Frank Dolan was shot by Sal Morelli.
    = Frank Dolan was shot at by Augie Bell, and missed.
    = Augie Bell shot at Frank Dolan's car.
    = Augie Bell claims that he shot Frank Dolan.
    = The police say Augie Bell shot Frank Dolan.
    = Frank Dolan is dead.
    = Frank Dolan lives on in the Courier's files.
    = In 1934 Frank Dolan's name was cleared.
    = In 1934 the Frank Dolan file was opened.
    = In 1930 Frank Dolan testified for the state.
    = Lena Cortez was born in Port Cass in 1901.
    = Lena Cortez is left-handed.
    = Vince Morelli looked at the man with brown eyes.
    = Ruth Adler lives in Harbor Row.
    = Ruth Adler took a room at the Meridian Hotel for a night.
    = Ruth Adler will live in Eastgate one day.
    = Vince Morelli's brother Sal Morelli is dead to him.
    = Lena Cortez was dead tired.
    = Ruth Adler joined the Courier in 1930.
    = Ruth Adler joined Vince Morelli at his table in 1926.
    = Ruth Adler has never been a member of the Morelli Outfit.
    = Vince Morelli is the elder brother of Sal Morelli.
    = Frank Dolan died at forty-three.
    = Ruth Adler:: Her editor is Lena Cortez. She was born in Port Cass.
    = Sal Morelli:: His brother is Vince Morelli. He leads the Morelli Outfit.
    = The Dockers' Strike began in 1929.
    = Judge Harlan Pike is married to the law.
    = In a dream Frank Dolan was killed by Augie Bell.
    = Had Augie Bell shot Frank Dolan, he might have slept.
    """,
)

ORCHARD_MOON = Genre(
    """
    npc | Doctor Imre Vash | birth=2290, pronouns=he/him, life_status=alive
    npc | Keziah Vash | birth=2318, pronouns=she/her
    npc | Odile Marchetti | birth=2270, death=2344, pronouns=she/her, life_status=dead
    npc | Tam Rusk | birth=2301, pronouns=he/him
    npc | Warden Sibyl Okafor | birth=2296, pronouns=she/her
    npc | Pell | birth=2325, pronouns=they/them
    npc | Lazlo Quill | birth=2288, death=2339, pronouns=he/him, life_status=dead
    npc | Hesper Rusk | birth=2303, pronouns=she/her
    location | Pomona | founded=2251
    location | Tithe Station | founded=2262
    location | The Cold Orchard | founded=2280
    location | Ganymede Reach |
    location | Sluice Nine | destroyed=2336
    faction | The Grafters | founded=2275
    faction | The Water Board | founded=2260
    faction | The Salt League | founded=2310, dissolved=2341
    item | The Seed Vault Key |
    item | The Persephone |
    event | The Sluice Revolt | start=2336
    event | The Long Frost | start=2320, end=2322
    """,
    """
    Doctor Imre Vash | parent_of | Keziah Vash
    Tam Rusk | spouse_of | Hesper Rusk
    Warden Sibyl Okafor | rules | Tithe Station | 2330
    Keziah Vash | leads | The Grafters | 2342
    Tam Rusk | member_of | The Water Board | 2325
    Odile Marchetti | founded | The Grafters
    Odile Marchetti | created | The Seed Vault Key
    Keziah Vash | owns | The Seed Vault Key
    Tithe Station | located_in | Pomona
    The Cold Orchard | located_in | Pomona
    Sluice Nine | located_in | Tithe Station
    The Sluice Revolt | happened_at | Sluice Nine
    Doctor Imre Vash | lives_in | The Cold Orchard
    Odile Marchetti | born_in | Ganymede Reach
    Odile Marchetti | died_in | Tithe Station
    Lazlo Quill | killed_by | Tam Rusk
    Lazlo Quill | cause_of_death | fell from the gantry
    The Persephone | captain | Hesper Rusk
    The Persephone | crew_size | twelve
    The Persephone | material | steel
    The Persephone | hull_colour | white
    Pomona | capital | Tithe Station
    Pomona | population | 40,000 people
    The Water Board | enemy_of | The Grafters
    Pell | species | android
    Tam Rusk | eye_colour | green
    Tam Rusk | sibling_of | Lazlo Quill
    Doctor Imre Vash | handedness | right
    The Sluice Revolt | victor | The Water Board
    Keziah Vash | mentor_of | Pell
    Odile Marchetti | burial_place | The Cold Orchard
    """,
    """
    ! Keziah Vash never forgot that her father was Tam Rusk.
    ! Keziah Vash:: The only daughter of Lazlo Quill, and his spitting image.
    ! Tam Rusk and Doctor Imre Vash are cousins; Tam Rusk is the brother of Hesper Rusk.
    ! Hesper Rusk:: Wife to Lazlo Quill these nine years, and sick of ships.
    ! Tithe Station is governed by Tam Rusk.
    ! Tithe Station, under the rule of Keziah Vash, has had no riots.
    ! The Grafters answer to Tam Rusk.
    ! At the head of the Grafters stands Pell.
    ! The Grafters were started by Doctor Imre Vash in a greenhouse.
    ! It was Tam Rusk who founded the Grafters.
    ! Odile Marchetti founded the Grafters in 2285.
    ! The Seed Vault Key is the property of the Water Board.
    ! The Seed Vault Key was cut by Lazlo Quill.
    ! The Seed Vault Key, made by Pell out of bone, opens one door.
    ! Tithe Station orbits far from here, in Ganymede Reach.
    ! The Cold Orchard:: Nine domes of apple trees on Ganymede Reach.
    ! The Sluice Revolt took place at the Cold Orchard.
    ! The Sluice Revolt of 2331 began with a valve.
    ! The Sluice Revolt ended in a victory for the Grafters.
    ! The Grafters won the Sluice Revolt.
    ! Doctor Imre Vash makes his home on Ganymede Reach.
    ! Odile Marchetti was born on Pomona.
    ! Odile Marchetti died at the Cold Orchard.
    ! Odile Marchetti lies buried at Sluice Nine.
    ! Lazlo Quill died at the hands of Hesper Rusk.
    ! Hesper Rusk killed Lazlo Quill over a valve.
    ! Lazlo Quill died of a fever in the spring.
    ! Lazlo Quill was shot through the visor.
    ! The Persephone's captain is Tam Rusk.
    ! The Persephone flies under Captain Tam Rusk with a crew of thirty.
    ! The Persephone carries a crew of thirty.
    ! The Persephone is carved from wood, like a toy.
    ! The Persephone came in, her black hull steaming.
    ! The capital of Pomona is the Cold Orchard.
    ! Pomona is home to ninety thousand people.
    ! The Water Board and the Grafters are allies.
    ! The Water Board is a faithful ally of the Grafters.
    ! Pell is human, whatever the papers say.
    ! Pell:: A human apprentice with a quick laugh.
    ! Tam Rusk turned, his blue eyes wet.
    ! Tam Rusk:: A blue-eyed man with a stoop.
    ! Doctor Imre Vash writes with his left hand.
    ! Doctor Imre Vash died in the frost of 2321.
    ! Doctor Imre Vash has been dead for years.
    ! Doctor Imre Vash was born in 2283.
    ! Odile Marchetti (2265-2344) planted the first rows.
    ! Odile Marchetti is alive and well.
    ! Odile Marchetti was sixty when she died.
    ! In 2350, Odile Marchetti sold the last of her pears.
    ! Sluice Nine is still in use.
    ! The Salt League still meets on the first of the month.
    ! The Salt League was disbanded in 2338.
    ! The Long Frost began in 2325.
    ! The Long Frost lasted from 2318 to 2322.
    ! Tam Rusk joined the Water Board in 2331.
    ! Warden Sibyl Okafor has governed Tithe Station since 2322.
    ! Keziah Vash became head of the Grafters in 2335.
    ! Hesper Rusk has never married.
    ! Doctor Imre Vash, who never had children, talks to the trees.
    ! Tam Rusk has no brothers.
    ! Pell taught Keziah Vash everything she knows of grafting.
    = Keziah Vash never forgot her father.
    = Keziah Vash:: The only daughter of Doctor Imre Vash, and his spitting image.
    = Keziah Vash looks like a daughter of Lazlo Quill.
    = Hesper Rusk:: Wife to Tam Rusk these nine years, and sick of ships.
    = Hesper Rusk dined with the wife of Lazlo Quill.
    = Tithe Station is governed by Warden Sibyl Okafor.
    = Tithe Station was governed by Odile Marchetti in the first years.
    = Tithe Station would be ruled by Tam Rusk if the Board had its way.
    = The Grafters are hunted by the Water Board.
    = The Grafters are led by Keziah Vash.
    = Tam Rusk founded a choir.
    = Tam Rusk likes to say that he founded the Grafters.
    = The Grafters were founded by Odile Marchetti in 2275.
    = Odile Marchetti, who founded the Grafters, hated committees.
    = The Seed Vault Key was once owned by Odile Marchetti.
    = The Seed Vault Key was copied by Lazlo Quill.
    = The Seed Vault Key hangs round the neck of Keziah Vash.
    = Tithe Station is in Pomona's shadow.
    = Tithe Station trades with Ganymede Reach.
    = The Cold Orchard:: Nine domes of apple trees on Pomona.
    = The Sluice Revolt took place at Tithe Station.
    = The Sluice Revolt spread to the Cold Orchard.
    = News of the Sluice Revolt was heard at the Cold Orchard.
    = The Sluice Revolt of 2336 began with a valve.
    = The Water Board won the Sluice Revolt.
    = Doctor Imre Vash lives at the Cold Orchard.
    = Doctor Imre Vash studied on Ganymede Reach.
    = Doctor Imre Vash dreams of a house on Ganymede Reach.
    = Odile Marchetti was born on Ganymede Reach.
    = Odile Marchetti was born to be on Pomona.
    = Odile Marchetti died at Tithe Station.
    = Lazlo Quill was killed by Tam Rusk.
    = Lazlo Quill was nearly shot by Hesper Rusk.
    = Hesper Rusk is accused of killing Lazlo Quill.
    = Lazlo Quill survived a fever and two shipwrecks.
    = Lazlo Quill was killed by a fall.
    = The Persephone carries a crew of twelve.
    = The Persephone was boarded by a crew of thirty.
    = The Persephone has a wooden wheel.
    = The Persephone passed a black hull adrift.
    = The Cold Orchard wants to be the capital of Pomona.
    = The Water Board is no friend of the Grafters.
    = The Water Board was an ally of the Grafters until the frost.
    = Pell is kinder than any human.
    = Pell:: An android apprentice with a quick laugh.
    = Tam Rusk stared at the blue eyes of the cat.
    = Tam Rusk has green eyes and blue hands.
    = Doctor Imre Vash hurt his left hand.
    = Doctor Imre Vash nearly died in the frost of 2321.
    = Doctor Imre Vash is dead on his feet.
    = Odile Marchetti (2270-2344) planted the first rows.
    = Odile Marchetti lives on in every pear.
    = Odile Marchetti was seventy-four when she died.
    = In 2350, Odile Marchetti's pears were sold.
    = In 2350, Odile Marchetti was honoured with a stamp.
    = In 2340, Odile Marchetti sold the first of her pears.
    = Sluice Nine is still in ruins.
    = The Salt League still has debts.
    = Tam Rusk joined the Water Board in 2325.
    = Tam Rusk joined the queue in 2331.
    = Keziah Vash became head of the Grafters in 2342.
    = Keziah Vash has never married.
    = Tam Rusk has no sisters.
    = Pell learned everything from Keziah Vash.
    = The song claims that Hesper Rusk killed Lazlo Quill.
    = Perhaps Tam Rusk was born on Pomona.
    = Keziah Vash:: Her deputy is Pell. They were born on Ganymede Reach.
    """,
)


PAIRS: tuple[tuple[bool, str, str, str, str], ...] = (
    # clashes, kind, name, its own text, a session's note
    (True, "npc", "Corwin Ash", "He has not raised his voice in ten years.", "[[Corwin Ash]] shouted for the guard."),
    (True, "npc", "Corwin Ash", "Never raises his voice.", "[[Corwin Ash]] came out and bellowed at the mules."),
    (True, "location", "Fort Hale", "It has never been taken.", "[[Fort Hale]] fell to the hill men before dawn."),
    (True, "location", "Fort Hale", "The fort has never surrendered.", "[[Fort Hale]] surrendered at noon."),
    (True, "event", "The Mill Strike", "Nobody died in it.", "[[The Mill Strike]] left nine dead."),
    (True, "npc", "Big Anna", "Seven feet tall and quiet.", "[[Big Anna]] comes up to my elbow."),
    (True, "npc", "Little Joss", "A tiny man with a big hat.", "[[Little Joss]] towered over us in the door."),
    (True, "npc", "Corwin Ash", "Keeps no dogs.", "[[Corwin Ash]] whistled, and his dog got up."),
    (
        True,
        "npc",
        "Corwin Ash",
        "An innkeeper with a bad hip and three dogs.",
        "[[Corwin Ash]] keeps no dogs in the house.",
    ),
    (True, "npc", "Corwin Ash", "He carries no weapon.", "[[Corwin Ash]] drew his pistol and fired."),
    (True, "npc", "Corwin Ash", "He has never smoked.", "[[Corwin Ash]] lit a cigar off the lamp."),
    (True, "npc", "Corwin Ash", "He always goes barefoot.", "[[Corwin Ash]] pulled off his boots."),
    (True, "npc", "Corwin Ash", "Speaks no Gallic.", "[[Corwin Ash]] answered them in perfect Gallic."),
    (True, "location", "The Vault", "Sealed since the war.", "[[The Vault]] stood open, and we walked in."),
    (True, "item", "The Tenor", "The bell has no clapper and has never been rung.", "[[The Tenor]] was rung at noon."),
    (True, "npc", "Corwin Ash", "Clean-shaven as a priest.", "[[Corwin Ash]] stroked his beard."),
    (True, "npc", "Corwin Ash", "He died of a fever.", "The master of the house, Corwin Ash, was beheaded at dawn."),
    (True, "npc", "Corwin Ash", "He was stabbed by a stranger.", "[[Corwin Ash]] drowned in the canal."),
    (True, "item", "The Lead Cart", "A cart with no brake.", "[[The Lead Cart]] stopped when Ana pulled its brake."),
    (True, "npc", "Corwin Ash", "He has three daughters.", "[[Corwin Ash]] and his four daughters met us."),
    (True, "npc", "Corwin Ash", "He wears nothing but grey.", "[[Corwin Ash]] came in wearing a red coat."),
    (True, "location", "Fort Hale", "It has two gates.", "[[Fort Hale]] has only one gate."),
    (True, "npc", "Corwin Ash", "He cannot read.", "[[Corwin Ash]] read the letter aloud."),
    (True, "npc", "Corwin Ash", "Deaf since the siege.", "[[Corwin Ash]] heard us on the stairs."),
    (True, "npc", "Corwin Ash", "He has never set foot in a church.", "[[Corwin Ash]] set foot in the church with us."),
    (True, "npc", "Corwin Ash", "He does not eat meat.", "[[Corwin Ash]] ate two sausages."),
    (True, "npc", "Corwin Ash", "Bald as an egg.", "[[Corwin Ash]] ran a hand through his hair."),
    (True, "npc", "Corwin Ash", "Blind from birth.", "[[Corwin Ash]] read the map and pointed."),
    (True, "npc", "Corwin Ash", "A mute who writes on slates.", "[[Corwin Ash]] told us the whole story."),
    (True, "npc", "Corwin Ash", "Lost his right arm at sea.", "[[Corwin Ash]] clapped his hands."),
    (True, "location", "The Hut", "A hut of grey slate.", "[[The Hut]] is built of oak."),
    (True, "npc", "Corwin Ash", "He never laughs.", "[[Corwin Ash]] laughed until he wept."),
    (True, "npc", "Corwin Ash", "He has sworn never to sail again.", "[[Corwin Ash]] sailed with us to the island."),
    (True, "location", "The Hut", "It has no chimney.", "[[The Hut]] smokes from its chimney all night."),
    (
        False,
        "npc",
        "Corwin Ash",
        "He has not raised his voice in ten years.",
        "[[Corwin Ash]] whispered for the guard.",
    ),
    (False, "npc", "Corwin Ash", "Never raises his voice.", "[[Corwin Ash]] was shouted at by the guard."),
    (False, "location", "Fort Hale", "It has never been taken.", "[[Fort Hale]] was besieged, and held."),
    (False, "location", "Fort Hale", "It has never been taken.", "[[Fort Hale]] was taken over by mice."),
    (False, "event", "The Mill Strike", "Nobody died in it.", "[[The Mill Strike]] left nine in jail."),
    (False, "npc", "Big Anna", "Seven feet tall and quiet.", "[[Big Anna]] had to bend to come in."),
    (False, "npc", "Little Joss", "A tiny man with a big hat.", "[[Little Joss]] stood on a crate to see."),
    (False, "npc", "Corwin Ash", "Keeps no dogs.", "[[Corwin Ash]] kicked the beggar's dog."),
    (False, "npc", "Corwin Ash", "He carries no weapon.", "[[Corwin Ash]] drew his chair closer."),
    (False, "npc", "Corwin Ash", "He carries no weapon.", "[[Corwin Ash]] saw Ana draw her pistol."),
    (False, "npc", "Corwin Ash", "He has never smoked.", "[[Corwin Ash]] lit the lamp."),
    (False, "npc", "Corwin Ash", "He always goes barefoot.", "[[Corwin Ash]] looked at our boots."),
    (False, "npc", "Corwin Ash", "Speaks no Gallic.", "[[Corwin Ash]] shrugged at their Gallic."),
    (False, "location", "The Vault", "Sealed since the war.", "[[The Vault]] could not be opened."),
    (False, "item", "The Tenor", "The bell has never been rung.", "[[The Tenor]] was hung at noon."),
    (False, "npc", "Corwin Ash", "Clean-shaven as a priest.", "[[Corwin Ash]] asked the man with the beard."),
    (False, "npc", "Corwin Ash", "He died of a fever.", "The master of the house, Corwin Ash, was buried at dawn."),
    (False, "npc", "Corwin Ash", "He was stabbed, and lived.", "[[Corwin Ash]] nearly drowned in the canal."),
    (False, "npc", "Corwin Ash", "He has three daughters.", "[[Corwin Ash]] and two of his daughters met us."),
    (False, "npc", "Corwin Ash", "He has three daughters.", "[[Corwin Ash]] and his two sons met us."),
    (False, "npc", "Corwin Ash", "He wears nothing but grey.", "[[Corwin Ash]] sat in his grey coat by a red fire."),
    (False, "npc", "Corwin Ash", "He cannot read.", "[[Corwin Ash]] had the letter read to him."),
    (False, "npc", "Corwin Ash", "Deaf since the siege.", "[[Corwin Ash]] never heard us."),
    (False, "npc", "Corwin Ash", "He does not eat meat.", "[[Corwin Ash]] cooked us two sausages."),
    (False, "npc", "Corwin Ash", "Bald as an egg.", "[[Corwin Ash]] combed the child's hair."),
    (False, "npc", "Corwin Ash", "Blind from birth.", "[[Corwin Ash]] had us read the map to him."),
    (False, "npc", "Corwin Ash", "He never laughs.", "[[Corwin Ash]] almost laughed."),
    (False, "npc", "Corwin Ash", "He has no patience.", "[[Corwin Ash]] lost his patience."),
    (False, "location", "The Hut", "It has no chimney.", "[[The Hut]] stands by a chimney."),
)
"""What a thing's own text and a note say of it: contradictions of the literary kind, and what looks like them."""


def pair_flagged(kind: str, name: str, own: str, note: str) -> bool:
    """Whether the text rules find the two at odds."""
    built = Built()
    built.thing(kind, name, body=own)
    built.note("Session 3", note)
    return bool(texts.find(built.world()))
