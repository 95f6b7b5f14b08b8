"""Examples in rule files: their county is written as in nianbao.yaml, by the same records."""

from __future__ import annotations

from validator.model import RosterUnit, Settings, Waiver
from validator.rulebook.decode import build, fields_of
from validator.rulebook.diagnostics import Diagnostics
from validator.rulebook.example_schema import ExampleCounty, ExampleWaiver


def test_a_county_is_written_as_in_nianbao_yaml() -> None:
    settings, example = fields_of(Settings), fields_of(ExampleCounty)
    assert {key: example[key][0] for key in ("years", "deadlines", "roster")} == {
        key: settings[key][0] for key in ("years", "deadlines", "roster")
    }
    assert {key: kind for key, (kind, _) in fields_of(ExampleWaiver).items()} == {key: kind for key, (kind, _) in fields_of(Waiver).items()}
    assert "line" not in {*fields_of(Waiver), *fields_of(RosterUnit)} and "once" not in example


def test_a_record_knows_its_line() -> None:
    log = Diagnostics("nianbao.yaml")
    assert build({"rule": "a.b", "reason": "-"}, Waiver, log, 7, "waivers[1]").line == 7
    assert build({"rule": "a.b", "reason": "-", "line": 3}, Waiver, log, 7, "waivers[1]").line == 7
    assert "'line'" in log.problems[0].text["en"]
    assert (
        build({"rule": "a.b"}, ExampleWaiver, log, 7, "waivers[1]").line == 1
    )  # its sentence speaks of nianbao.yaml, not of the rule file
