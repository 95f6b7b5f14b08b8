"""Corrections that change no figure and no meaning: found in a report, written into its file, verified by reading it again."""

from __future__ import annotations

from validator.fixing.corrections import Correction, corrections
from validator.fixing.verifying import verified

__all__ = ["Correction", "corrections", "verified"]
