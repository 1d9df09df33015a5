"""What sentences say of who is tied to whom: rows, object pronouns, callings, kin, denials, in five languages."""

from __future__ import annotations

import pytest

from studio.domain.candidate import EntityCandidate, Extraction, RecipeCandidate, RelationCandidate
from studio.services.extraction import OfflineExtractor
from studio.services.extraction.lexicon import LANGUAGES, load
from studio.services.extraction.lexicon.forms import forms_of


def extract(text: str) -> Extraction:
    return OfflineExtractor().extract(text)


def relations(text: str) -> set[tuple[str, str, str]]:
    found = extract(text).candidates
    return {(c.from_name, c.type, c.to_name) for c in found if isinstance(c, RelationCandidate)}


def kinds(text: str) -> dict[str, str]:
    return {c.name: c.kind for c in extract(text).candidates if isinstance(c, EntityCandidate)}


PEOPLE_EN = "## People\n\n- **Ada Voss**: smith.\n- **Bram Tull**: guard.\n- **Cora Finch**: spy.\n\n"
GENTE_ES = "## Personajes\n\n- **Elena Ruiz**: herrera.\n- **Tomás Vidal**: guardia.\n\n"
GENS_FR = "## Personnages\n\n- **Claire Morin** : forgeronne.\n- **Hugo Vallet** : garde.\n\n"
GENTE_PT = "## Personagens\n\n- **Clara Mendes**: ferreira.\n- **Tiago Lobo**: guarda.\n\n"
LEUTE_DE = "## Personen\n\n- **Greta Holm**: Schmiedin.\n- **Otto Brandt**: Wächter.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PEOPLE_EN + "Ada Voss and Bram Tull serve Cora Finch.", ("Ada Voss", "serves", "Cora Finch")),
        (PEOPLE_EN + "Ada Voss and Bram Tull serve Cora Finch.", ("Bram Tull", "serves", "Cora Finch")),
        (PEOPLE_EN + "Ada Voss and Bram Tull are feuding.", ("Ada Voss", "rival_of", "Bram Tull")),
        (PEOPLE_EN + "Ada Voss fears Bram Tull and serves Cora Finch.", ("Ada Voss", "serves", "Cora Finch")),
        (PEOPLE_EN + "Bram Tull had Ada Voss's father, Cora Finch, killed.", ("Cora Finch", "parent_of", "Ada Voss")),
        (GENTE_ES + "El **Cáliz Rojo** es una copa. Lo forjó Elena Ruiz.", ("Elena Ruiz", "created", "Cáliz Rojo")),
        (GENS_FR + "La **Clé Noire** est une clé. Hugo Vallet la cherche.", ("Hugo Vallet", "seeks", "Clé Noire")),
        (GENTE_PT + "O **Sino Azul** é um sino. Tiago Lobo o procura.", ("Tiago Lobo", "seeks", "Sino Azul")),
        (GENTE_PT + "A irmã dele, Clara Mendes, odeia Tiago Lobo.", ("Clara Mendes", "enemy_of", "Tiago Lobo")),
        (GENS_FR + "Claire Morin obéit toujours à Hugo Vallet.", ("Claire Morin", "serves", "Hugo Vallet")),
        (GENS_FR + "Claire Morin a peur des **Mains Rouges**, une bande.", ("Claire Morin", "fears", "Mains Rouges")),
        (GENS_FR + "La haine entre Claire Morin et Hugo Vallet dure.", ("Claire Morin", "enemy_of", "Hugo Vallet")),
        (GENTE_PT + "Clara Mendes está sob o comando de Tiago Lobo.", ("Clara Mendes", "serves", "Tiago Lobo")),
        (GENTE_ES + "La rivalidad entre Elena Ruiz y Tomás Vidal sigue.", ("Elena Ruiz", "rival_of", "Tomás Vidal")),
        (LEUTE_DE + "Das Bündnis zwischen Greta Holm und Otto Brandt hält.", ("Greta Holm", "ally_of", "Otto Brandt")),
        (LEUTE_DE + "Greta Holm fürchtet sich vor Otto Brandt.", ("Greta Holm", "fears", "Otto Brandt")),
    ],
)
def test_rows_pronouns_and_word_order_are_seen_through(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(text)


WORLD_EN = PEOPLE_EN + (
    "## Factions\n\n- **The Tin Court**: guild of clockmakers.\n- **The Red Hands**: a gang.\n\n"
    "## Places\n\n- **Larkmoor**: a town.\n- **The Glass Mill**: a mill.\n\n"
    "## Items\n\n- **The Bone Key**: a key.\n\n## Events\n\n- **The Long Night**: a riot.\n\n"
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Led by Ada Voss and Bram Tull, the Tin Court grew.", ("Bram Tull", "leads", "The Tin Court")),
        ("At the head of the Tin Court stands Ada Voss.", ("Ada Voss", "leads", "The Tin Court")),
        ("Under Ada Voss, the Tin Court has grown rich.", ("Ada Voss", "leads", "The Tin Court")),
        ("Members of the Red Hands include Ada Voss and Bram Tull.", ("Bram Tull", "member_of", "The Red Hands")),
        ("The old feud between Ada Voss and Bram Tull goes on.", ("Ada Voss", "rival_of", "Bram Tull")),
        ("Ada Voss has a long-standing grudge against Bram Tull.", ("Ada Voss", "enemy_of", "Bram Tull")),
        ("Ada Voss and Bram Tull are brother and sister.", ("Ada Voss", "sibling_of", "Bram Tull")),
        ("Ada Voss is the younger sister of Bram Tull.", ("Ada Voss", "sibling_of", "Bram Tull")),
        ("Ada Voss, captain of the Red Hands and sister of Bram Tull, hums.", ("Ada Voss", "sibling_of", "Bram Tull")),
        ("Ada Voss is under Bram Tull's command.", ("Ada Voss", "serves", "Bram Tull")),
        ("Ada Voss owes her life to Bram Tull.", ("Ada Voss", "owes", "Bram Tull")),
        ("The Bone Key hangs at Ada Voss's belt.", ("Ada Voss", "owns", "The Bone Key")),
        ("Ada Voss sold the Bone Key to Bram Tull.", ("Bram Tull", "owns", "The Bone Key")),
        ("In Larkmoor stands the Glass Mill.", ("The Glass Mill", "located_in", "Larkmoor")),
        ("Larkmoor is home to the Tin Court.", ("The Tin Court", "located_in", "Larkmoor")),
        ("The Long Night left Larkmoor in ashes.", ("The Long Night", "happened_at", "Larkmoor")),
        ("Ada Voss's ship, the Lucky Heron, leaks.", ("Ada Voss", "owns", "Lucky Heron")),
        ("Ada Voss hums. Bram Tull, a friend of the Red Hands, does not.", ("Bram Tull", "ally_of", "The Red Hands")),
        ("Ada Voss (smith, the Red Hands) hums.", ("Ada Voss", "member_of", "The Red Hands")),
    ],
)
def test_set_phrases_tie_in_the_order_that_they_are_said_in(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(WORLD_EN + sentence)


def test_a_tie_that_is_over_is_none() -> None:
    told = relations(WORLD_EN + "The feud between Ada Voss and Bram Tull ended last year.")
    assert ("Ada Voss", "rival_of", "Bram Tull") not in told


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("Ada Voss is married to Garrick Stone.", "Garrick Stone", "npc"),
        ("The Tin Court was founded by Garrick Stone.", "Garrick Stone", "npc"),
        ("Ada Voss betrayed Mirelle and Tam.", "Tam", "npc"),
        ("The Tin Court is allied with the Amberhand.", "Amberhand", "faction"),
        ("Ada Voss rules Ostrov.", "Ostrov", "location"),
        ("Ada Voss wields Thornbite.", "Thornbite", "item"),
        ("Larkmoor's mayor, Osric Hollow, hums.", "Osric Hollow", "npc"),
        ("Ada Voss and Mirelle are sisters.", "Mirelle", "npc"),
        ("People whisper that the Amberhand controls Larkmoor.", "Amberhand", "faction"),
    ],
)
def test_the_verb_before_a_name_tells_what_bears_it(sentence: str, name: str, kind: str) -> None:
    assert kinds(WORLD_EN + sentence)[name] == kind


