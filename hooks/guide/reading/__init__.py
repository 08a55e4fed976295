"""Reads files as they stand: YAML and Markdown with their lines, words of the interface, and mistakes as data."""
