"""Reads checklists, sources and pages, checks them and makes the site of them. Knows nothing of MkDocs.

Nothing in this package imports mkdocs: the hooks beside it adapt it to MkDocs,
``python -m guide`` runs it from the command line, and another site generator
could use it as it is.
"""
