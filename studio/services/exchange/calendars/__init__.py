"""Calendars of other programs come in with their dated events, and go out for Seasons & Stars."""
