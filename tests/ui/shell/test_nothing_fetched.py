"""What a file brought may look like HTML: nothing that it names is loaded, from a server or from this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from studio.ui.kit import Badge, Chip, label, plain_tip
from studio.ui.kit.chips import ElidedLabel
from studio.ui.markdown.view import MarkdownView
from tests.support.hostile_files import tracking
from tests.support.images import png
from tests.support.server import listening

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def hostile(port: int, picture: Path) -> str:
    """Markdown and HTML that name a server and a picture on this machine in every way that is known."""
    at = f"http://127.0.0.1:{port}"
    marks = (
        f"![a]({at}/m.png) ![b](file://{picture}) ![c]({picture}) [d]({at}/n) <{at}/o>\n\n[x]: {at}/p\n\n![e][x]\n\n"
    )
    return f"{marks}{tracking(port)}\n\n> [!secret]\n> ![s]({at}/q.png)\n\n| a |\n|---|\n| ![t]({at}/r.png) |\n"


def shown(widget: QWidget, qtbot: QtBot) -> bytes:
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.show()
    qtbot.waitExposed(widget)
    image = widget.grab().toImage().convertToFormat(widget.grab().toImage().Format.Format_RGB888)
    return bytes(image.constBits())


@pytest.fixture
def red(tmp_path: Path) -> Path:
    path = tmp_path / "red.png"
    path.write_bytes(png(40, 40, colour=(255, 0, 0)))
    return path


def reds(data: bytes) -> int:
    return sum(data[at : at + 3] == b"\xff\0\0" for at in range(0, len(data) - 2, 3))


def test_a_text_loads_nothing(qtbot: QtBot, red: Path) -> None:
    with listening() as server:
        view = MarkdownView()
        view.set_markdown(hostile(server.port, red))
        assert reds(shown(view, qtbot)) == 0
        assert "end" in view.toPlainText()
        qtbot.wait(50)


@pytest.mark.parametrize("make", [label, Badge, ElidedLabel, Chip, lambda text: label(text, wrap=True)])
def test_a_name_that_looks_like_html_is_shown_as_it_is(qtbot: QtBot, red: Path, make: Any) -> None:
    with listening() as server:
        name = f'<img src="file://{red}"><img src="http://127.0.0.1:{server.port}/x.png"><b>Wren</b>'
        assert reds(shown(make(name), qtbot)) == 0


def test_a_label_would_load_what_it_is_told_otherwise(qtbot: QtBot, red: Path) -> None:
    assert reds(shown(QLabel(f'<img src="file://{red}">'), qtbot)) > 0


def test_a_tool_tip_says_what_looks_like_html(qtbot: QtBot, red: Path) -> None:
    tip = plain_tip(f'<img src="file://{red}">')
    assert reds(shown(QLabel(tip), qtbot)) == 0
    assert plain_tip("Wren & Sons") == "Wren & Sons"
