"""Files made to do harm, one maker each: `MAKERS[name](folder, port)` gives the path of what is to be imported.

`port` is where a server of the test listens: nothing may ever ask it for anything. `CANARY` stands in a file beside the
one that is imported: it may never be found in a project.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from tests.support.images import png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CANARY = "CANARY-7f3a"
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def vault(folder: Path, notes: dict[str, str]) -> Path:
    """An Obsidian vault of these notes."""
    root = folder / "Vault"
    (root / ".obsidian").mkdir(parents=True)
    for name, text in notes.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def _json(folder: Path, name: str, value: Any) -> Path:
    return _text(folder, name, json.dumps(value))


def _text(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def _bytes(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _card(**fields: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"name": "Wren", "description": "x", "personality": "", "scenario": "", "first_mes": ""}
    return {"spec": "chara_card_v2", "spec_version": "2.0", "data": data | {"mes_example": "", **fields}}


def _journal(html: str, **more: Any) -> dict[str, Any]:
    page = {"_id": "p000000000000001", "name": "P", "type": "text", "text": {"format": 1, "content": html}}
    return {"_id": "j000000000000001", "name": "J", "pages": [page], "_key": "!journal!j000000000000001", **more}


def tracking(port: int) -> str:
    """HTML that would ask a server, or open a file, wherever something in it is loaded."""
    at = f"http://127.0.0.1:{port}"
    return (
        f'<p onclick="fetch(`{at}/a`)">text</p><img src="{at}/b.png"><link rel="stylesheet" href="{at}/c.css">'
        f'<style>@import url({at}/d.css); p {{background: url({at}/e.png)}}</style><iframe src="{at}/f"></iframe>'
        f'<script src="{at}/g.js"></script><object data="{at}/h"></object><video poster="{at}/i.png"></video>'
        f'<svg><image href="{at}/j.png"/></svg><img src="file:///etc/passwd"><a href="javascript:alert(1)">link</a>'
        f'<meta http-equiv="refresh" content="0;url={at}/k"><div style="background:url({at}/l.png)">end</div>'
    )


def _nested(folder: Path, port: int) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", b"0" * (32 << 20))
    return zipped(folder / "nested.zip", {"info.json": b"{}", "deeper.zip": inner.getvalue()})


def _many(folder: Path, port: int) -> Path:
    return zipped(folder / "many.zip", {f"{n}.md": b"" for n in range(60_000)})


def _escaping_vault(folder: Path, port: int) -> Path:
    root = vault(folder, {"A.md": "![[../outside.md]] [[../../outside]] ![x](../outside.md) ![y](file:///etc/passwd)"})
    (root / "linked.md").symlink_to(folder / "outside.md")
    (root / "linked").symlink_to(folder, target_is_directory=True)
    return root


def _yaml_vault(folder: Path, port: int) -> Path:
    merge = "a: &a {k: v}\n" + "".join(f"b{n}: &b{n} {{<<: [*a, *a, *a]}}\n" for n in range(40))
    alias = "x: &x [1]\n" + "".join(f"y{n}: &y{n} [*x, *x]\n" for n in range(40))
    return vault(folder, {
        "merge.md": f"---\n{merge}---\nBody", "alias.md": f"---\n{alias}---\nBody",
        "self.md": "---\na: &a [*a]\n---\nBody", "tag.md": "---\nx: !!python/object/apply:os.system ['id']\n---\nBody",
        "odd.md": "---\ndate: 2025-02-30\nn: .nan\ni: .inf\nd: 9999-99-99\n---\nBody",
    })  # fmt: skip


def _running_vault(folder: Path, port: int) -> Path:
    """What other programs would run, load or expand for as long as they live."""
    return vault(folder, {
        "run.md": "<% tp.system.prompt() %> `= 1e9` ```dataviewjs\nfetch('x')\n```\n[[/r 1e9d1e9]] [[/r 1d6x]]\n"
        "{{#each x}}{{/each}}\n" + tracking(port),
        "A.md": "![[B]]", "B.md": "![[A]]", "C.md": "![[C]] [[C]]", "parent.md": '---\nparent: "[[parent]]"\n---\n',
        "links.md": "[[" * 8_000, "stars.md": "*" * 8_000, "quotes.md": ">" * 5_000 + " x",
        "ticks.md": "`" * 9_999 + "\n" + "![](" * 5_000, "tags.md": "#" + "a/" * 5_000, "props.md": "a:: " * 5_000,
        "heading.md": "# a" + " " * 20_000 + "b", "labels.md": "[[a|" * 4_000, "images.md": "![[" * 4_000,
        "field.md": f'---\nhome: "[[a]]{" " * 20_000}x"\n---\n', "details.md": "<details>" * 10_000,
        "bullets.md": "\n " * 10_000 + "x",
    })  # fmt: skip


def _regex_book(folder: Path, port: int) -> Path:
    entry = {"key": ["/(a+)+$/", "/(.*)*x/"], "content": "a" * 5_000 + "!", "comment": "slow", "uid": 1}
    return _json(folder, "regex.json", {"entries": {"1": entry}})


def _card_png(folder: Path, port: int) -> Path:
    """Dimensions that no screen has, a wrong check sum, and chunks after the end."""
    text = b"chara\0" + base64.urlsafe_b64encode(json.dumps(_card(description=tracking(port))).encode()).rstrip(b"=")
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    wrong = struct.pack(">I", 3) + b"tEXt" + b"a\0b" + b"\0\0\0\0"
    rest = _chunk(b"tEXt", text) + _chunk(b"IDAT", zlib.compress(b"\0" * 99)) + _chunk(b"IEND", b"")
    return _bytes(folder, "card.png", SIGNATURE + head + wrong + rest + _chunk(b"tEXt", b"late\0x") + b"\xff" * 99)


def _folders(folder: Path, port: int) -> Path:
    """Folders in a circle, one in itself, and a journal in one that isn't there."""
    root = folder / "sources"
    root.mkdir()
    for name, parent in (("a", "b"), ("b", "a"), ("c", "c")):
        one = {"_id": f"f00000000000000{name}", "name": name, "type": "JournalEntry"}
        one |= {"folder": f"f00000000000000{parent}", "_key": f"!folders!{one['_id']}"}
        _json(root, f"_{name}.json", one)
    _json(root, "j.json", _journal(tracking(port), folder="f00000000000000a"))
    _json(root, "adv.json", {"_id": "a000000000000001", "name": "Adv", "journal": ["../outside.md", "/etc/passwd"],
                             "_key": "!adventures!a000000000000001"})  # fmt: skip
    return root


