"""A topic and kinds of figure that a pack adds to phrases.yaml are read by that alone: their words stand nowhere in the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support import ROOT, base
from validator.model import Book
from validator.pipeline.check_file import examine
from validator.rulebook import PackError, load_book

TABLE = (ROOT / "rules" / "tables" / "phrases.yaml").read_text(encoding="utf-8")
#: A topic of its own; a kind of an old topic whose words say no topic.
MORE = {
    "topics:\n": "topics:\n  - {topic: tea, says: 院坝茶话}\n",
    "kinds:\n": "kinds:\n  - {kind: tea, topic: tea, says: ['围炉<后>#']}\n  - {kind: lanterns, topic: applications, says: ['孔明灯#']}\n",
}
#: A statement of none without a hint, for which every paragraph is read.
NONE = {"none:\n": "none:\n  - {kinds: [tea], says: [^本年围炉作罢]}\n"}
#: The words above, none of which may stand in the program or in its other tables, or nothing would be shown.
WORDS = ("院坝", "茶话", "围炉", "孔明灯", "作罢")
RULE = """
id: narrative.tea
title: {zh: 茶话, en: tea}
severity: warning
basis: [{kind: logic}]
check: told
with:
  said:
    - {kind: tea, zh: 制发, en: made, readings: [disclosure.normative_documents.made]}
    - {kind: lanterns, zh: 制发, en: made, readings: [disclosure.normative_documents.made]}
message: {zh: "{quote}：{said}，{name} {either}", en: "{quote}: {said}, {name} {either}"}
advice: {zh: 核对, en: Compare}
"""
PART_1, PART_3 = "一、总体情况\n", "三、收到和处理政府信息公开申请情况\n"


def written(folder: Path, changes: Mapping[str, str], rule: str = RULE) -> Path:
    table = TABLE
    for old, new in changes.items():
        assert table.count(f"\n{old}") == 1, old
        table = table.replace(f"\n{old}", f"\n{new}")
    (folder / "tables").mkdir(parents=True)
    (folder / "tables" / "phrases.yaml").write_text(table, encoding="utf-8")
    (folder / "tea.yaml").write_text(rule.lstrip(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return load_book((written(tmp_path_factory.mktemp("more") / "pack", MORE),), cache=False)


def stated(text: str, book: Book, part: str = PART_1) -> list[str]:
    """What the rule of the pack quotes, where the sound report has that paragraph at the beginning of a part."""
    report = base().replace(part, f"{part}\n{text}\n", 1)
    assert text in report
    return [str(finding.actual) for finding in examine(report.encode(), "report.txt", book)[0].findings if finding.rule == "narrative.tea"]


def test_the_words_stand_nowhere_else() -> None:
    files = [*(ROOT / "validator").rglob("*.py"), *(ROOT / "rules").rglob("*.yaml"), *(ROOT / "rules" / "bases").glob("*.txt")]
    assert len(files) > 300
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not [word for word in WORDS if word in text], path


def test_a_figure_of_a_new_topic_is_read_and_judged(more: Book) -> None:
    assert stated("院坝茶话围炉9次。", more) == ["9"]
    assert stated("院坝茶话围炉2次。", more) == []  # as the table has it


def test_a_figure_of_an_old_topic_is_read_where_no_word_but_the_part_says_the_topic(more: Book) -> None:
    assert stated("孔明灯9件。", more, PART_3) == ["9"]
    assert stated("孔明灯9件。", more, PART_1) == []  # that part is about no topic


def test_a_statement_of_none_is_read_without_a_hint(tmp_path: Path, more: Book) -> None:
    none = load_book((written(tmp_path / "pack", MORE | NONE),), cache=False)
    assert stated("2023年围炉作罢。", none) == ["0"]
    assert stated("2021年围炉作罢。", none) == stated("2023年围炉作罢。", more) == []


def test_without_the_topic_its_figure_is_not_read(tmp_path: Path) -> None:
    less = load_book((written(tmp_path / "pack", {"kinds:\n": MORE["kinds:\n"].replace("topic: tea", "topic: documents")}),), cache=False)
    assert stated("院坝茶话围炉9次。", less) == []
    assert stated("规范性文件围炉9次。", less) == ["9"]


MISTAKES = [
    ("topics:\n", "topics:\n  - {topic: tea}\n", "缺少 says"),
    ("topics:\n", "topics:\n  - {topic: tea, says: 茶, colour: green}\n", "没有“colour”这一项"),
    ("topics:\n", "topics:\n  - {topic: tea, says: '茶('}\n", "不是正确的正则表达式"),
    ("kinds:\n", "kinds:\n  - {kind: tea, topic: coffee, says: ['茶#']}\n", "没有“coffee”这个主题"),
    ("kinds:\n", "kinds:\n  - {kind: tea, topic: review, follows: coffee, says: ['茶#']}\n", "没有“coffee”这个组"),
    ("kinds:\n", "kinds:\n  - {kind: tea, topic: review, says: ['<茶>#']}\n", "没有“茶”这个词"),
    ("kinds:\n", "kinds:\n  - {kind: tea, topic: review, cell: review, says: ['茶#']}\n", "要写成 表.行.列"),
    ("none:\n", "none:\n  - {kinds: [coffee], says: [无茶]}\n", "没有“coffee”这个数字种类"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES, ids=[new.splitlines()[-1].strip() for _, new, _ in MISTAKES])
def test_a_mistake_in_the_table_is_told_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    pack = written(tmp_path / "pack", {old: new}, RULE.replace("kind: tea", "kind: made").replace("kind: lanterns", "kind: repealed"))
    with pytest.raises(PackError) as raised:
        load_book((pack,), cache=False)
    line = TABLE[: TABLE.index(f"\n{old}") + 1].count("\n") + 2
    [problem] = raised.value.problems
    assert (problem.path, problem.line) == (str(pack / "tables" / "phrases.yaml"), line) and message in problem.text["zh"]
