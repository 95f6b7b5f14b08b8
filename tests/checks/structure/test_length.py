"""How long a section is."""

from __future__ import annotations

import pytest

from tests.checks.small_report import OVERVIEW, findings, text

SENTENCE = "加强组织领导，按季研究部署。"  # 14 characters and marks


@pytest.mark.parametrize(("times", "weight"), [(60, None), (75, "note"), (110, "warning")])
def test_the_length_decides(times: int, weight: str | None) -> None:
    found = findings(text(sections={1: OVERVIEW + SENTENCE * times}), "structure.overview-length")
    assert [finding.severity.value for finding in found] == ([weight] if weight else [])


def test_a_government_may_say_more() -> None:
    long = text(sections={1: OVERVIEW + SENTENCE * 110})
    (found,) = findings(long, "structure.overview-length", unit="云岭县人民政府")
    assert found.severity.value == "note"


def test_spaces_and_headings_do_not_count() -> None:
    spaced = SENTENCE.replace("，", "， 　").replace("。", "。  ")
    assert findings(text(sections={1: f"（一）{'公开情况' * 4}\n" + spaced * 70}), "structure.overview-length") == ()
