"""Writes pages as HTML from the model; ``registry.py`` lists them all."""
