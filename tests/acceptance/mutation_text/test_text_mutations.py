"""From sound reports with rich narratives: one figure, one year, one name, one placeholder, one identity number; one finding."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests.acceptance.mutation.report import Paragraph, Report
from tests.acceptance.mutation.sound import KINDS, sound
from tests.acceptance.mutation.writers import BY_NAME, write
from tests.acceptance.mutation_text.styles import STYLES, Piece, Style, Told
from tests.support import book

SEEDS = range(4)
MINE = ("narrative", "privacy", "wording")


def rich(seed: int, style: Style, form: str) -> tuple[Report, list[Piece]]:
    """A sound report whose paragraph on applications is told in that style."""
    report = sound(seed, form=form, kind=KINDS[seed % len(KINDS)], busy=True, style="run-in")
    return report, style(report.figures(), Random(seed), report.year)


def text_of(report: Report, pieces: list[Piece]) -> str:
    told = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
    sections = []
    for section in report.sections:
        items = tuple(Paragraph(text=f"（二）依申请公开。{told}", tag=item.tag) if _is(item) else item for item in section.items)
        sections.append(replace(section, items=items))
    return write(replace(report, sections=tuple(sections)), BY_NAME["tab-rows"])


def _is(item: object) -> bool:
    return isinstance(item, Paragraph) and item.tag == "applications"


def findings(text: str, *, mine: bool = True):  # type: ignore[no-untyped-def]
    from validator.pipeline.check_file import examine

    found = examine(text.encode(), "report.txt", book())[0].findings
    return [finding for finding in found if not mine or finding.category in MINE]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_sound_narratives_are_silent(seed: int, style: Style, form: str) -> None:
    report, pieces = rich(seed, style, form)
    assert [(f.rule, f.message["zh"]) for f in findings(text_of(report, pieces), mine=False) if f.severity.value != "note"] == []


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_one_figure_changed_is_one_finding(seed: int, style: Style, form: str) -> None:
    report, pieces = rich(seed, style, form)
    changed = 0
    for place, piece in enumerate(pieces):
        if not isinstance(piece, Told):
            continue
        other = replace(piece, value=piece.value + 37 + seed)
        text = text_of(report, [*pieces[:place], other, *pieces[place + 1 :]])
        found = findings(text, mine=False)
        found = [finding for finding in found if finding.severity.value != "note"]
        assert [finding.rule for finding in found] == [piece.rule], (piece, [f.message["zh"] for f in found])
        line = text.split("\n")[(found[0].location.line or 0) - 1]
        assert other.text in line and found[0].location.section == 1
        if piece.rule != "narrative.channels":
            assert other.text in (found[0].location.excerpt or "")
        changed += 1
    assert changed >= 3


@pytest.mark.parametrize("seed", range(8))
def test_a_figure_of_documents(seed: int) -> None:
    report = sound(seed, form="2021", kind="township", busy=True, style="run-in")
    table = report.figures()
    made, repealed, effective = (int(table["disclosure", "normative_documents", key]) for key in ("made", "repealed", "effective"))
    says = f"制发行政规范性文件{made}件，废止{repealed}件，现行有效{effective}件"
    for place, value in enumerate((made, repealed, effective)):
        words = says.replace(f"{('文件', '废止', '有效')[place]}{value}件", f"{('文件', '废止', '有效')[place]}{value + 21}件")
        text = write(report, BY_NAME["tab-rows"])
        start = text.index("（二）")
        old = f"全年制发行政规范性文件{made}件，废止{repealed}件，现行有效{effective}件。"
        text = text.replace(old, "") if old in text else text
        start = text.index("（二）")
        text = text[:start] + f"全年{words}。\n\n" + text[start:]
        found = [finding for finding in findings(text, mine=False) if finding.severity.value != "note"]
        assert [(finding.rule, finding.location.excerpt) for finding in found] == [("narrative.documents", f"{value + 21}件")]


@pytest.mark.parametrize(
    ("words", "rule", "excerpt"),
    [
        ("××村的申请最多。", "wording.placeholder", "××"),
        ("20XX年申请最多。", "wording.placeholder", "20XX年"),
        ("申请人证件号11010519491231002X。", "privacy.identity-number", "110*************2X"),
        ("群众可通过可以通过网站申请。", "wording.doubled", "可通过可以通过"),
        ("严格执行《中华人民共和国信息公开条例》。", "wording.regulation-name", "中华人民共和国信息公开条例"),
        ("依据国办公开函〔2021〕30号执行。", "wording.citation-number", "国办公开函〔2021〕30号"),
        ("该部分以表格形式报告。", "wording.guidance-left-in", "该部分以表格形式报告"),
        ("联系电话13912345678。", "privacy.mobile-number", "139******78"),
        ("全年公开信息173769万条。", "narrative.magnitude", "173769万条"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_one_sentence_put_in_is_one_finding(seed: int, words: str, rule: str, excerpt: str) -> None:
    report, pieces = rich(seed, STYLES[seed % len(STYLES)], "2021")
    found = [f for f in findings(text_of(report, [*pieces, words]), mine=False) if f.severity.value != "note"]
    assert [(finding.rule, finding.location.section) for finding in found] == [(rule, 1)]
    assert found[0].location.excerpt == excerpt


@pytest.mark.parametrize("seed", range(4))
def test_one_year_of_last_year_is_found_and_its_figures_are_left(seed: int) -> None:
    report, _ = rich(seed, STYLES[0], "2021")
    pieces: list[Piece] = [f"{report.year - 1}年，共收到政府信息公开申请908件，均已答复。"]
    rules = [finding.rule for finding in findings(text_of(report, pieces), mine=False) if finding.severity.value != "note"]
    assert rules == ["identity.stale-year"]


@pytest.mark.parametrize("seed", range(4))
def test_one_name_of_another_body_is_not_held_against_the_table(seed: int) -> None:
    report, pieces = rich(seed, STYLES[0], "2021")
    words = "县市场监督管理局共收到政府信息公开申请908件。"
    assert findings(text_of(report, [words, *pieces])) == []
