"""The main window: chat in the centre, docks around it. It holds panels and knows no project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QMainWindow, QMenu, QSplitter, QStackedWidget, QTabWidget, QWidget

from studio.ui.carried import local_files
from studio.ui.commands import GROUPS, CommandRegistry
from studio.ui.kit.base import label, named, style, vbox
from studio.ui.kit.buttons import context_menu
from studio.ui.layout import Layout
from studio.ui.menu_bar import MenuBar
from studio.ui.panels import DOCKS
from studio.ui.shell import WindowShell
from studio.ui.status import StatusBar
from studio.ui.tasks import Tasks
from studio.ui.theme import look
from studio.ui.theme.icons import app_icon

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QShowEvent

    from studio.ui.kit.surfaces import Banner
    from studio.ui.palette import Palette
    from studio.ui.panel import Panel
    from studio.ui.start import StartPage
    from studio.ui.state import WindowState
    from studio.ui.theme import Theme

TITLE = "TTRPG Studio"


class MainWindow(QMainWindow):
    """The frame. `on_close` decides about closing; `files_dropped` and the start page's signals go to the session."""

    files_dropped = Signal(list)
    painted = Signal()

    def __init__(self, *, theme: Theme, state: WindowState, keys: dict[str, str] | None = None) -> None:
        super().__init__()
        self.theme = theme
        self.state = state
        self.was_painted = False
        self.on_close: Callable[[], bool] = lambda: True
        self.on_crash: Callable[[BaseException], object] = lambda _error: None
        self.setObjectName("main")
        self.setWindowTitle(TITLE)
        self.painted.connect(lambda: self.setWindowIcon(app_icon()))
        self.setAcceptDrops(True)
        self.setDockOptions(
            QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.GroupedDragging
        )
        for area in (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea):
            self.setTabPosition(area, QTabWidget.TabPosition.North)
        # Views at the bottom lie under the chat: the tree and the entry beside them keep their height.
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.registry = CommandRegistry(self, keys)
        self.tasks = Tasks(self, on_message=lambda text: self.shell.toast(text), on_crash=lambda e: self.on_crash(e))
        self.shell = WindowShell(self)
        jobs, findings = (lambda name=name: self.show_panel(name) for name in ("jobs", "continuity"))
        self.status = StatusBar(on_jobs=jobs, on_cost=jobs, on_findings=findings)
        self.setStatusBar(self.status)
        self.tasks.jobs_changed.connect(lambda: self.status.show_jobs(len(self.tasks.running_jobs)))
        self._build_centre()
        self.arrangement = Layout(self, state, on_files=self.take_dropped)
        self.palette_box: Palette | None = None
        self._menus: dict[str, QMenu] = {}
        self._menu_timer = QTimer(self, singleShot=True, interval=0)
        self._menu_timer.timeout.connect(self._fill_menus)
        self.registry.changed.connect(self._menu_timer.start)
        self.setMenuBar(MenuBar(self, on_search=self.open_palette))
        self.arrangement.restore_geometry()

    # ---- the centre ----------------------------------------------------------------------------------------------

    def _build_centre(self) -> None:
        self.pages = QStackedWidget()
        self._start: StartPage | None = None
        self._waiting = label("", "muted")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pages.addWidget(self._waiting)
        self._work = QWidget()
        column = vbox(self._work, gap=0)
        self._banner: Banner | None = None
        self.centre = style(QSplitter(Qt.Orientation.Vertical), canvas=True)
        self.centre.setChildrenCollapsible(False)
        self.centre.setHandleWidth(5)
        column.addWidget(self.centre, 1)
        self.pages.addWidget(self._work)
        self.setCentralWidget(self.pages)
        self.chat: Panel | None = None
        self.review: Panel | None = None

    @property
    def banner(self) -> Banner:
        """What has to be said about the open project; made when there is something."""
        if self._banner is None:
            from studio.ui.kit.surfaces import Banner

            self._banner = Banner()
            column = self._work.layout()
            assert isinstance(column, QBoxLayout)
            column.insertWidget(0, self._banner)
        return self._banner

    @property
    def start(self) -> StartPage:
        """The start page, made when it is first wanted: a project that opens by itself paints without it."""
        if self._start is None:
            from studio.ui.start import StartPage

            self._start = StartPage()
            self.pages.addWidget(self._start)
        return self._start

    def show_start(self) -> None:
        """The start page, without docks."""
        self.arrangement.hide()
        self.pages.show()
        self.setWindowTitle(TITLE)
        self.status.show_project("")
        self.start.set_recent(self.state.recent())
        self.pages.setCurrentWidget(self.start)

    def show_opening(self, name: str) -> None:
        """The frame of a project that is being opened."""
        self.setWindowTitle(f"Opening {name} — {TITLE}")
        self._waiting.setText(f"Opening {name}…")
        self.pages.setCurrentWidget(self._waiting)
        self.arrangement.show()
        self._waiting.setFocus(Qt.FocusReason.OtherFocusReason)  # keys that come too early must press no button

    def show_work(self, name: str) -> None:
        """The project is there."""
        self.setWindowTitle(f"{name} — {TITLE}")
        self.status.show_project(name)
        self.pages.setCurrentWidget(self._work)

    def mount_centre(self, chat: Panel, review: Panel | None) -> None:
        """Put the chat into the centre; the review goes where the chat wants it, else below."""
        self.chat, self.review = chat, review
        chat.setMinimumSize(360, 200)
        self.centre.addWidget(chat)
        if review is None:
            return
        self.centre.addWidget(review)
        if (opened := getattr(review, "opened", None)) is not None:
            opened.connect(self.make_room_for_review)
        if (closed := getattr(review, "closed", None)) is not None:
            closed.connect(lambda: QTimer.singleShot(0, self, self.shell.settle_toast))

    def make_room_for_review(self) -> None:
        """Answer above, review below: the quote that is shown must stay in sight."""
        height = self.centre.height()
        above = 0.45 if height >= look.px(700) else 0.38
        self.centre.setSizes([round(height * above), round(height * (1 - above))])
        QTimer.singleShot(0, self, self.shell.settle_toast)

    def free_area(self) -> QRect:
        """Where a message may lie: over the conversation, never over the composer, the review or the status bar."""
        bar = self.menuBar().height()
        free = QRect(0, bar, self.width(), self.status.y() - bar)
        composer = getattr(self.chat, "composer", None)
        if isinstance(composer, QWidget) and composer.isVisible():
            corner = composer.mapTo(self, QPoint(0, 0))
            free = QRect(corner.x(), bar, composer.width(), corner.y() - bar)
        return free

    def drop_centre(self) -> None:
        """Take chat and review out."""
        for panel in (self.review, self.chat):
            if panel is not None:
                panel.release()
                panel.hide()
                panel.deleteLater()
        self.chat = self.review = None

    def all_panels(self) -> list[Panel]:
        """Every panel, the review too: first who has the first claim on a key."""
        return [*([self.review] if self.review is not None else []), *self.panels().values()]

    def panels(self) -> dict[str, Panel]:
        """All panels that are mounted, by id, in the order in which F6 visits them."""
        found = {"chat": self.chat} if self.chat is not None else {}
        docked = {name: dock.panel for name, dock in self.arrangement.docks.items()}
        return found | {name: panel for name, panel in docked.items() if panel is not None}

    def show_panel(self, panel_id: str, *, focus: bool = True) -> None:
        """Bring a panel up."""
        if panel_id in ("chat", "review"):
            self.pages.show()
        if panel_id in self.arrangement.docks:
            self.arrangement.docks[panel_id].bring_up()
            QTimer.singleShot(0, self, lambda: self.arrangement.lift(panel_id))
        panel = self.panels().get(panel_id)
        if panel is not None and focus:
            panel.focus_first()

    def stretch_view(self) -> None:
        """Give the view at the bottom the place of the chat too, or the chat its place back."""
        shown = (name for name, dock in self.arrangement.docks.items() if dock.panel and dock.panel.isVisible())
        view = next((name for name in shown if any(spec.id == name and spec.share for spec in DOCKS)), "")
        self.pages.setVisible(self.pages.isHidden() or not view)
        if view and not self.pages.isHidden():
            QTimer.singleShot(0, self, lambda: self.arrangement.lift(view, anew=True))

    def use_layout(self, name: str) -> None:
        """Arrange the docks; a focus that was in one that is hidden now goes to the composer."""
        before = self.focusWidget()
        self.pages.show()
        self.arrangement.preset(name)
        if before is None or not before.isVisible():
            self.show_panel("chat")

    def next_pane(self, step: int = 1) -> None:
        """Move the focus to the next pane that shows."""
        shown = [p for p in self.panels().values() if p.isVisible() and not p.visibleRegion().isEmpty()]
        if not shown:
            self.start.focus_first()
            return
        now = self.focusWidget()
        here = next((i for i, panel in enumerate(shown) if now is panel or panel.isAncestorOf(now or self)), -1)
        shown[(here + step) % len(shown)].focus_first()

    def open_palette(self, text: str = "") -> None:
        """The command palette."""
        self.command_palette().open(text)

    def command_palette(self) -> Palette:
        """The palette, made when it is first wanted."""
        if self.palette_box is None:
            from studio.ui.palette import Palette

            self.palette_box = Palette(self, self.registry)
        return self.palette_box

    # ---- menus ---------------------------------------------------------------------------------------------------

    def _fill_menus(self) -> None:
        for menu in self._menus.values():
            menu.clear()
        for command in self.registry.all():
            if command.in_menu:
                self._menu(command.group).addAction(self.registry.action(command.id))
        for menu in self._menus.values():
            menu.menuAction().setVisible(not menu.isEmpty())

    def _menu(self, group: str) -> QMenu:
        if group not in self._menus:
            later = [self._menus[g] for g in GROUPS[GROUPS.index(group) + 1 :] if g in self._menus]
            menu = named(QMenu(f"&{group}", self), group)
            menu.aboutToShow.connect(self.registry.dim)
            menu.aboutToHide.connect(self.registry.wake)
            if later:
                self.menuBar().insertMenu(later[0].menuAction(), menu)
            else:
                self.menuBar().addMenu(menu)
            self._menus[group] = menu
        return self._menus[group]

    def fill_menus_now(self) -> None:
        """Build the menus at once, for the first paint."""
        self._menu_timer.stop()
        self._fill_menus()

    def createPopupMenu(self) -> QMenu:
        """Which docks show: Qt's own menu would take their titles from tabs that say none where there is no room."""
        menu = context_menu(self, "Docks")
        for dock in self.arrangement.docks.values():
            action = menu.addAction(dock.title)
            action.setCheckable(True)
            action.setChecked(dock.isVisible())
            action.toggled.connect(dock.setVisible)
        return menu

    # ---- events --------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.arrangement.settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.was_painted:
            self.was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def take_dropped(self, files: list[Path]) -> None:
        """Files that were dropped on the window or one of its docks, floating ones too."""
        self.files_dropped.emit(files)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := local_files(event.mimeData()):
            event.acceptProposedAction()
            self.take_dropped(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.on_close():
            event.accept()
        else:
            event.ignore()