def test_a_calling_with_an_accent_is_known_to_be_one() -> None:
    told = relations(GENTE_PT + "Clara Mendes é a líder dos **Sinos**, uma guilda.")
    assert told == {("Clara Mendes", "leads", "Sinos")}


def test_a_place_north_of_another_is_not_in_it() -> None:
    told = relations("## Places\n\n- **Larkmoor**: a town.\n- **Saltreach**: lies on the coast north of Larkmoor.\n")
    assert told == set()


def test_his_daughter_after_her_name_is_the_daughter_of_whom_the_text_is_about() -> None:
    told = relations("- **Bram Tull**: guard, 50. Cora Finch, his daughter, is a spy.\n")
    assert ("Bram Tull", "parent_of", "Cora Finch") in told


def test_a_list_of_relationships_ties_each_of_them_to_whom_it_is_of() -> None:
    told = relations(
        "## Ada Voss\nSmith, 40.\n\n**Relationships**\n- Bram Tull: her brother, estranged.\n- Dov Marek – mentor\n"
        "- The Red Hands: she owes them money.\n- **Rival:** Cora Finch\n"
    )
    assert {
        ("Bram Tull", "sibling_of", "Ada Voss"), ("Dov Marek", "mentor_of", "Ada Voss"),
        ("Ada Voss", "owes", "The Red Hands"), ("Ada Voss", "rival_of", "Cora Finch"),
    } <= told  # fmt: skip


