"""Holds what the content is: one module per kind of file, with its shape and its rules across files."""
