"""Dialogs: all of them open beside the running loop and are awaited."""
