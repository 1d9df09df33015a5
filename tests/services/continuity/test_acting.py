"""Who does something in a sentence, here and now; who is only spoken of, found, or remembered."""

import pytest

from studio.services.continuity.acting import acts

DOES = (
    "*Mara* poured the tea herself.", "*Mara* joined us at the Grand for coffee.", "We had supper with *Mara*.",
    "At the bar *Mara* bought a round.", "*Mara* was waiting by the airlock.", "Captain *Mara* handed us the key.",
    "“Nonsense,” said *Mara*.", "*Mara*, in her blue coat, waved us through.", "We were greeted by *Mara*.",
    "*Mara* and Tom Reed came in wet.", "It rained, and *Mara* laughed at us.", "*Mara* quickly bolted the door.",
    "We questioned *Mara* for an hour.", "*Mara* then outbid us.", "*Mara* says the ink is dry.",
)  # fmt: skip
DOES_NOT = (
    "We found the body of *Mara*.", "Inside lay *Mara*, drowned with sand in both pockets.", "*Mara* was remembered.",
    "*Mara*, stabbed at the vigil, had asked for the books.", "The widow spoke of *Mara*.", 
    "*Mara*'s sword hung there.", "*Mara* left us her house.",
    "In the painting *Mara* smiled.", "He told us *Mara* had come alone.", "*Mara* built this bridge.",
    "The ghost of *Mara* laughed.", "*Mara* died here.", "We drank to *Mara*.", "The late *Mara* owned it.",
    "A letter from *Mara* said so.", "Edda *Mara* let us in.", "*Mara* was buried by the wall.",
    "The bridge was built by *Mara*.", "We all remember how *Mara* laughed.", "*Mara* stabbed by her own guard.",
)  # fmt: skip


def read(sentence: str) -> bool:
    before, _, after = sentence.split("*")
    return acts(before, after)


@pytest.mark.parametrize("sentence", DOES)
def test_whoever_does_something_acts(sentence: str) -> None:
    assert read(sentence)


@pytest.mark.parametrize("sentence", DOES_NOT)
def test_whoever_is_spoken_of_does_not(sentence: str) -> None:
    assert not read(sentence)
