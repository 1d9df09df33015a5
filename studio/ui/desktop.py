"""What the commands of the window do: projects, settings, help; over one session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.services.workspace import Workspace
from studio.ui.tasks import Tasks, ui_task

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.settings import Settings, SettingsStore
    from studio.ui.main_window import MainWindow
    from studio.ui.session import Session

LOOK = ("theme", "text_size", "compact", "reduce_motion")


class Desktop(QObject):
    """The acts behind the window's own commands. `models` makes the page of models and keys."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        settings: SettingsStore,
        *,
        models: Callable[[], QWidget] | None = None,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.session = session
        self.settings_store = settings
        self.models = models
        settings.subscribe(self._settings_changed)
        window.shell.on_settings = self.settings
        start = window.start
        start.sample.connect(lambda: self.open_sample())
        start.new.connect(lambda: self.new())
        start.open.connect(lambda: self.open())
        start.open_path.connect(lambda path: session.open(path))
        start.forget.connect(self._forget)
        window.files_dropped.connect(lambda paths: self.take_files(paths))

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        return self.window.tasks

    @property
    def is_open(self) -> bool:
        """Whether a project is open."""
        return self.session.is_open

    # ---- projects ------------------------------------------------------------------------------------------------

    @ui_task
    async def new(self) -> None:
        """Ask for a name and a place, make the file, open it."""
        from studio.ui.dialogs import ask

        name = await ask.ask_text(self.window, "New project", label="What is it called?", action="Choose a place…")
        if name is None:
            return
        path = await ask.pick_save(self.window, "New project", suggested=f"{name}.ttrpg", folder=_documents())
        if path is not None:
            await self.session.enter(path, lambda: Workspace.create(path, name=name))

    @ui_task
    async def open(self) -> None:
        """Ask for a file and open it."""
        from studio.ui.dialogs import ask

        found = await ask.pick_open(self.window, "Open a project", filters=ask.PROJECT_FILTER, folder=_documents())
        if found:
            await self.session.open(found[0])

    @ui_task
    async def open_sample(self) -> None:
        """Open the sample campaign: the user's own copy of it."""
        import asyncio

        from studio.ui.sample import sample_path

        path, make = await asyncio.to_thread(sample_path)
        await self.session.enter(path, make)

    @ui_task
    async def close_project(self) -> None:
        """Back to the start page."""
        await self.session.close()

    @ui_task
    async def take_files(self, paths: list[Path]) -> None:
        """Files that were dropped or handed over: a project is opened, all else is imported."""
        projects = [path for path in paths if path.suffix.lower() == ".ttrpg"]
        if projects:
            await self.session.open(projects[0])
        others = [path for path in paths if path not in projects]
        if others:
            await self._import(others)

    @ui_task
    async def import_files(self) -> None:
        """Ask for files and import them."""
        from studio.ui.dialogs import ask

        found = await ask.pick_open(self.window, "Import", many=True)
        if found:
            await self._import(found)

    @ui_task
    async def import_folder(self) -> None:
        """Ask for a folder (a vault, a module) and import it."""
        from studio.ui.dialogs import ask

        found = await ask.pick_folder(self.window, "Import a folder")
        if found is not None:
            await self._import([found])

    @ui_task
    async def import_clipboard(self) -> None:
        """Import what was copied: files, or a text that is told by its content."""
        from pathlib import Path

        from PySide6.QtGui import QGuiApplication

        from studio.ui.dialogs.importing import import_clipboard

        held = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        if paths:
            await self._import(paths)
        elif self.session.ctx is not None:
            await import_clipboard(self.session.ctx, self.window, held.text() or held.html())

    @ui_task
    async def imports(self) -> None:
        """The imports that were done, with their reports."""
        from studio.ui.dialogs.import_report import show_imports

        if self.session.ctx is not None:
            await show_imports(self.session.ctx, self.window)

    async def _import(self, paths: list[Path]) -> None:
        from studio.ui.dialogs.importing import import_into

        if self.session.ctx is None:
            self.window.start.say("Open a project first; then drop the file again to import it.", tone="info")
            return
        await import_into(self.session.ctx, self.window, paths)

    @ui_task
    async def export(self) -> None:
        """Ask for a format and a place, and write it."""
        from studio.ui.dialogs.exchange import export_from

        if self.session.ctx is not None:
            await export_from(self.session.ctx, self.window)

    @ui_task
    async def compact(self) -> None:
        """Make the project's file as small as its content."""
        from studio.ui.dialogs.compact import compact

        if self.session.ctx is not None:
            await compact(self.session.ctx, self.window)

    @ui_task
    async def back_up(self) -> None:
        """Make a backup now."""
        from studio.ui.ways_out import back_up

        await back_up(self.session)

    @ui_task
    async def restore(self) -> None:
        """Go back to a backup."""
        from studio.ui.ways_out import restore

        if self.session.ctx is not None:
            await restore(self.session, self.session.ctx.workspace.path)

    def undo(self) -> object:
        """Take the last change back."""
        return self.session.undo()

    def redo(self) -> object:
        """Do again what was taken back."""
        return self.session.redo()

    # ---- the application -----------------------------------------------------------------------------------------

    @ui_task
    async def settings(self, page: str = "") -> None:
        """The settings dialog."""
        from studio.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(
            self.window,
            self.settings_store,
            self.window.registry,
            models=self.models,
            choices=await self._choices(),
            page=page,
        )
        await dialog.ask()

    async def _choices(self) -> dict[str, list[tuple[str, str]]]:
        """What the settings that name a model or an assistant can be set to."""
        import asyncio

        from studio.services.chat import modes

        gateway, ctx = self.session.gateway, self.session.ctx
        available = gateway.models.available() if gateway is not None else ()
        listed = [("The first one that is set up", ""), *((f"{m.label} · {m.connection}", m.id) for m in available)]
        known = await ctx.workspace.run(modes.list_modes) if ctx is not None else await asyncio.to_thread(modes.shipped)
        return {"start_model": listed, "start_mode": [(mode.title, mode.slug) for mode in known]}

    @ui_task
    async def cheat_sheet(self) -> None:
        """All keys on one sheet."""
        from studio.ui.dialogs.cheat_sheet import CheatSheet

        await CheatSheet(self.window, self.window.registry).ask()

    def help(self, page: str = "") -> None:
        """The documentation that ships with the application."""
        from studio.ui.dialogs.help import HelpWindow

        HelpWindow.show_for(self.window, page)

    @ui_task
    async def about(self) -> None:
        """Version, licences, folders."""
        import asyncio

        from studio.ui.dialogs.about import AboutDialog, read_facts

        await AboutDialog(self.window, await asyncio.to_thread(read_facts)).ask()

    def set_look(self, **changes: object) -> None:
        """Change how it looks, at once and for next time."""
        if isinstance(size := changes.get("text_size"), int):
            changes["text_size"] = max(80, min(200, size))
        self.settings_store.set(**changes)

    def _settings_changed(self, settings: Settings) -> None:
        self.window.theme.set(**{key: getattr(settings, key) for key in LOOK})
        self.window.registry.refresh()

    def _forget(self, path: Path) -> None:
        self.window.state.forget(path)
        self.window.start.set_recent(self.window.state.recent())


def _documents() -> Path:
    from pathlib import Path

    from PySide6.QtCore import QStandardPaths

    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place or Path.home())