def test_arrows_and_tables_of_relations_are_read_from_left_to_right() -> None:
    arrows = "## Relationships\n\n- Bram Tull → Cora Finch: serves her\n- Ada Voss – Cora Finch: enemies\n"
    table = (
        "| From | Relation | To |\n|---|---|---|\n| Bram Tull | serves | Cora Finch |\n"
        "| Ada Voss | enemy | Cora Finch |\n"
    )
    for text in (arrows, "## Relationships\n\n" + table):
        assert {("Bram Tull", "serves", "Cora Finch"), ("Ada Voss", "enemy_of", "Cora Finch")} <= relations(
            PEOPLE_EN + text
        )


def test_names_joined_by_and_under_a_label_are_two() -> None:
    text = "## Ada Voss\n**Role:** smith\n**Children:** Lil Voss and Max Voss\n"
    assert {("Ada Voss", "parent_of", "Lil Voss"), ("Ada Voss", "parent_of", "Max Voss")} <= relations(text)


def test_the_year_of_a_birth_or_a_death_is_no_age() -> None:
    texts = ("## Ada Voss\n- Role: smith\n- Birth: 752\n- Death: 790\n", "- **Ada Voss** (752–790), smith.\n")
    for text in texts:
        found = [c for c in extract(text).candidates if isinstance(c, EntityCandidate)]
        assert [c.fields.get("age") for c in found] == [None]


@pytest.mark.parametrize(
    "text",
    [
        PEOPLE_EN + "Ada Voss does not serve Bram Tull.",
        PEOPLE_EN + "Ada Voss once served Bram Tull.",
        PEOPLE_EN + "Ada Voss no longer serves Bram Tull.",
        GENS_FR + "Claire Morin ne sert plus Hugo Vallet.",
        GENTE_ES + "Elena Ruiz no sirve a Tomás Vidal.",
        GENTE_PT + "Clara Mendes não serve Tiago Lobo.",
        LEUTE_DE + "Greta Holm dient Otto Brandt nicht.",
    ],
)
def test_what_is_denied_or_past_is_no_tie(text: str) -> None:
    assert {type_ for _, type_, _ in relations(text)}.isdisjoint({"serves", "member_of"})


