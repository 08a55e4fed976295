"""Helps whoever writes: new files, schemas for editors, moved pages, export for other engines."""
