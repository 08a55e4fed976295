"""Writes the questions of the course for the question banks of learning platforms: Moodle XML, and GIFT for others."""

from __future__ import annotations

from guide.downloads.question_bank.gift import write as gift
from guide.downloads.question_bank.moodle_xml import write as moodle_xml

__all__ = ["gift", "moodle_xml"]