def test_a_common_noun_means_the_one_who_was_introduced_with_it() -> None:
    text = "**Mrs Orla Penn**, the housekeeper, is sixty.\n\nThe sexton, Jude Marsh, fears the housekeeper."
    assert ("Jude Marsh", "fears", "Mrs Orla Penn") in relations(text)


def test_a_sheet_of_labels_makes_a_faction_and_ties_it_to_all_it_names() -> None:
    text = "## The Tin Court\n**Type:** guild of clockmakers\n**Head:** Mistress Vane\n**Enemies:** the Red Hands\n"
    assert kinds(text)["The Tin Court"] == "faction"
    assert {("Mistress Vane", "leads", "The Tin Court"), ("The Tin Court", "enemy_of", "Red Hands")} <= relations(text)


def test_names_in_data_are_tied_by_their_keys() -> None:
    text = (
        '```json\n{"factions": [{"name": "Salt Order", "leader": "Ada Voss"}],\n'
        ' "npcs": [{"name": "Ada Voss", "role": "abbess"}]}\n```'
    )
    assert ("Ada Voss", "leads", "Salt Order") in relations(text)


def test_the_first_column_holds_names_when_the_others_are_labels() -> None:
    text = (
        "| Villager | Job | Secret |\n|---|---|---|\n| Ada Voss | baker | owes the mill |\n| Bram Tull | smith | - |\n"
    )
    assert kinds(text) == {"Ada Voss": "npc", "Bram Tull": "npc"}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("- **Rosa Marín**, alias «la Llave». 55 años, manos enormes.", "Rosa Marín", "npc"),
        ("## Personen\n\n- **Pfarrerin Ute Maron:** hält die Totenwache.", "Pfarrerin Ute Maron", "npc"),
        ("The board of Kestrel Dynamics meets at noon in Kestrel Dynamics.", "Kestrel Dynamics", "faction"),
        ("Ils campent près de la tour Incity depuis lundi, dans la brume.", "tour Incity", "location"),
    ],
)
def test_ages_nicknames_and_surnames_do_not_mislead_the_kind(text: str, name: str, kind: str) -> None:
    assert kinds(text)[name] == kind


def test_advice_after_an_image_prompt_is_no_second_prompt() -> None:
    text = (
        "### Image prompt\n\n*A glass orchard at dusk, gouache, teal and rust.*\n\n"
        "Start with the harvest. Let each player describe one tree.\n"
    )
    assert sum(isinstance(c, RecipeCandidate) for c in extract(text).candidates) == 1


def test_a_verb_has_its_regular_forms_and_prepositions_melt() -> None:
    assert {"dirige", "dirigent", "dirigeait", "dirigée"} <= set(forms_of("fr", "~diriger"))
    assert {"obéit à", "obéissent au"} <= set(forms_of("fr", "~obéir à"))
    assert {"pertence ao", "pertencem às"} <= set(forms_of("pt", "~pertencer a"))
    assert {"gesucht", "suchte"} <= set(forms_of("de", "~suchen"))
    assert forms_of("en", "in league with") == ["in league with"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_relation_of_the_lexicon_is_one_that_the_project_knows(lang: str) -> None:
    from studio.domain.vocabulary import RELATIONS

    lex = load(lang)
    told = {t.lstrip("<") for table in (lex.verbs, lex.nouns) for types in table.values() for t in types}
    assert told <= set(RELATIONS)


def test_a_title_tells_two_of_one_surname_apart() -> None:
    text = PEOPLE_EN + "Count Otto Brandt and his sister Ida Brandt live here. Count Brandt serves Cora Finch."
    assert ("Count Otto Brandt", "serves", "Cora Finch") in relations(text)


def test_two_plain_names_side_by_side_are_one_person() -> None:
    found = extract("- **Moth** (Ilse Vogt): 38, nurse.\n- **Rook** (Tam Kersey): 20, driver.\n").candidates
    names = {c.name: c.aliases for c in found if isinstance(c, EntityCandidate)}
    assert names == {"Moth": ("Ilse Vogt",), "Rook": ("Tam Kersey",)}
