"""What is shown: the window, its docks and dialogs. The only room with Qt; it talks to services, never to the store."""

from studio.ui import qt as qt
