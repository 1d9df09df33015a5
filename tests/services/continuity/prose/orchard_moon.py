"""A settled moon, scored once before anything was tuned for it."""

from __future__ import annotations

from tests.services.continuity.prose.genre import Genre

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
