#!/usr/bin/python3
"""What a screen reader reads, for the tests: JSON questions come in, a line each, answers go out.

Runs on the system's Python (pyatspi). `{"do": "walk"}` gives every node, `{"do": "press", "name": …}` presses a button
or a tab, `{"do": "pester"}` asks every node for children that it hasn't got and gives how many it asked.
"""

import json
import sys
import time

import pyatspi  # pyright: ignore[reportMissingImports]

DEPTH, WIDTH = 30, 80
PRESSED = {"push button", "page tab"}
WITH_TEXT = {"text", "label"}


def find_app(name, seconds=20.0):
    """The application on the accessibility bus."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        desktop = pyatspi.Registry.getDesktop(0)
        desktop.clearCache()
        for app in desktop:
            if app is not None and name.lower() in (app.name or "").lower():
                return app
        time.sleep(0.2)
    raise LookupError(f"no application called {name!r} is on the accessibility bus")


def describe(node):
    """One node as plain values."""
    states = node.getState()
    role = node.getRoleName()
    box = None
    try:
        extents = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        box = [extents.x, extents.y, extents.width, extents.height]
    except NotImplementedError:
        pass
    return {
        "role": role,
        "name": node.name or _label(node),
        "label": _label(node),
        "description": node.description or "",
        "text": _text(node) if role in WITH_TEXT else "",
        "focusable": states.contains(pyatspi.STATE_FOCUSABLE),
        "focused": states.contains(pyatspi.STATE_FOCUSED),
        "enabled": states.contains(pyatspi.STATE_ENABLED),
        "showing": states.contains(pyatspi.STATE_SHOWING) and states.contains(pyatspi.STATE_VISIBLE),
        "box": box,
    }


def _text(node):
    try:
        return node.queryText().getText(0, -1)
    except NotImplementedError:
        return ""


def _label(node):
    """The name that another node gives, as a combo box gets it from its label."""
    for relation in node.getRelationSet():
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY and relation.getNTargets():
            return relation.getTarget(0).name or ""
    return ""


def walk(node, depth=0, path=""):
    """Every node under this one, but nothing of what is hidden: Qt says of a hidden list's rows that they show."""
    if node is None or depth > DEPTH:
        return
    try:
        found = describe(node)
    except Exception:  # noqa: BLE001 -- a node can go while it is looked at
        return
    found["path"] = path
    yield found
    if depth and not found["showing"]:
        return
    here = f"{path}/{found['role']}:{found['name'][:30]}"
    for index in range(min(node.childCount, WIDTH)):
        try:
            child = node.getChildAtIndex(index)
        except Exception:  # noqa: BLE001
            continue
        yield from walk(child, depth + 1, here)


def press(app, name):
    """Press the first button or tab whose name is or starts with this, through the Action interface."""
    button = pyatspi.findDescendant(
        app, lambda n: n.name.startswith(name) and n.getRoleName() in PRESSED and _shows(n.getState())
    )
    if button is None:
        raise LookupError(f"no button called {name!r} shows")
    action = button.queryAction()
    names = [action.getName(i) for i in range(action.nActions)]
    return action.doAction(names.index("Press") if "Press" in names else 0)


def _shows(states):
    return states.contains(pyatspi.STATE_SHOWING)


def pester(node, depth=0):
    """Ask everything that there is for children behind its last: what a reader does when some have just gone."""
    if node is None or depth > DEPTH:
        return 0
    count = node.childCount
    for index in (count, count + 1, count + 50):
        try:
            node.getChildAtIndex(index)
        except Exception:  # noqa: BLE001 -- there is no such child, which is the point
            continue
    return 1 + sum(pester(node.getChildAtIndex(index), depth + 1) for index in range(min(count, WIDTH)))


def answer(question):
    """The answer to one question."""
    if question["do"] == "begin":
        return pyatspi.Registry.getDesktop(0).childCount
    app = find_app("TTRPG")
    if question["do"] == "press":
        return press(app, question["name"])
    if question["do"] == "pester":
        return pester(app)
    return list(walk(app))


if __name__ == "__main__":
    for line in sys.stdin:
        try:
            reply = {"answer": answer(json.loads(line))}
        except Exception as error:  # noqa: BLE001 -- the test says what it means
            reply = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()
