"""One unit's published reports of four years, held against each other: the breaks are those that the figures known of each show."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.support import CORPUS
from validator.cli import main as cli

#: The best file of each year; the first is text of a page with nothing between the cells, and of section 2 may be unreadable.
YEARS = {2020: "pingtan-2020-run-together.txt", 2021: "pingtan-2021.html", 2022: "pingtan-2022.html", 2023: "pingtan-2023.html"}
pytestmark = pytest.mark.skipif(not (CORPUS / YEARS[2021]).exists(), reason="the real reports are not here (../shared/corpus)")


def figures(year: int) -> dict[str, Any]:
    return json.loads((CORPUS / f"{YEARS[year]}.truth.json").read_text(encoding="utf-8"))["figures"]


def breaks(last: int, year: int) -> set[tuple[str, int]]:
    """What the figures known to be true say: rules over a series that must fire on the later report."""
    before, now = figures(last), figures(year)
    found = set()
    if before["applications"]["carried_out"]["total"] != now["applications"]["carried_in"]["total"]:
        found.add(("series.carried-over", year))
    documents = [each.get("disclosure", {}).get("normative_documents") for each in (before, now)]
    if all(one and "effective" in one for one in documents):
        old, new = documents
        if new["effective"] != old["effective"] + new["made"] - new["repealed"]:
            found.add(("series.effective", year))
    return found


def checked(folder: Path, *words: str, capsys: pytest.CaptureFixture[str], status: int | None = None) -> dict[str, Any]:
    got = cli.main(["check", *words, "--format", "json", "--no-cache", "--jobs", "1"])
    assert status is None or got == status
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def told(result: dict[str, Any]) -> set[tuple[str, int]]:
    return {(one["rule"], file["year"]) for file in result["files"] for one in file["findings"] if one["category"] == "series"}


def test_every_break_is_found_and_none_invented(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for year, name in YEARS.items():
        shutil.copy(CORPUS / name, tmp_path / f"{year}{Path(name).suffix}")
    result = checked(tmp_path, str(tmp_path), capsys=capsys)
    due = {one for last, year in pairwise(YEARS) for one in breaks(last, year)}
    assert due  # documents in force fell in 2023: the report itself says that they were reviewed, so a person decides
    assert told(result) == due
    (found,) = [one for file in result["files"] for one in file["findings"] if one["category"] == "series"]
    assert found["review"] and (found["expected"], found["actual"]) == (None, "470") and "643" in found["message"]
    assert [one["state"] != "missing" for one in result["collection"]["standings"]] == [True] * 4
    assert {one["unit"] for one in result["collection"]["standings"]} == {"平潭综合实验区管委会"}


def test_the_same_by_two_files_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for last, year in pairwise(YEARS):
        result = checked(tmp_path, str(CORPUS / YEARS[year]), "--against", str(CORPUS / YEARS[last]), capsys=capsys)
        assert told(result) == breaks(last, year) and result["broken"] == []


def test_a_figure_changed_in_a_real_report_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (CORPUS / YEARS[2022]).read_text(encoding="utf-8")
    assert figures(2021)["applications"]["carried_out"]["total"] == 1
    at = page.index("结转")
    row = page[at : page.index("</tr>", at)]
    (tmp_path / "2022.html").write_text(page[:at] + row.replace(">1<", ">3<") + page[at + len(row) :], encoding="utf-8")
    result = checked(tmp_path, str(tmp_path / "2022.html"), "--against", str(CORPUS / YEARS[2021]), capsys=capsys)
    assert ("series.carried-over", 2022) in told(result)


def test_two_renditions_of_one_year_are_one_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("pingtan-2023.html", "pingtan-2023-run-together.txt"):
        shutil.copy(CORPUS / name, tmp_path / name)
    result = checked(tmp_path, str(tmp_path), capsys=capsys)
    assert [(one["rule"], one["severity"]) for one in result["collection"]["findings"]] == [("county.repeated-report", "note")]
    assert len(result["collection"]["standings"]) == 1
