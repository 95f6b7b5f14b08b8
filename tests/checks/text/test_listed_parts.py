"""Parts and shares that the text lists."""

from __future__ import annotations

import pytest

from validator.checks.text.listed_parts import _fits


@pytest.mark.parametrize(
    ("part", "whole", "share", "right"),
    [
        (42, 81, "51.85", True),
        (258, 805, "33.9", False),
        (35, 805, "4.34", False),
        (35, 805, "4.35", True),
        (5, 12, "41", True),
        (5, 12, "42", True),
        (5, 12, "43", False),
        (1, 3, "33.3", True),
        (1, 3, "33.4", False),
        (2, 2, "100", True),
    ],
)
def test_shares_are_right_as_printed(part: int, whole: int, share: str, right: bool) -> None:
    from decimal import Decimal

    assert _fits(part, whole, Decimal(share)) is right