def _leveldb(folder: Path, port: int) -> Path:
    """A pack whose log says that a record is longer than the file, and whose block unpacks to two gigabytes."""
    pack = folder / "packs" / "journal"
    pack.mkdir(parents=True)
    (pack / "CURRENT").write_text("MANIFEST-000002\n")
    (pack / "MANIFEST-000002").write_bytes(b"\xff" * 7 + b"\x01" + b"\xff" * 64)
    (pack / "000003.log").write_bytes(struct.pack("<IHB", 0, 0xFFFF, 1) + b"\xff" * 30)
    block = b"\xff\xff\xff\xff\x07" + b"\xfe\xff\xff" * 20 + b"\x01" + b"\0" * 4
    foot = b"\0" * 40 + b"\x57\xfb\x80\x8b\x24\x75\x47\xdb"
    (pack / "000005.ldb").write_bytes(block + foot)
    _json(folder, "module.json", {"id": "bad", "title": "Bad", "packs": [
        {"name": "journal", "path": "packs/journal", "type": "JournalEntry"},
        {"name": "out", "path": "../../outside.md", "type": "JournalEntry"}]})  # fmt: skip
    return folder


def _document(folder: Path, port: int) -> Path:
    deep = "<div>" * 50_000 + "x" + "<b>" * 2_000 + "<p>" * 2_000
    return _text(folder, "page.html", f"<html><body>{tracking(port)}{deep}</body></html>")


def _prompts(folder: Path, port: int) -> Path:
    return _text(folder, "promptfoo.yaml", (
        "prompts:\n  - file://outside.md\n  - exec:cat /etc/passwd\n  - 'Be {{x}} {{#each y}}{{/each}}'\n"
        "  - python:outside.py\ntests:\n  - assert: [{type: python, value: \"open('made','w')\"}]\n"
    ))  # fmt: skip


def _long(folder: Path, port: int) -> Path:
    """Forty million lists in a file of 120 megabytes: read as it is, it would take three gigabytes."""
    return _text(folder, "lists.json", '{"entries":[' + ",".join(["[]"] * 40_000_000) + "]}")


def _text_of_emoji(folder: Path, port: int) -> Path:
    """One character of four bytes makes a text take four bytes for each of its characters."""
    text = json.dumps("\U0001f600" + "a" * 100_000_000, ensure_ascii=False)
    return _text(folder, "emoji.json", '{"entries":{"0":{"key":["a"],"content":' + text + "}}}")


MAKERS: dict[str, Callable[[Path, int], Path]] = {
    "zip in a zip": _nested,
    "60,000 files": _many,
    "links out of a vault": _escaping_vault,
    "YAML bombs": _yaml_vault,
    "what other programs run": _running_vault,
    "slow expressions": _regex_book,
    "card of 60,000 by 60,000": _card_png,
    "folders in a circle": _folders,
    "LevelDB that lies": _leveldb,
    "page that tracks": _document,
    "prompts that are programs": _prompts,
    "unpacks to more": lambda folder, _: _bytes(folder, "x.map", gzip.compress(b"0" * (64 << 20))),
    "UTF-16 cut off": lambda folder, _: _bytes(folder, "x.json", '{"entries": {'.encode("utf-16")[:-1]),
    "not a number": lambda folder, _: _text(folder, "x.json", '{"type":"FeatureCollection","features":[NaN]}'),
    "one entry a million times": lambda folder, _: _text(
        folder, "x.json", '{"entries":[' + ",".join(['{"keys":["a"],"content":"b"}'] * 300_000) + "]}"
    ),
    "bundle of nothing": lambda folder, _: zipped(
        folder / "x.ttrpgpack", {"manifest.json": b'{"format": "ttrpgpack", "format_version": 99}'}
    ),
    "charx that leaves": lambda folder, _: zipped(
        folder / "x.charx", {"card.json": json.dumps(_card()).encode(), "assets/../../up.png": png()}
    ),
    "Foundry pages that track": lambda folder, port: _json(folder, "j.json", _journal(tracking(port))),
    "lists in lists": lambda folder, _: _text(folder, "x.json", "[" * 100_000 + "]" * 100_000),
}  # fmt: skip
SLOW: dict[str, Callable[[Path, int], Path]] = {"40 million lists": _long, "a text of emoji": _text_of_emoji}
"""Large enough that making them takes a while."""
