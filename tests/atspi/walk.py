#!/usr/bin/python3
"""What a screen reader reads, for the tests: JSON questions come in, a line each, answers go out.

Runs on the system's Python (gi, Atspi). `{"do": "walk"}` gives every node that shows, `{"do": "press", "name": …}`
presses a button or a tab, `{"do": "pester"}` asks every node for children that it hasn't got and gives their number.
What is asked of all nodes of one depth is on its way at once: one question after the other takes ten times as long.
"""

import json
import sys
import time
from contextlib import suppress

import gi  # pyright: ignore[reportMissingImports]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402  # pyright: ignore[reportMissingImports]

DEPTH, WIDTH = 30, 80
PRESSED = {"push button", "page tab"}
WITH_TEXT = {"text", "label"}
ROOT = "/org/a11y/atspi/accessible/root"
DESKTOP = ("org.a11y.atspi.Registry", ROOT)
STATES = ("focusable", "focused", "enabled", "showing", "visible")


class Bus:
    """The accessibility bus. A node is a pair: who owns it, and its path there."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        where = ("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1, None)
        (address,) = session.call_sync(*where).unpack()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self._connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def ask(self, nodes, method, given=None, interface="Accessible"):
        """What each node answers, all asked at once, with what is given (a list: one for each).

        None for a node that has gone, and for one that has no such answer.
        """
        answers, loop = [None] * len(nodes), GLib.MainLoop()
        missing = len(nodes)

        def answered(connection, result, index):
            nonlocal missing
            with suppress(GLib.Error):
                (answers[index],) = connection.call_finish(result).unpack()
            missing -= 1
            if not missing:
                loop.quit()

        where = interface if "." in interface else f"org.a11y.atspi.{interface}"
        each = given if isinstance(given, list) else [given] * len(nodes)
        for index, ((owner, path), one) in enumerate(zip(nodes, each, strict=True)):
            self._connection.call(owner, path, where, method, one, None, 0, -1, None, answered, index)
        if nodes:
            loop.run()
        return answers

    def get(self, nodes, name, interface="Accessible"):
        """A property of each node."""
        wanted = GLib.Variant("(ss)", (f"org.a11y.atspi.{interface}", name))
        return self.ask(nodes, "Get", wanted, "org.freedesktop.DBus.Properties")


def find_app(bus, name, seconds=20.0):
    """The application on the accessibility bus."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        (apps,) = bus.ask([DESKTOP], "GetChildren")
        for app, called in zip(apps, bus.get(apps, "Name"), strict=True):
            if name.lower() in (called or "").lower():
                return app
        time.sleep(0.05)
    raise LookupError(f"no application called {name!r} is on the accessibility bus")


def walk(bus, app):
    """Every node that shows, but nothing of what is hidden: Qt says of a hidden list's rows that they show."""
    found, level = [], [{"at": app, "order": [], "path": ""}]
    for _ in range(DEPTH):
        level = describe(bus, level)
        found += level
        level = inside(bus, level)
    return sorted(found, key=lambda node: node["order"])


def describe(bus, level):
    """Those of one depth that show, with all that is asked of them. Only the application itself has no states."""
    for node, state in zip(level, bus.ask(at(level), "GetState"), strict=True):
        bits = state[0] if state else 0
        node.update({word: bool(bits >> int(getattr(Atspi.StateType, word.upper())) & 1) for word in STATES})
    shown = [node for node in level if (node["showing"] and node["visible"]) or not node["order"]]
    roles, names = bus.ask(at(shown), "GetRole"), bus.get(at(shown), "Name")
    for node, role, name in zip(shown, roles, names, strict=True):
        node.update(role=Atspi.role_get_name(Atspi.Role(role or 0)), name=name, label="", text="", box=None)
    shown = [node for node in shown if node["name"] is not None]  # the others went while they were asked
    add_labels(bus, shown)
    with_text = [node for node in shown if node["role"] in WITH_TEXT]
    texts = bus.ask(at(with_text), "GetText", GLib.Variant("(ii)", (0, -1)), "Text")
    for node, text in zip(with_text, texts, strict=True):
        node["text"] = text or ""
    return shown


def add_labels(bus, level):
    """The names that other nodes give, as a combo box gets it from its label, and the places on the screen."""
    controls = [node for node in level if node["focusable"]]
    boxes = bus.ask(at(controls), "GetExtents", GLib.Variant("(u)", (0,)), "Component")
    relations = bus.ask(at(controls), "GetRelationSet")
    labelled = []
    for node, box, related in zip(controls, boxes, relations, strict=True):
        node["box"] = box
        labels = [label for kind, by in related or [] for label in by if kind == Atspi.RelationType.LABELLED_BY]
        labelled += [(node, label) for label in labels[:1]]
    names = bus.get([label for _, label in labelled], "Name")
    for (node, _), name in zip(labelled, names, strict=True):
        node["label"] = name or ""
        node["name"] = node["name"] or node["label"]


def inside(bus, level):
    """The children of one depth, the first of each parent's."""
    below = []
    for node, children in zip(level, bus.ask(at(level), "GetChildren"), strict=True):
        path = f"{node['path']}/{node['role']}:{node['name'][:30]}"
        for index, child in enumerate((children or [])[:WIDTH]):
            below.append({"at": child, "order": [*node["order"], index], "path": path})
    return below


def at(level):
    return [node["at"] for node in level]


def press(bus, app, name):
    """Press the first button or tab whose name is or starts with this, through the Action interface."""
    buttons = [node["at"] for node in walk(bus, app) if node["role"] in PRESSED and node["name"].startswith(name)]
    if not buttons:
        raise LookupError(f"no button called {name!r} shows")
    (actions,) = bus.ask(buttons[:1], "GetActions", None, "Action")
    names = [action[0] for action in actions]
    index = names.index("Press") if "Press" in names else 0
    return bus.ask(buttons[:1], "DoAction", GLib.Variant("(i)", (index,)), "Action") == [True]


def pester(bus, app):
    """Ask everything that there is for children behind its last: what a reader does when some have just gone."""
    asked, level = 0, [app]
    for _ in range(DEPTH):
        counts = bus.get(level, "ChildCount")
        for more in (0, 1, 50):
            behind = [GLib.Variant("(i)", ((count or 0) + more,)) for count in counts]
            bus.ask(level, "GetChildAtIndex", behind)
        asked += len(level)
        level = [child for children in bus.ask(level, "GetChildren") for child in (children or [])[:WIDTH]]
    return asked


def answer(bus, question):
    """The answer to one question."""
    if question["do"] == "begin":
        return bus.get([DESKTOP], "ChildCount")[0]
    app = find_app(bus, "TTRPG")
    if question["do"] == "press":
        return press(bus, app, question["name"])
    if question["do"] == "pester":
        return pester(bus, app)
    return walk(bus, app)


def main():
    """Answer until nobody asks any more."""
    bus = Bus()
    for line in sys.stdin:
        try:
            reply = {"answer": answer(bus, json.loads(line))}
        except Exception as error:  # noqa: BLE001 -- the test says what it means
            reply = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
