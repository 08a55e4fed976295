"""What this project knows of checklists, sources and pages.

Nothing in this package imports mkdocs: the hooks beside it adapt it to MkDocs,
``python -m guide`` runs it from the command line, and another site generator
could use it as it is.
"""
