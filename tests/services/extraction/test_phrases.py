"""What is said of people and things that have no name of their own, and names that were missed: nobody else's deeds."""

from __future__ import annotations

import pytest

from tests.services.extraction.test_sentences import GENS_FR, GENTE_ES, GENTE_PT, PEOPLE_EN, kinds, relations

FIRM = "## Factions\n\n- **Halden Freight**: a company. It hid the dead. {}\n- **The Ash Choir**: a cult.\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (FIRM.format("The survivors founded the Ash Choir."), ("Halden Freight", "founded", "The Ash Choir")),
        (FIRM.format("Nobody founded the Ash Choir."), ("Halden Freight", "founded", "The Ash Choir")),
        (PEOPLE_EN + "Ada Voss suspects Bram Tull of killing her father.", ("Bram Tull", "parent_of", "Ada Voss")),
        (GENS_FR + "Hugo Vallet croit que Claire Morin a tué son père.", ("Claire Morin", "parent_of", "Hugo Vallet")),
        (GENTE_PT + "Tiago Lobo mandou matar o pai de Clara Mendes.", ("Tiago Lobo", "parent_of", "Clara Mendes")),
        (PEOPLE_EN + "Ada Voss loves Bram Tull's brother Cora Finch.", ("Ada Voss", "loves", "Bram Tull")),
        (
            "The **Red Hands** are a gang. They want to buy the **Glass Mill**, a mill.",
            ("Red Hands", "trades_with", "Glass Mill"),
        ),
        (
            PEOPLE_EN + "Ada Voss, head of the Larkmoor watch, sells secrets to pay Bram Tull.",
            ("Ada Voss", "trades_with", "Bram Tull"),
        ),
        (GENTE_PT + "- **Zeca Lobo**: jurou vingança contra Clara Mendes.", ("Zeca Lobo", "sworn_to", "Clara Mendes")),
        (
            GENS_FR + "Claire Morin est une femme et l'ennemie jurée de Hugo Vallet.",
            ("Claire Morin", "sworn_to", "Hugo Vallet"),
        ),
    ],
)
def test_what_somebody_unnamed_does_or_suffers_is_nobody_elses(text: str, wrong: tuple[str, str, str]) -> None:
    assert wrong not in relations(text)


def test_what_the_company_does_is_still_told_of_the_company() -> None:
    assert ("Halden Freight", "founded", "The Ash Choir") in relations(
        FIRM.format("The company founded the Ash Choir.")
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PEOPLE_EN + "Ada Voss loves Bram Tull's sister Cora Finch.", ("Ada Voss", "loves", "Cora Finch")),
        (PEOPLE_EN + "Ada Voss hides Bram Tull from the guards.", ("Ada Voss", "guards", "Bram Tull")),
        (PEOPLE_EN + "- **Dov Voss** – her son.", ("Cora Finch", "parent_of", "Dov Voss")),
        (
            GENS_FR + "Le **Cercle d'Onyx** est une secte. Hugo Vallet en est le grand maître.",
            ("Hugo Vallet", "leads", "Cercle d'Onyx"),
        ),
        (
            GENS_FR + "Le **Sceau d'étain** est un sceau. Hugo Vallet l'a forgé.",
            ("Hugo Vallet", "created", "Sceau d'étain"),
        ),
        (
            GENTE_PT + "Clara Mendes fundou a **Irmandade do Sal**, uma seita, com Tiago Lobo.",
            ("Clara Mendes", "founded", "Irmandade do Sal"),
        ),
        (
            GENTE_ES + "La **Casa Gris** es una mansión. La construyó la herrera Elena Ruiz.",
            ("Elena Ruiz", "created", "Casa Gris"),
        ),
        (PEOPLE_EN + "Cora Finch is rich. Her barman, Bram Tull, is not.", ("Bram Tull", "serves", "Cora Finch")),
        (
            GENS_FR + "Claire Morin est une femme et l'ennemie jurée de Hugo Vallet.",
            ("Claire Morin", "enemy_of", "Hugo Vallet"),
        ),
        (PEOPLE_EN + "- **Dov Voss**: cook. Idolises Ada Voss, fears Bram Tull.", ("Dov Voss", "fears", "Bram Tull")),
        (PEOPLE_EN + "Bram Tull is the business partner of Cora Finch.", ("Bram Tull", "ally_of", "Cora Finch")),
    ],
)
def test_whom_a_name_behind_its_noun_or_pronoun_means(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(text)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "Voici la ville.\n\nL'auberge du Héron donne sur le quai. Il dort à l'auberge du Héron.",
            "auberge du Héron",
            "location",
        ),
        ("### Objet\n\nLe **Sceau d'étain** appartient à la mairie et il est lourd.", "Sceau d'étain", "item"),
        ("O grupo chegou a **Vila Névoa**, uma aldeia que não tem nome no mapa.", "Vila Névoa", "location"),
        ("**Palacete Veiga** fica na Lapa e ninguém entra lá sem ser visto.", "Palacete Veiga", "location"),
        ("- **Ada Voss**: a spy.\n\n**Dev Raman** works as a doctor for Ada Voss.", "Dev Raman", "npc"),
        (
            "## Places\n\n- **Ys**: a port.\n\nOperation Nightjar, the swap at Ys, went wrong.",
            "Operation Nightjar",
            "event",
        ),
        ("La **Hermandad del Pozo** son los antiguos criados de la casa.", "Hermandad del Pozo", "faction"),
    ],
)
def test_names_that_begin_small_or_after_an_article_are_found(text: str, name: str, kind: str) -> None:
    assert kinds(text).get(name) == kind


def test_two_people_joined_by_and_are_two_and_a_short_name_is_its_full_one() -> None:
    found = kinds(GENS_FR + "Claire et Hugo perdirent leur père. Claire aime Hugo.")
    assert set(found) == {"Claire Morin", "Hugo Vallet"}


def test_a_surname_that_two_share_names_neither() -> None:
    found = kinds("## People\n\n- **Ada Voss**: smith.\n- **Bram Voss**: guard.\n\nThe town is loyal to Voss.")
    assert "Voss" not in found
