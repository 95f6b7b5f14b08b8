"""GitLab's code quality report, held against what GitLab's documentation demands of it."""

from __future__ import annotations

import json

from tests.reporters import samples
from validator.reporters import Options, render


def issues(run) -> list[dict]:
    return json.loads(render("gitlab", run, Options()))


def test_every_finding_has_what_gitlab_demands() -> None:
    run = samples.everything()
    found = issues(run)
    told = sum(len(file.findings) + len(file.waived) for file in run.files)  # what is accepted is told for information
    assert len(found) == told + len(run.collection) + len(run.broken)
    for issue in found:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"] and issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in found}) == len(found)


def test_a_line_moved_keeps_the_fingerprint() -> None:
    marks = [[issue["fingerprint"] for issue in issues(samples.run(samples.result(samples.finding(line=line))))] for line in (3, 9)]
    assert marks[0] == marks[1]


def test_control_characters_and_identity_numbers() -> None:
    bad = samples.finding(message={"zh": "甲\x00\ud800乙 230521198001011234", "en": ""})
    text = render("gitlab", samples.run(samples.result(bad)), Options())
    text.encode()
    assert "\\u0000" not in text and "230521198001011234" not in text
