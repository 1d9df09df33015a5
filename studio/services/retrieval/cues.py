"""Which words of a question speak of which relation, and of which of its ends: `daughter` is a parent's `to` end."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from studio.domain.vocabulary import RELATIONS
from studio.services.retrieval.words import STOP, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

End = Literal["from", "to", ""]


class Cue(NamedTuple):
    """A relation that a word speaks of. The word describes whoever stands at this `end`; empty for either."""

    type: str
    end: End


_WORDS: dict[str, tuple[str, str, str]] = {
    "parent_of": ("father mother parent dad mum sire", "son daughter child children heir offspring", "family born"),
    "ancestor_of": ("ancestor forefather", "descendant heir", "line lineage"),
    "sibling_of": ("", "", "brother sister sibling twin"),
    "spouse_of": ("", "", "husband wife spouse married marry widow widower consort bride groom wedded partner"),
    "betrothed_to": ("", "", "betrothed engaged fiance fiancee"),
    "of_species": ("", "species race", ""),
    "ally_of": ("", "", "ally allied alliance friend"),
    "rival_of": ("", "", "rival competitor compete"),
    "enemy_of": ("", "", "enemy foe nemesis hate oppose against"),
    "mentor_of": ("mentor teacher tutor master trainer taught trained", "student pupil apprentice protege", "teach"),
    "serves": ("servant agent henchman minion retainer aide assistant follower", "lord master", "serve served work"),
    "loves": ("lover admirer", "beloved", "love loved romance"),
    "fears": ("", "", "fear afraid"),
    "owes": ("debtor", "creditor lender", "owe debt"),
    "sworn_to": ("vassal", "liege lord", "sworn oath swore loyal"),
    "worships": ("worshipper follower", "god goddess deity", "worship pray"),
    "speaks": ("speaker", "language tongue", "speak"),
    "member_of": (
        "member crew agent officer soldier recruit",
        "organisation organization group guild faction company order club gang",
        "belong join joined sit part membership",
    ),
    "leads": (
        "leader head captain chief commander boss chair director president master head general admiral mayor",
        "",
        "lead leads led run runs command heads chaired direct manage charge",
    ),
    "founded": ("founder", "", "found founded establish established start started"),
    "employs": (
        "employer boss",
        "employee worker secretary clerk servant staff hireling",
        "employ hire hired work worked pay paid",
    ),
    "vassal_of": ("vassal", "overlord", "fealty"),
    "at_war_with": ("", "", "war fight fighting"),
    "trades_with": ("", "", "trade trading deal dealing sell buy supply customer"),
    "located_in": ("", "", "where located stand stands lie lies situated inside within place found town city"),
    "lives_in": ("resident inhabitant", "home house", "live lives dwell reside held kept imprisoned stay where lodge"),
    "works_at": ("worker", "workplace", "work works worked job"),
    "born_in": ("native", "birthplace", "born birth"),
    "died_in": ("", "", "die died dead death killed perish"),
    "rules": ("ruler king queen lord governor monarch prince emperor duke baron", "realm", "rule rules reign govern"),
    "guards": ("guard guardian keeper warden sentinel", "", "guard protect watch defend"),
    "borders": ("", "", "border neighbour neighbor adjoin next"),
    "owns": ("owner proprietor landlord", "property possession ship belonging", "own owned belong possess has"),
    "created": (
        "creator maker author inventor builder designer architect smith artist founder writer painter",
        "work",
        "create made make built build design wrote write forge invent draw drew plan plans paint compose",
    ),
    "wields": ("wielder bearer", "weapon", "wield carry bear use"),
    "seeks": ("seeker hunter", "", "seek sought hunt search look want chase pursue"),
    "hidden_in": ("", "hiding", "hidden hide hid conceal bury buried kept store hold holds stash where"),
    "participated_in": ("participant", "", "took take part fight fought join involved attend present"),
    "appeared_in": ("", "session", "appear meet met"),
    "attended": ("", "session", "attend play"),
    "happened_at": ("", "site", "took place held"),
    "caused_by": ("consequence result outcome effect", "cause reason", "cause caused result led trigger because"),
    "precedes": ("", "", "before after precede follow earlier later next previous"),
    "gives": ("giver patron client", "quest mission job", "give gave hire ask"),
    "same_as": ("", "", "same alias identity really also"),
    "supersedes": ("successor", "predecessor", "replace replaced supersede succeed renamed"),
    "based_on": ("", "", "based inspired"),
}
"""By relation type: what its `from` end is called, what its `to` end, and words for it that fit either."""
_ELSEWHERE: dict[str, tuple[str, str, str]] = {
    "parent_of": (
        "vater mutter eltern pere mere parent padre madre pai mae",
        "sohn tochter kind kinder fils fille enfant hijo hija hijos filho filha filhos",
        "",
    ),
    "sibling_of": ("", "", "bruder schwester frere soeur hermano hermana irmao irma"),
    "spouse_of": (
        "",
        "",
        "ehemann ehefrau gatte gattin verheiratet mari epouse marie esposo esposa casado casada marido",
    ),
    "mentor_of": ("lehrer meister mentor maitre maestro mestre", "schuler lehrling eleve apprenti alumno aprendiz", ""),
    "serves": ("diener serviteur sirviente servo", "herr seigneur senor senhor", "dient sert sirve serve"),
    "ally_of": ("", "", "verbundet verbundeter allie aliado aliada"),
    "rival_of": ("", "", "rivale rivalin rival"),
    "enemy_of": ("", "", "feind feindin ennemi ennemie enemigo enemiga inimigo inimiga"),
    "member_of": ("mitglied mitglieder membre membres miembro miembros membro membros", "gilde bund guilde gremio", ""),
    "leads": (
        "anfuhrer anfuhrerin leiter leiterin chef cheffe dirigeant jefe jefa lider chefe hauptmann",
        "",
        "leitet fuhrt befehligt dirige mene commande lidera comanda",
    ),
    "founded": ("grunder grunderin fondateur fondatrice fundador fundadora", "", "grundete fonda fondee fundo fundou"),
    "employs": (
        "arbeitgeber employeur patron",
        "angestellter employe empleado empregado",
        "beschaftigt emploie emplea",
    ),
    "located_in": ("", "", "liegt befindet stadt ort trouve situe ville encuentra ciudad fica cidade"),
    "lives_in": ("bewohner habitant habitante morador", "", "wohnt lebt habite vit vive mora"),
    "works_at": ("", "", "arbeitet arbeiten travaille trabaja trabalha"),
    "born_in": ("", "geburtsort", "geboren nee nacio nacido nasceu"),
    "died_in": ("", "", "starb gestorben mort morte murio morreu"),
    "rules": ("herrscher konig konigin roi reine rey reina rei rainha gobernante", "", "herrscht regiert regne reina"),
    "guards": ("wachter gardien guardian guardia guarda", "", "bewacht garde protege vigila guarda"),
    "owns": (
        "besitzer besitzerin eigentumer proprietaire dueno duena dono dona",
        "",
        "besitzt gehort possede posee possui",
    ),
    "created": (
        "schopfer erbauer createur creador criador autor",
        "",
        "schuf baute crea construit creo construyo criou",
    ),
    "hidden_in": ("", "", "versteckt verborgen cache cachee escondido escondida oculto"),
    "caused_by": ("", "ursache cause causa", "verursachte provoqua causo causou"),
    "happened_at": ("", "", "geschah passierte stattfand arriva ocurrio aconteceu"),
    "participated_in": ("", "", "nahm teil kampfte participa participe participo participou lucho"),
}
"""The same for the other languages of the shipped lexicon, folded; what means something else in English is left out."""
_TWO_STEPS: dict[str, tuple[Cue, ...]] = {
    **dict.fromkeys(("grandfather", "grandmother", "grandparent"), (Cue("parent_of", "from"),)),
    **dict.fromkeys(("grandson", "granddaughter", "grandchild", "grandchildren"), (Cue("parent_of", "to"),)),
    **dict.fromkeys(("uncle", "aunt"), (Cue("parent_of", "from"), Cue("sibling_of", ""))),
    **dict.fromkeys(("nephew", "niece"), (Cue("sibling_of", ""), Cue("parent_of", "to"))),
}  # fmt: skip
"""Words for somebody two steps away."""


@cache
def cues() -> dict[str, frozenset[Cue]]:
    """Stem → the relations that it speaks of."""
    found: dict[str, set[Cue]] = {}

    def learn(words: Iterable[str], type_: str, end: End) -> None:
        for word in words:
            if word not in STOP or word in ("where", "has"):
                found.setdefault(stem(word), set()).add(Cue(type_, end))

    for name, spec in RELATIONS.items():
        learn(spec.name.split("_"), name, "")
        learn(spec.inverse.split("_"), name, "")
    for name, (of_from, of_to, either) in (*_WORDS.items(), *_ELSEWHERE.items()):
        learn(of_from.split(), name, "from")
        learn(of_to.split(), name, "to")
        learn(either.split(), name, "")
    for word, steps in _TWO_STEPS.items():
        found.setdefault(stem(word), set()).update(steps)
    return {word: frozenset(which) for word, which in found.items()}


@cache
def twofold() -> frozenset[str]:
    """The stems of words that take two relations at once, as `grandfather` does."""
    return frozenset(stem(word) for word in _TWO_STEPS)
