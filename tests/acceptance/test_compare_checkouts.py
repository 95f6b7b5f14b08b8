"""The script that compares two checkouts: what differs is found, what may differ is set aside by name and nothing else."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scripts.comparing import CHECKSUM, DATES, RULE_FILES, RULE_PAGES, RULES_HASH, ZIP_TIMES, Difference, Outcome, Side, Tally, differences

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "compare_checkouts.py"
OLD, NEW = Side(root=Path("/old/one"), rules_hash="ab" * 32), Side(root=Path("/new"), rules_hash="cd" * 32)


def compared(old: bytes, new: bytes, part: str = "standard output") -> tuple[list[Difference], dict[str, int]]:
    """What differs, and in how many outputs each name was set aside."""
    tally = Tally()
    sides = [Outcome(parts={"exit status": b"1", part: content}) for content in (old, new)]
    found = list(differences("check", sides[0], sides[1], (OLD, NEW), tally))
    assert tally.outputs >= 2
    return found, dict(tally.set_aside)


def archive(parts: dict[str, str], year: int) -> bytes:
    """A file such as xlsx, packed on the first day of a year."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, text in parts.items():
            made.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), text)
    return held.getvalue()


def core(day: str) -> str:
    return f'<x><dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created><dc:creator>nianbao</dc:creator></x>'


def test_the_same_is_no_difference() -> None:
    assert compared(b"one\n", b"one\n") == ([], {})


def test_one_changed_word_is_shown() -> None:
    found, aside = compared("现状\n填 3\n应为 8\n".encode(), "现状\n填 3\n应当 8\n".encode())
    assert [(one.command, one.part) for one in found] == [("check", "standard output")] and not aside
    assert "-应为 8" in found[0].lines and "+应当 8" in found[0].lines


@pytest.mark.parametrize("new", [b"one", b"one\r\n", b"one \n", b""])
def test_bytes_count(new: bytes) -> None:
    assert len(compared(b"one\n", new)[0]) == 1


@pytest.mark.parametrize(
    "old, new, name",
    [
        (f'{{"rules": "{"ab" * 32}"}}', f'{{"rules": "{"cd" * 32}"}}', RULES_HASH),
        (f"<p>{'ab' * 6}</p>", f"<p>{'cd' * 6}</p>", RULES_HASH),
        (f"</html>\n<!-- nianbao:{'12' * 32} -->\n", f"</html>\n<!-- nianbao:{'34' * 32} -->\n", CHECKSUM),
        ("规则文件  rules/30-applications/row-total.yaml", "规则文件  rules/totals/row-total.yaml", RULE_FILES),
        ("“/old/one/rules/10-a/b.yaml”:3", "“/new/rules/a/b.yaml”:3", RULE_FILES),
        ("file:///old/one/docs/rules/totals.row-total.md", "file:///new/docs/rules/totals/row-total.md", RULE_PAGES),
        ("https://example.org/docs/rules/a.b.md", "https://example.org/x/docs/rules/a/b.md", RULE_PAGES),
    ],
)
def test_what_may_differ_is_set_aside_by_its_name(old: str, new: str, name: str) -> None:
    assert compared(old.encode(), new.encode()) == ([], {name: 1})
    found, _ = compared(f"{old} 3 件".encode(), f"{new} 4 件".encode())
    assert len(found) == 1, "what stands beside it still counts"


@pytest.mark.parametrize(
    "old, new",
    [
        (f'{{"sha256": "{"12" * 32}"}}', f'{{"sha256": "{"34" * 32}"}}'),  # another hash
        (f'{{"rules": "{"cd" * 32}"}}', f'{{"rules": "{"ab" * 32}"}}'),  # the hash of the other checkout
        ("totals.row-total", "totals.row-sum"),
        ("rules/a/b.yaml:3", "rules/a/b.yaml:4"),  # a line in a rule file
        ("rules/a/b.yaml、rules/c/d.yaml", "rules/a/b.yaml，rules/c/d.yaml"),
        ("reports/2023/a.txt", "reports/2024/a.txt"),
        ("/old/one/reports/a.txt", "/new/reports/a.txt"),
    ],
)
def test_nothing_else_is_set_aside(old: str, new: str) -> None:
    assert len(compared(old.encode(), new.encode())[0]) == 1


def test_archives_are_compared_by_their_parts() -> None:
    old = archive({"sheet.xml": "<a>3</a>", "docProps/core.xml": core("2024-01-01")}, 2024)
    new = archive({"sheet.xml": "<a>3</a>", "docProps/core.xml": core("2025-01-01")}, 2025)
    assert compared(old, new, "file a.xlsx") == ([], {ZIP_TIMES: 1, DATES: 1})
    found, _ = compared(old, archive({"sheet.xml": "<a>4</a>", "docProps/core.xml": core("2024-01-01")}, 2024), "file a.xlsx")
    assert [one.part for one in found] == ["file a.xlsx!sheet.xml"]
    found, _ = compared(old, archive({"sheet.xml": "<a>3</a>"}, 2024), "file a.xlsx")
    assert [one.part for one in found] == ["file a.xlsx!list of parts", "file a.xlsx!docProps/core.xml: only in OLD"]


def test_json_says_at_which_place() -> None:
    old, new = (f'{{"files": [{{"path": "a.txt", "findings": [{{"message": "{word}"}}]}}]}}'.encode() for word in ("必须改", "请核实"))
    found, _ = compared(old, new)
    assert found[0].lines[0] == "at .files[0] (a.txt).findings[0].message"


def test_a_format_that_one_has_not_is_said() -> None:
    there, missing = (
        Outcome(parts={"exit status": b"0", "standard output": b"x"}),
        Outcome(parts={"exit status": b"2", "standard error": b"no"}),
    )
    for old, new, word in ((missing, there, "only in NEW"), (there, missing, "only in OLD")):
        assert list(differences("check", old, new, (OLD, NEW), Tally())) == [Difference(command="check", part=word, lines=("no",))]
    assert missing.refused and not there.refused


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *map(str, words)], capture_output=True, text=True, encoding="utf-8")


def test_a_checkout_with_another_word_differs(tmp_path: Path) -> None:
    for name, word in (("old", "clean"), ("same", "clean"), ("new", "sound")):
        package = tmp_path / name / "validator"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("", encoding="utf-8")
        (package / "__main__.py").write_text(f"print({word!r})\n", encoding="utf-8")
        (tmp_path / name / "examples" / "county" / "reports").mkdir(parents=True)
        (tmp_path / name / "examples" / "reports").mkdir()
        (tmp_path / name / "examples" / "reports" / "a.txt").write_text("a", encoding="utf-8")
    same = run(tmp_path / "old", tmp_path / "same", "--only", "version")
    assert same.returncode == 0 and "0 differ, set aside: nothing" in same.stdout, same
    other = run(tmp_path / "old", tmp_path / "new", "--only", "version")
    assert other.returncode == 1 and "-clean" in other.stdout and "+sound" in other.stdout, other
    assert run(tmp_path / "old", tmp_path / "new", "--only", "no such command").returncode == 2
    assert run(tmp_path / "old", tmp_path).returncode == 2
