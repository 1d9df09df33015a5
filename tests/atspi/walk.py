#!/usr/bin/python3
"""Walks the application as a screen reader does; prints what it met as JSON. Runs on the system's Python (pyatspi)."""

import json
import sys
import time

import pyatspi  # pyright: ignore[reportMissingImports]

DEPTH, WIDTH = 24, 80


def find_app(name, seconds=20.0):
    """The application on the accessibility bus."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for app in pyatspi.Registry.getDesktop(0):
            if app is not None and name.lower() in (app.name or "").lower():
                return app
        time.sleep(0.2)
    raise SystemExit(f"no application called {name!r} is on the accessibility bus")


def describe(node):
    """One node as plain values."""
    states = node.getState()
    box = None
    try:
        extents = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        box = [extents.x, extents.y, extents.width, extents.height]
    except NotImplementedError:
        pass
    return {
        "role": node.getRoleName(),
        "name": node.name or _label(node),
        "description": node.description or "",
        "focusable": states.contains(pyatspi.STATE_FOCUSABLE),
        "focused": states.contains(pyatspi.STATE_FOCUSED),
        "showing": states.contains(pyatspi.STATE_SHOWING) and states.contains(pyatspi.STATE_VISIBLE),
        "box": box,
    }


def _label(node):
    """The name that another node gives, as a combo box gets it from its label."""
    for relation in node.getRelationSet():
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY and relation.getNTargets():
            return relation.getTarget(0).name or ""
    return ""


def walk(node, depth=0, path=""):
    """Every node under this one."""
    if node is None or depth > DEPTH:
        return
    try:
        found = describe(node)
    except Exception:  # noqa: BLE001 -- a node can go while it is looked at
        return
    found["path"] = path
    yield found
    here = f"{path}/{found['role']}:{found['name'][:30]}"
    for index in range(min(node.childCount, WIDTH)):
        try:
            child = node.getChildAtIndex(index)
        except Exception:  # noqa: BLE001
            continue
        yield from walk(child, depth + 1, here)


def press(app, name):
    """Press the first button of this name through the Action interface."""
    button = pyatspi.findDescendant(app, lambda n: n.name == name and n.getRoleName() == "push button")
    if button is None:
        raise SystemExit(f"no button called {name!r}")
    action = button.queryAction()
    names = [action.getName(i) for i in range(action.nActions)]
    action.doAction(names.index("Press") if "Press" in names else 0)


if __name__ == "__main__":
    application = find_app("TTRPG")
    if len(sys.argv) > 1:
        press(application, sys.argv[1])
        time.sleep(1.0)
    json.dump(list(walk(application)), sys.stdout)
