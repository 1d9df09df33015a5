"""A city of the thirties, to tune on."""

from __future__ import annotations

from tests.services.continuity.prose.genre import Genre

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
