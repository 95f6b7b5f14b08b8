"""What a county accepts: severities and rules by path, waivers, the baseline. What is hidden stays counted and listed.

In which order they are applied stands in `county/finding_steps.py`.
"""

from validator.county.acceptance.evaluation_scope import Baseline, BaselineEntry, Terms

__all__ = ["Baseline", "BaselineEntry", "Terms"]
