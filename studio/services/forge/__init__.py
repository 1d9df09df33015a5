"""Prompt Forge: recipes, immutable versions, and the rendering of prompts."""
