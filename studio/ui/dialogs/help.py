"""The documentation that ships with the application, as a window beside the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QFile, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QPixmap, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QTreeWidget, QTreeWidgetItem, QWidget
from shiboken6 import isValid

from studio import resources_dir
from studio.ui.kit.base import hbox, label, named, style, vbox
from studio.ui.kit.fields import SearchField
from studio.ui.theme import look

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

ORDER = (
    "index",
    "first-steps",
    "chat",
    "context",
    "world-bible",
    "review-queue",
    "continuity",
    "duplicates",
    "secrets-and-views",
    "kinds",
    "graph",
    "calendars",
    "timeline",
    "images-and-maps",
    "sessions",
    "project-foundry",
    "prompt-forge",
    "history-and-search",
    "models",
    "import-export",
    "obsidian",
    "publishing",
    "formats",
    "from-5e",
    "from-chatgpt",
    "from-foundry-vtt",
    "from-kanka",
    "from-sillytavern",
    "from-other-tools",
    "backup",
    "settings",
    "keys",
    "accessibility",
    "headless",
    "architecture",
    "decisions",
    "project-file",
)
"""The order of pages in a book; what isn't named comes after these, by name."""
_PICTURE = "\ufffc"
"""What stands for a picture in a block's text."""
BOOKS = (("user", "User guide"), ("operator", "For operators"), ("developer", "For developers"))


class HelpWindow(QWidget):
    """Pages of `resources/docs` in a tree, with search over their text."""

    _shown: ClassVar[HelpWindow | None] = None

    def __init__(self, parent: QWidget | None, root: Path | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._root = root or resources_dir() / "docs"
        self.setWindowTitle("Help — TTRPG Studio")
        self.resize(look.px(960), look.px(680))
        style(self, canvas=True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row: QHBoxLayout = hbox(self, margins=(12, 12, 12, 12), gap=12)
        left = vbox(gap=8)
        self.search = SearchField("Search the documentation", placeholder="Search")
        self.search.searched.connect(self._filter)
        left.addWidget(self.search)
        self.tree = named(QTreeWidget(), "Pages")
        self.tree.setHeaderHidden(True)
        self.tree.currentItemChanged.connect(lambda item, _before: self._show(item))
        self.search.set_target(self.tree)
        left.addWidget(self.tree, 1)
        self.nothing = label("No page has these words.", "muted", wrap=True)
        self.nothing.hide()
        left.addWidget(self.nothing)
        row.addLayout(left, 1)
        self.page = named(Page(), "Page")
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._follow)
        row.addWidget(self.page, 3)
        self._items: dict[Path, QTreeWidgetItem] = {}
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the window, once the search is empty; so does the key that closes windows."""
        if event.matches(QKeySequence.StandardKey.Cancel) or event.matches(QKeySequence.StandardKey.Close):
            self.close()
        else:
            super().keyPressEvent(event)

    @classmethod
    def show_for(cls, parent: QWidget, page: str = "") -> HelpWindow:
        """The help window, once; `page` is a path under `docs`, such as `user/keys.md`."""
        if cls._shown is None or not isValid(cls._shown):
            cls._shown = HelpWindow(parent)
        cls._shown.open_page(page)
        cls._shown.show()
        cls._shown.raise_()
        cls._shown.activateWindow()
        return cls._shown

    def open_page(self, page: str) -> None:
        """Go to a page, or to the first where there is none of this name."""
        item = self._items.get(self._root / page) if page else None
        first = next(iter(self._items.values()), None)
        if (wanted := item or (first if self.tree.currentItem() is None else None)) is not None:
            self.tree.setCurrentItem(wanted)

    def _fill(self) -> None:
        for folder, title in BOOKS:
            pages = sorted((self._root / folder).glob("*.md"), key=_place)
            if not pages:
                continue
            book = QTreeWidgetItem([title])
            self.tree.addTopLevelItem(book)
            book.setExpanded(True)
            book.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for page in pages:
                item = QTreeWidgetItem([_title(page)])
                book.addChild(item)
                self._items[page] = item

    def _filter(self, typed: str) -> None:
        """Leave the pages that have these words, and show the first of them where it has them."""
        wanted = typed.casefold().strip()
        for page, item in self._items.items():
            item.setHidden(bool(wanted) and wanted not in page.read_text(encoding="utf-8").casefold())
        for book in (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())):
            if book is not None:
                book.setHidden(all(page.isHidden() for page in self._items.values() if page.parent() is book))
        found = [item for item in self._items.values() if not item.isHidden()]
        self.nothing.setVisible(not found)
        current = self.tree.currentItem()
        if wanted and found and (current is None or current.isHidden()):
            self.tree.setCurrentItem(found[0])
        else:
            self._mark()

    def _mark(self) -> None:
        """Go to the words that are looked for, where the page has them."""
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        if wanted := self.search.text().strip():
            self.page.find(wanted)

    def _show(self, item: QTreeWidgetItem | None) -> None:
        page = next((page for page, other in self._items.items() if other is item), None)
        if page is not None:
            self.page.document().setBaseUrl(QUrl.fromLocalFile(str(page)))
            self.page.setMarkdown(page.read_text(encoding="utf-8"))
            give_air(self.page.document())
            self.page.verticalScrollBar().setValue(0)
            self._mark()

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https", "mailto"):
            QDesktopServices.openUrl(url)
            return
        here = next((page for page, item in self._items.items() if item is self.tree.currentItem()), None)
        if here is not None:
            target = (here.parent / url.path()).resolve()
            if (item := self._items.get(target)) is not None:
                self.tree.setCurrentItem(item)


class Page(QTextBrowser):
    """A page whose pictures fit its width, and its theme where there is a dark one."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource:
            return super().loadResource(kind, name)
        path = self.document().baseUrl().resolved(QUrl(name)).toLocalFile()
        if look.theme_name() != "light" and QFile.exists(dark := path.replace(".png", "-dark.png")):
            path = dark
        picture = QPixmap(path)
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * look.px(24) - 24
        if picture.isNull() or picture.width() <= room:
            return picture
        ratio = self.devicePixelRatioF()
        picture = picture.scaledToWidth(round(room * ratio), Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture


def give_air(document: QTextDocument) -> None:
    """Set Markdown as a page is set: space above headings, between paragraphs and between lines."""
    document.setDocumentMargin(look.px(24))
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        level = form.headingLevel()
        in_list = block.textList() is not None
        form.setTopMargin(look.px((0, 0, 22, 16)[min(level, 3)]))
        form.setBottomMargin(look.px(8 if level else 3 if in_list else 9))
        form.setLineHeight(100 if level or _PICTURE in block.text() else 135, 1)
        cursor = QTextCursor(block)
        cursor.setBlockFormat(form)
        block = block.next()


def _place(page: Path) -> tuple[int, str]:
    return ORDER.index(page.stem) if page.stem in ORDER else len(ORDER), page.stem


def _title(page: Path) -> str:
    """The first heading, or the file's name in words."""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            return line[2:].strip()
    return page.stem.replace("-", " ").capitalize()
