"""The cases that came with the task: whose report it is, of which year, which parts it has."""

from __future__ import annotations

import pytest

from tests.support import SHARED

from .whose_report import Expected, check, judge

CASES = SHARED / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the documents of the task are not here")

_SIX = (1, 2, 3, 4, 5, 6)
_MISSING = "structure.missing-section"
_KINDS = ("structure.missing-accountability",)
BUREAU = "清泉县水利局"
TOWN = "云岭县青石镇人民政府"
#: By the beginning of the document's name.
EXPECTED = {
    "reports/05": Expected(unit=BUREAU, parts=_SIX, says={"structure.heading-wording": "note"}, silent=[_MISSING], only=True),
    "reports/06": Expected(unit=BUREAU, parts=_SIX, says={"structure.heading-wording": "note"}, silent=[_MISSING], only=True),
    "reports/07": Expected(unit=BUREAU, parts=_SIX, silent=[_MISSING], only=True),
    "reports/08": Expected(unit=BUREAU, year=2024, says={"identity.title-form": "warning"}, silent=["identity.missing-title"], only=True),
    "reports/09": Expected(unit=BUREAU, year=2024, only=True),
    "reports/10": Expected(unit=BUREAU, says={"narrative.completed": "error"}),
    "reports/11": Expected(unit=BUREAU, year=2024, silent=["identity.missing-unit"], only=True),
    "reports/12": Expected(unit=BUREAU, silent=["identity.unit-mismatch"], only=True),
    "reports/13": Expected(unit="云南省交通运输厅", level="province", silent=["identity.unit-mismatch"], only=True),
    "reports/14": Expected(unit=BUREAU, silent=["contact.other-unit"], only=True),
    "reports/16": Expected(kind="vertical", silent=_KINDS, only=True),
    "reports/19": Expected(
        unit="清泉市科学技术局",
        parts=_SIX,
        says={"structure.section-number": "warning"},
        silent=["structure.extra-section", "structure.missing-aspect"],
        words=["（一）（二）（三）", "等 5 个标题", "二、至六、"],
        only=True,
    ),
    "reports/20": Expected(unit="清泉县", year=2018, says={"form.before-2019": "note"}, silent=[_MISSING, *_KINDS], only=True),
    "text/07": Expected(unit="云岭县教育局", silent=["identity.unit-mismatch"], only=True),
    "text/08": Expected(kind="vertical", silent=_KINDS),
    "text/09": Expected(kind="committee", silent=_KINDS),
    "text/10": Expected(parts=_SIX, says={"wording.guidance-left-in": "warning"}, silent=[_MISSING], only=True),
    "text/11": Expected(parts=_SIX, says={"structure.heading-wording": None}, silent=[_MISSING], only=True),
    "text/13": Expected(unit=TOWN, silent=["wording.brackets"], only=True),
    "text/18": Expected(says={"table.figure-with-note": "note"}, silent=["table.not-a-number"], only=True),
    "text/20": Expected(year=2023, says={"identity.later-year": "warning"}, only=True),
    "text/21": Expected(year=2023, says={"identity.period-year": "warning"}, only=True),
    "text/26": Expected(says={"identity.unit-mismatch": "warning"}, words=["教育部"], only=True),
    "text/27": Expected(says={"identity.unit-mismatch": "warning"}, words=["司法局"], only=True),
    "text/34": Expected(says={"wording.brackets": "note"}, only=True),
    "text/37": Expected(says={"identity.unit-mismatch": "note"}, only=True),
    "text/41": Expected(says={"identity.year-mark": "note"}, only=True),
    "text/50": Expected(unit=TOWN, unit_from="opening", year=2023, kind="township", level="township"),
    "text/51": Expected(unit=TOWN, unit_from="signature", year=2023, year_from="period", kind="township"),
    "text/52": Expected(unit="云岭县青石镇", unit_from="title", kind="township", only=True),
    "text/53": Expected(unit="云岭县教育局(本级机关)", kind="department", level="county", only=True),
    "text/54": Expected(unit="青石镇", unit_from="opening", year=2023, year_from="opening"),
    "text/58": Expected(level="county", says={"table.regulations-power": "warning"}, only=True),
    "text/59": Expected(level="county", says={"table.regulations-power": "warning"}, only=True),
    "clerk/3": Expected(
        year=2024,
        says={"identity.stale-copy": "error"},
        silent=["identity.title-year", "identity.stale-year", "identity.period-year", "form.new-form-early"],
        words=["标题、落款日期、文件名是 2024 年", "统计期限、正文段首是 2023 年"],
    ),
}


@pytest.mark.parametrize("case", EXPECTED)
def test_it_is_read_and_judged_as_it_should_be(case: str) -> None:
    (path,) = [path for path in CASES.glob(f"{case}*") if path.suffix != ".md" or path.name.endswith(".input.md")]
    assert judge(check(path.name, path.read_bytes()), EXPECTED[case]) == []


def test_no_advice_is_to_change_the_year_that_most_supports() -> None:
    (path,) = CASES.glob("clerk/3*")
    for year in (None, 2024):
        advice = " ".join(finding.advice["zh"] for finding in check(path.name, path.read_bytes(), year=year).findings)
        assert "改标题的年份" not in advice and "正文、表格和统计期限换成 2024 年" in advice
