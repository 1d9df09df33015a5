"""Project Foundry: blueprints, their fields, revisions, presets and Markdown."""
