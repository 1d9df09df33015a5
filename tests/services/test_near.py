"""The matcher of names: realistic slips of real keyboards, parts in any order, and a book that follows the project."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.dates import resolve
from studio.domain.lens import Lens
from studio.domain.world import Alias
from studio.services import history, names
from studio.services.near import Book, Name, loose
from studio.services.world import entities, entries, trash

if TYPE_CHECKING:
    from studio.storage.project import Project

WANTED = (
    "Gandalf", "Mirel Thane", "Port Ash", "The Ashen Concord", "House Veyra", "Ilse Dorn", "Océane d'Artagnan",
    "Vel'koz the Unbound", "Thunderbrook Keep", "Marshal Odrin Pell", "Ironkeep", "Salt-Marsh", "Øystein Bråthen",
    "Queen Amalthea III", "Khazad-dûm", "Brother Anselm of the Lantern", "Xanathar", "The Whispering Archive",
    "Łucja Żelazna", "Strahd von Zarovich", "Drowned Cathedral", "Rhiannon ap Gwynedd", "Tamsin Orvel",
    "Crown of the Hollow King", "Festival of Lesser Bells", "Nyarlathotep", "Ser Guillaume Montfort", "東京タワー",
)  # fmt: skip
TYPED = (
    ("gandlf", "Gandalf"), ("gnadalf", "Gandalf"), ("gandolf", "Gandalf"), ("gandallf", "Gandalf"),
    ("andalf", "Gandalf"), ("ganda", "Gandalf"), ("GANDALF", "Gandalf"), ("thane mirel", "Mirel Thane"),
    ("mirrel", "Mirel Thane"),
    ("mirel thna", "Mirel Thane"), ("miral thane", "Mirel Thane"), ("mir tha", "Mirel Thane"),
    ("tha mir", "Mirel Thane"),
    ("port ash", "Port Ash"), ("portash", "Port Ash"), ("prot ash", "Port Ash"), ("ash port", "Port Ash"),
    ("conocrd", "The Ashen Concord"), ("ashn concord", "The Ashen Concord"), ("ashen conc", "The Ashen Concord"),
    ("concord ashen", "The Ashen Concord"), ("ashenconcord", "The Ashen Concord"), ("house vera", "House Veyra"),
    ("veyrra", "House Veyra"), ("hosue veyra", "House Veyra"), ("ilse dron", "Ilse Dorn"), ("isle dorn", "Ilse Dorn"),
    ("oceane", "Océane d'Artagnan"), ("dartagnan", "Océane d'Artagnan"), ("d’artagnan", "Océane d'Artagnan"),
    ("artagnan", "Océane d'Artagnan"), ("dartagnon", "Océane d'Artagnan"),
    ("velkoz", "Vel'koz the Unbound"), ("vel koz", "Vel'koz the Unbound"), ("unbuond", "Vel'koz the Unbound"),
    ("thunderbrok", "Thunderbrook Keep"), ("thunder brook", "Thunderbrook Keep"), ("tunderbrook", "Thunderbrook Keep"),
    ("odrin", "Marshal Odrin Pell"), ("odirn pell", "Marshal Odrin Pell"), ("marshall odrin", "Marshal Odrin Pell"),
    ("iron keep", "Ironkeep"), ("ironkep", "Ironkeep"), ("salt marsh", "Salt-Marsh"), ("saltmarsh", "Salt-Marsh"),
    ("oystein", "Øystein Bråthen"), ("brathen", "Øystein Bråthen"), ("ystein brathen", "Øystein Bråthen"),
    ("amaltea", "Queen Amalthea III"), ("queen amalthia", "Queen Amalthea III"), ("amalthea iii", "Queen Amalthea III"),
    ("khazad dum", "Khazad-dûm"), ("khazaddum", "Khazad-dûm"), ("kazad-dum", "Khazad-dûm"), ("kazhad", "Khazad-dûm"),
    ("anslem", "Brother Anselm of the Lantern"), ("anselm lantern", "Brother Anselm of the Lantern"),
    ("lantern brother", "Brother Anselm of the Lantern"), ("xanather", "Xanathar"), ("zanathar", "Xanathar"),
    ("wispering archive", "The Whispering Archive"), ("archive whispering", "The Whispering Archive"),
    ("whisprng", "The Whispering Archive"), ("lucja", "Łucja Żelazna"), ("zelazna", "Łucja Żelazna"),
    ("lucia zelazna", "Łucja Żelazna"), ("strad", "Strahd von Zarovich"), ("zarovitch", "Strahd von Zarovich"),
    ("von zarovich", "Strahd von Zarovich"), ("drownd cathedral", "Drowned Cathedral"),
    ("catherdal", "Drowned Cathedral"),
    ("rihannon", "Rhiannon ap Gwynedd"), ("rhianon", "Rhiannon ap Gwynedd"), ("gwyned", "Rhiannon ap Gwynedd"),
    ("tamsin orvell", "Tamsin Orvel"), ("tasmin orvel", "Tamsin Orvel"), ("orvel", "Tamsin Orvel"),
    ("hollow crown", "Crown of the Hollow King"), ("crown hollow kign", "Crown of the Hollow King"),
    ("lesser bells", "Festival of Lesser Bells"), ("festval bells", "Festival of Lesser Bells"),
    ("nyarlathotp", "Nyarlathotep"), ("nyarlothatep", "Nyarlathotep"), ("nyarl", "Nyarlathotep"),
    ("guilaume", "Ser Guillaume Montfort"), ("guillame monfort", "Ser Guillaume Montfort"), ("タワー", "東京タワー"),
)  # fmt: skip
FIRST = ("Ashen", "Salt", "Grey", "Iron", "Hollow", "Sunken", "Crimson", "Verdant", "Lantern", "Bitter", "Gilded")
SECOND = ("Concord", "House", "Quay", "Tower", "Warden", "Veil", "Court", "Marsh", "Citadel", "Throne", "Archive")
THIRD = ("Kari", "Moten", "Valdor", "Ismir", "Eltha", "Nyos", "Berlin", "Garvex", "Ulari", "Doren", "Tamsin", "Orvel")


def named(*texts: str) -> Book:
    return Book(Name(f"id{n}", "npc", text) for n, text in enumerate(texts))


def texts(book: Book, typed: str, **more: object) -> list[str]:
    return [found.name.text for found in book.search(typed, **more)]  # pyright: ignore[reportArgumentType]


def test_nine_of_ten_slips_find_their_name_among_the_first_five_of_ten_thousand() -> None:
    others = (f"{a} {b} of {c}{n}" for n in range(7) for a, b, c in itertools.product(FIRST, SECOND, THIRD))
    book = named(*WANTED, *others)
    assert len(book) > 10_000
    missed = [(typed, name) for typed, name in TYPED if name not in texts(book, typed, limit=5)]
    assert len(missed) <= len(TYPED) // 20, missed


def test_a_whole_name_comes_first_then_starts_then_parts_then_insides() -> None:
    book = named("Sash", "Old Ash Road", "Port Ash", "Ash", "Ashen Concord", "Road of Old Ashes")
    assert texts(book, "ash") == ["Ash", "Ashen Concord", "Port Ash", "Old Ash Road", "Road of Old Ashes", "Sash"]
    assert texts(book, "ash old") == ["Old Ash Road", "Road of Old Ashes"]


def test_names_that_fit_as_typed_keep_those_that_nearly_fit_away() -> None:
    book = named("Morten", "Moten", "Moten Hall", "Moten Quay")
    assert texts(book, "moten") == ["Moten", "Moten Hall", "Moten Quay"]
    assert texts(book, "morten") == ["Morten", "Moten", "Moten Hall", "Moten Quay"]


def test_nothing_typed_offers_the_newest() -> None:
    assert texts(named("One", "Two", "Three"), "  ", limit=2) == ["Three", "Two"]


def test_a_record_shows_once_by_its_best_name() -> None:
    book = Book([Name("1", "npc", "Mirel Thane"), Name("1", "npc", "Mirel", is_alias=True)])
    assert [(f.name.text, f.name.is_alias) for f in book.search("mirel")] == [("Mirel", True)]


@given(
    st.lists(st.tuples(st.integers(0, 5), st.text("abc é'-", max_size=8)), max_size=30), st.text("abcd é", max_size=6)
)
@settings(deadline=None)
def test_a_book_that_followed_each_change_is_the_book_made_at_the_end(
    changes: list[tuple[int, str]], typed: str
) -> None:
    followed, at_last = Book(), dict[str, list[Name]]()
    for record, text in changes:
        now = [Name(str(record), "npc", text)] if loose(text) else []
        followed.update({str(record): now})
        at_last[str(record)] = now
    made = Book(name for record in at_last.values() for name in record)
    if loose(typed):
        assert sorted(followed.search(typed)) == sorted(made.search(typed))
    assert len(followed) == len(made)


def test_a_book_with_many_forgotten_names_stays_whole() -> None:
    book = named(*(f"Person {n}" for n in range(3_000)))
    for n in range(2_500):
        book.update({f"id{n}": []})
    book.update({"id2999": [Name("id2999", "npc", "Somebody Else")]})
    assert len(book) == 500
    assert texts(book, "person 2998") == ["Person 2998"]
    assert texts(book, "somebdy") == ["Somebody Else"]
    assert texts(book, "person 2999", limit=1) != ["Person 2999"]


# ---- with a project --------------------------------------------------------------------------------------------------


def test_the_book_follows_making_renaming_deleting_and_undo(project: Project) -> None:
    book = names.book(project)
    entity = entities.create_entity(project, kind="npc", name="Mirel Thane")
    assert texts(names.book(project), "thane mirel") == ["Mirel Thane"]
    entities.rename_entity(project, entity.id, "Sorn Vael")
    assert names.book(project) is book
    assert texts(book, "sorn") == ["Sorn Vael"]
    assert texts(book, "mirel") == ["Mirel Thane"]
    trash.delete(project, [entity.id])
    assert texts(names.book(project), "sorn") == []
    history.undo(project)
    assert texts(names.book(project), "sorn") == ["Sorn Vael"]


def test_notes_are_named_by_their_title(project: Project) -> None:
    entries.create_entry(project, title="Session one")
    found = names.book(project).search("sesion")
    assert [(f.name.text, f.name.kind) for f in found] == [("Session one", "entry")]
    assert names.book(project).find("Session one") is None


def test_a_lens_hides_entities_and_secret_names(project: Project) -> None:
    aliases = (Alias(name="Cinder Hand", kind="secret"), Alias(name="Ashes", visibility="party"), Alias(name="The Ash"))
    entities.create_entity(project, kind="faction", name="Ashen Concord", aliases=aliases, visibility="public")
    mirel = entities.create_entity(project, kind="npc", name="Mirel").id
    entities.create_entity(project, kind="npc", name="Ashley", visibility=f"player:{mirel}")
    book = names.book(project)
    seen = {}
    for who in ("gm", "party", "public", f"player:{mirel}"):
        lens = Lens(audience=who)
        seen[who] = {name for typed in ("ashley", "ashes") for name in texts(book, typed, lens=lens)}
    assert {"Ashley", "Ashes"} <= seen["gm"] & seen[f"player:{mirel}"]
    assert "Ashley" not in seen["party"] | seen["public"]
    assert "Ashes" in seen["party"] - seen["public"]
    for typed in ("cinder", "cindr hand", "cinderhand", "inder"):
        assert texts(book, typed, lens=Lens(audience="party")) == []
    assert book.find("Cinder Hand", lens=Lens(audience="public")) is None
    assert texts(book, "cindr hand") == ["Cinder Hand"]


def test_a_name_that_was_not_in_use_on_the_day_does_not_match(project: Project) -> None:
    aliases = (
        Alias(name="The Young Wolf", kind="nick", valid_to={"text": "300"}),
        Alias(name="King of Ash", kind="title", valid_from={"text": "310"}),
    )
    entities.create_entity(project, kind="npc", name="Sorn Vael", aliases=aliases)
    book, day = names.book(project), lambda words: resolve({"text": words}, project.calendars).lo
    assert texts(book, "wolf") == ["The Young Wolf"]
    assert texts(book, "wolf", lens=Lens(as_of=day("299"))) == ["The Young Wolf"]
    assert texts(book, "wolf", lens=Lens(as_of=day("305"))) == []
    assert texts(book, "king ash", lens=Lens(as_of=day("305"))) == []
    assert texts(book, "king ash", lens=Lens(as_of=day("311"))) == ["King of Ash"]
    assert texts(book, "sorn", lens=Lens(as_of=day("305"))) == ["Sorn Vael"]
