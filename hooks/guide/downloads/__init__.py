"""Writes files to take away from the model: workbooks and Word documents."""
