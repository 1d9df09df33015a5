"""Markdown on screen: parsing, drawing into a text document, streaming, and the view that shows it."""
