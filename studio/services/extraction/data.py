"""Structured data in the answer (fenced JSON or YAML, front matter): entities, blueprint, relations, seeds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.domain.vocabulary import CORE_KINDS, KINDS, RELATIONS
from studio.services.extraction.draft import Draft, Ent, Val, tidy
from studio.services.extraction.labels import normal, scopes_of
from studio.services.extraction.names import key_of, looks_named

if TYPE_CHECKING:
    from studio.services.extraction.lexicon import Lexicon
    from studio.services.extraction.nodes import Node

_NAME_KEYS = ("name", "title", "nombre", "nom", "nome", "id", "label")
_PLAN_KEYS = frozenset(
    [
        "campaign",
        "blueprint",
        "project",
        "pitch",
        "game",
        "kampagne",
        "campana",
        "campaña",
        "campagne",
        "campanha",
        "adventure",
        "meta",
        "setting",
        "overview",
        "premise",
        "one_shot",
        "oneshot",
        "session_zero",
        "table",
        "safety",
    ]
)
_SEED = re.compile(r"prompt|_art$|^art$|^image|illustration|^bild|^imagen|picture|cover_?art|key_?art", re.IGNORECASE)
_RELATION_KEYS = frozenset(
    [
        "relations",
        "relationships",
        "links",
        "edges",
        "ties",
        "beziehungen",
        "relaciones",
        "liens",
        "relacoes",
        "connections",
    ]
)


@dataclass
class DataReader:
    """Reads one tree into the draft. Later prose knows the names that were found here."""

    draft: Draft
    lex: Lexicon

    def read(self, node: Node, *, kind: str = "", owner: Ent | None = None, key: str = "", depth: int = 0) -> None:
        """Any node: descend by what its key announces."""
        if depth > 30:
            return
        if node.is_map:
            self._map(node, kind, owner, key, depth)
        for item in node.items:
            if item.text is not None:
                self._scalar_item(item, kind, owner)
            else:
                self.read(item, kind=kind, owner=owner, key=key, depth=depth + 1)

    def _scalar_item(self, item: Node, kind: str, owner: Ent | None) -> None:
        if kind and item.text and looks_named(item.text):
            ent = self.draft.entity(item.text, item.span, kind=kind, weight=2.0, why="data")
            if ent and owner and ent.parent is None and ent is not owner:
                ent.parent = owner

    def _map(self, node: Node, kind: str, owner: Ent | None, key: str, depth: int) -> None:
        if self._relation(node):
            return
        if self._is_seed(node, key):
            self._seed(node, key)
            return
        name = node.get(*_NAME_KEYS)
        stated = node.get("kind", "type")
        if not kind and stated is not None and fold(stated.text or "").replace(" ", "_") in CORE_KINDS:
            kind = fold(stated.text or "").replace(" ", "_")
        if name is not None and name.text and kind:
            owner = self._entity(node, name, kind, owner)
        elif not kind and key and name is None and owner is None and self._kind_of(key) and self._named_keys(node):
            kind = self._kind_of(key)
        for k, v in node.pairs:
            self._pair(k, v, kind, owner, depth, in_entity=name is not None and bool(kind), key=key)

    def _is_seed(self, node: Node, key: str) -> bool:
        names = {scopes_of(_words(k), self.lex).get("seed", "") for k, _ in node.pairs} - {""}
        sure = names & {"subject", "lighting", "palette", "composition", "negative"}
        return len(names) >= 2 and (bool(_SEED.search(key)) or (len(sure) >= 2 and "subject" in sure))

    def _named_keys(self, node: Node) -> bool:
        return bool(node.pairs) and all(v.is_map for _, v in node.pairs)

    def _entity(self, node: Node, name: Node, kind: str, owner: Ent | None) -> Ent | None:
        ent = self.draft.entity(name.text or "", name.span, kind=kind, weight=3.0, why="data")
        if ent is not None:
            ent.structural = True
            if owner is not None and ent is not owner and ent.parent is None:
                ent.parent = owner
        return ent

    def _pair(self, k: Node, v: Node, kind: str, owner: Ent | None, depth: int, *, in_entity: bool, key: str) -> None:
        word = _words(k)
        if in_entity and owner is not None and self._field(owner, word, k, v):
            return
        child = self._kind_of(word)
        if fold(word) in _RELATION_KEYS:
            self.read(v, depth=depth + 1)
        elif not in_entity and v.is_map and kind and not child and looks_named(word.title()) and key:
            ent = self.draft.entity(k.text or "", k.span, kind=kind, weight=2.6, why="data")
            self._children(ent, v, kind, depth)
        elif child and v.text is None:
            self.read(v, kind=child, owner=owner, key=word, depth=depth + 1)
        elif not in_entity and self._plan(word, k, v, key):
            return
        elif v.text is None:
            self.read(
                v,
                kind="" if fold(word) in _PLAN_KEYS else kind if in_entity else "",
                owner=owner,
                key=word,
                depth=depth + 1,
            )

    def _children(self, ent: Ent | None, node: Node, kind: str, depth: int) -> None:
        for k, v in node.pairs:
            if ent is not None:
                self._pair(k, v, kind, ent, depth + 1, in_entity=True, key="")

    def _kind_of(self, word: str) -> str:
        key = normal(word)
        for form in (
            key,
            key.removesuffix("s"),
            key.removesuffix("es"),
            key.removesuffix("ies") + "y",
            key.removesuffix("n"),
            key.removesuffix("en"),
        ):
            if form in self.lex.sections:
                return self.lex.sections[form]
        return key if key in CORE_KINDS else ""

    def _field(self, owner: Ent, word: str, k: Node, v: Node) -> bool:
        if normal(word) in {"name", "aliases", "alias", "nombre", "nom", "nome", "aka", "also known as", "alias names"}:
            if normal(word) not in {"name", "nombre", "nom", "nome"}:
                for n in v.scalars():
                    owner.alias(n.text or "")
            return True
        plain = word.replace(" ", "_").lower()
        spec = KINDS.get(owner.kind)
        name = plain if spec and spec.field(plain) else scopes_of(word, self.lex).get(owner.kind, "")
        if plain in RELATIONS:
            name = "@" + plain
        if not name or not v.scalars() or any(i.text is None for i in v.items):
            return False
        for n in v.scalars():
            if n.text:
                self.draft.add(
                    owner, name, n.text, n.span if n.span[1] > n.span[0] else k.span, "data:" + name, struct=True
                )
        return True

    def _relation(self, node: Node) -> bool:
        a, t, b = (
            node.get("from", "source", "subject", "von", "de"),
            node.get("type", "relation", "rel", "kind"),
            node.get("to", "target", "object", "zu", "a", "para", "vers"),
        )
        if a is None or b is None or t is None or not (a.text and b.text and t.text):
            return False
        name = fold(t.text).replace(" ", "_").replace("-", "_")
        if name in RELATIONS:
            ends = [
                self.draft.ents.get(key_of(x.text or ""))
                or self._by_alias(x.text or "")
                or self.draft.entity(x.text or "", x.span, why="data")
                for x in (a, b)
            ]
            self.draft.relate(name, ends[0], ends[1], node.span, "data")
        return True

    def _by_alias(self, name: str) -> Ent | None:
        return next((e for e in self.draft.ents.values() if key_of(name) in e.aliases), None)

    def _plan(self, word: str, k: Node, v: Node, key: str) -> bool:
        scopes = scopes_of(word, self.lex)
        name = scopes.get("blueprint", "")
        if name == "title" and fold(key) not in _PLAN_KEYS and normal(word) != "title":
            return False
        if not name or not v.scalars():
            return False
        for n in v.scalars():
            if n.text:
                self.draft.plan(name, n.text, n.span, "data:plan")
        return True

    def _seed(self, node: Node, key: str) -> None:
        seed: dict[str, list[Val]] = {}
        for k, v in node.pairs:
            name = scopes_of(_words(k), self.lex).get("seed", "")
            for n in v.scalars():
                if name and n.text and tidy(n.text):
                    seed.setdefault(name, []).append(Val(tidy(n.text), n.span, "data:seed"))
        if seed:
            use = re.sub(r"[_\s]*(?:prompts?|images?|seed)\b", "", key, flags=re.IGNORECASE).strip(" _")
            if use:
                seed["_use"] = [Val(use, node.span, "data:seed")]
            self.draft.seeds.append(seed)


def _words(node: Node) -> str:
    return (node.text or "").replace("_", " ").strip()
