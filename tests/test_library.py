"""The public interface: what is given and what comes back, the same as the command's JSON, and that nothing else happens."""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import validator
from tests.support import ROOT, base
from validator import library
from validator.cli import main as cli
from validator.model import Run
from validator.reporters import Options
from validator.reporters.machine.json import result as as_json

REPORTS = ROOT / "examples" / "reports"
COUNTY = ROOT / "examples" / "county"
EXAMPLES = sorted(path.relative_to(ROOT).as_posix() for path in REPORTS.iterdir() if not path.name.endswith(".expected.json"))
THIS, LAST = COUNTY / "reports" / "2024" / "青石镇.docx", COUNTY / "reports" / "2023" / "青石镇.docx"


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder is the project's, as in the examples of the documentation."""
    monkeypatch.chdir(ROOT)


def shown(results: list[validator.FileResult]) -> Any:
    """Results as the command writes them."""
    run = Run(files=tuple(results), rules={}, fingerprint="")
    return json.loads(json.dumps(as_json(run, Options(version=validator.__version__))["files"]))


@pytest.mark.usefixtures("root")
def test_results_are_those_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    for path in (*EXAMPLES, "examples/county/reports/2023/水利局.html", "examples/county/reports/2024/财政局.pdf"):
        cli.main(["check", "--format", "json", path])
        assert shown(validator.check(path)) == json.loads(capsys.readouterr().out)["files"], path
        cli.main(["read", path])
        assert [report_data(report) for report in validator.read(path)] == json.loads(capsys.readouterr().out)["reports"], path


def report_data(report: validator.ReadReport) -> Any:
    """A report as `nianbao read` writes it: a part and marks only where there are some."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        if isinstance(value, tuple):
            return [plain(inner) for inner in value]
        if hasattr(value, "__dataclass_fields__"):
            names = [name for name in value.__dataclass_fields__ if (name, getattr(value, name)) not in (("part", None), ("mark", None))]
            return {name: plain(getattr(value, name)) for name in names if name != "problem"}
        return value

    return plain(report)


def test_bytes_and_a_path_give_the_same() -> None:
    path = REPORTS / "faulty-2021-tab-sums.txt"
    assert shown(validator.check(path.read_bytes(), name=str(path))) == shown(validator.check(path)) == shown(validator.check(str(path)))
    assert validator.check(path.read_bytes())[0].path == "report"


def test_unit_and_year_where_the_text_does_not_say() -> None:
    data = base().replace("云岭县水利局", "本局").encode()
    [result] = validator.check(data, unit=" 云岭县水利局 ", year=2023)
    assert (result.unit, result.unit_from, result.year, result.year_from) == ("云岭县水利局", "option", 2023, "option")
    assert (result.kind, result.level) == ("department", "county")


def test_last_years_report_as_path_bytes_or_one_of_several() -> None:
    skipped = {each.rule for each in validator.check(THIS)[0].skipped}
    assert "series.carried-over" in skipped
    compared = [validator.check(THIS, against=given) for given in (LAST, LAST.read_bytes(), [REPORTS / "faulty-2021-tab-sums.txt", LAST])]
    assert shown(compared[0]) == shown(compared[1]) == shown(compared[2])
    assert "series.carried-over" not in {each.rule for each in compared[0][0].skipped}
    with pytest.raises(validator.NianbaoError, match="2023") as caught:
        validator.check(THIS, against=THIS)
    assert "2023" in caught.value.text["zh"]


def test_a_finding_of_last_years_report_is_the_commands(run) -> None:  # type: ignore[no-untyped-def]
    ran = run("check", "--no-cache", "--format", "json", THIS, "--against", LAST)
    assert shown(validator.check(THIS, against=LAST)) == json.loads(ran.out)["files"]


CONFIG = """
county: 云岭县
roster: [{name: 云岭县水利局, kind: department}]
rules: {ignore: [identity], severity: {totals.balance: note}}
paths: [{path: report.txt, severity: {contact.missing-details: note}}, {path: b.txt, severity: {contact.missing-email: note}}]
waivers: [{rule: totals.results, unit: 云岭县水利局, reason: 已备案}]
"""


def test_a_nianbao_yaml_holds_where_it_is_named_and_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "nianbao.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    report = tmp_path / "report.txt"
    report.write_bytes((REPORTS / "faulty-2021-tab-sums.txt").read_bytes())
    monkeypatch.chdir(tmp_path)
    [bare], [result] = validator.check(report.name), validator.check(report.name, config=path)
    assert {"identity.stale-year", "totals.results"} <= {finding.rule for finding in bare.findings} and not bare.waived
    assert {finding.rule: finding.severity.value for finding in result.findings}["totals.balance"] == "note"
    assert not [finding for finding in result.findings if finding.category == "identity"]
    [waived] = result.waived
    assert (waived.rule, waived.reason, waived.message) == ("totals.results", "已备案", waived.finding.message)
    assert shown([result]) == json.loads(run("check", "--no-cache", "--format", "json", "--config", path, report.name).out)["files"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rules: {ignore: [no.such-rule]}", "no.such-rule"),
        ("unit: 水利局", "unit"),
        ("[1", "nianbao.yaml:"),
        ("rules: {pack: nobody}", "nobody"),
        ("baseline: gone.json", "gone.json"),
    ],
)
def test_a_wrong_nianbao_yaml_is_one_sentence_in_each_language(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "nianbao.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((validator.NianbaoError, FileNotFoundError)) as caught:
        validator.check(base().encode(), config=path)
    assert words in str(caught.value)
    if isinstance(caught.value, validator.NianbaoError):
        assert words in caught.value.text["zh"] and str(caught.value) == caught.value.text["en"]


def test_what_cannot_be_opened_or_is_no_unit_is_raised(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.txt", tmp_path):
        with pytest.raises(OSError, match=re.escape(str(path))):
            validator.check(path)
    with pytest.raises(FileNotFoundError):
        validator.check(base().encode(), config=tmp_path / "gone.yaml")
    for wrong in ({"unit": " "}, {"year": 23}):
        with pytest.raises(validator.NianbaoError):
            validator.check(base().encode(), **wrong)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        validator.no_such_name  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.txt"),
        (b"%PDF-1.4 torn", "a.pdf"),
        ("会议纪要".encode(), "a.txt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc"),
    ],
)
def test_what_cannot_be_read_is_a_result(data: bytes, name: str) -> None:
    [result] = validator.check(data, name=name)
    assert result.status == "unreadable" and result.findings[0].unread and result.unit is None
    [report] = validator.read(data, name=name)
    assert report.problem == result.findings[0].message and report.contact is None and not report.figures


WATCHED = """
import os, sys
from pathlib import Path
import validator
happened = []
def watch(event, arguments):
    if event in ("subprocess.Popen", "os.fork", "os.posix_spawn", "os.exec", "os.system", "socket.connect"):
        happened.append((event, arguments[:1]))
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        happened.append((event, arguments[:2]))
    if event in ("os.mkdir", "os.rename", "os.remove"):
        happened.append((event, arguments[:1]))
sys.dont_write_bytecode = True
sys.addaudithook(watch)
for path in sys.argv[1:]:
    validator.check(path), validator.read(path)
validator.check(sys.argv[1], against=sys.argv[2]), validator.rules()
pdf = Path(sys.argv[-1]).read_bytes() + b"/Encrypt"
assert validator.check(pdf)[0].status == "unreadable"
assert validator.check(b"{\\\\rtf1 a}", name="a.rtf")[0].status == "unreadable"
assert happened == [], happened
"""


def test_nothing_is_printed_written_or_started(tmp_path: Path) -> None:
    """Not even for a PDF or an old format that the command reads in a process of its own, nor where a nianbao.yaml lies about."""
    (tmp_path / "nianbao.yaml").write_text("[no settings", encoding="utf-8")
    places = {name: str(tmp_path / "cache") for name in ("XDG_CACHE_HOME", "LOCALAPPDATA")}
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | places
    paths = [str(THIS), str(LAST), str(COUNTY / "reports" / "2023" / "水利局.html"), str(COUNTY / "reports" / "2024" / "财政局.pdf")]
    words = [sys.executable, "-c", WATCHED, *paths]
    ran = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["nianbao.yaml"]


def test_other_programs_are_started_where_they_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("validator.readers.office.converter", lambda: asked.append("LibreOffice"))
    for processes in (False, True):
        [result] = validator.check(b"{\\rtf1 a}", name="a.rtf", processes=processes)
        assert result.status == "unreadable" and asked == ["LibreOffice"] * processes


def test_several_threads_may_call_at_once() -> None:
    path = REPORTS / "faulty-2021-tab-sums.txt"
    alone, together = shown(validator.check(path)), []
    threads = [threading.Thread(target=lambda: together.append(shown(validator.check(path)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [alone] * 4


def test_the_types_are_frozen_typed_and_marked_so() -> None:
    [result], [report] = validator.check(THIS, against=LAST), validator.read(THIS)
    for value in (
        result,
        result.findings[0],
        result.findings[0].location,
        report,
        report.contact,
        report.sections[0],
        validator.rules()[0],
    ):
        name = next(iter(type(value).__dataclass_fields__))
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)
    assert (ROOT / "validator" / "py.typed").is_file()
    for function in (validator.check, validator.read, validator.rules):
        assert "return" in get_type_hints(function)


def test_the_import_is_cheap_and_all_that_is_public_is_there() -> None:
    code = "import sys, validator; print([name for name in sys.modules if name.split('.')[0] in ('validator', 'lark', 'yaml', 'typing')])"
    ran = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "['validator']\n"
    assert validator.__all__ == library.__all__ == sorted(validator.__all__, key=lambda name: (name[0].islower(), name))
    assert all(getattr(validator, name).__doc__ for name in validator.__all__ if name != "Text")


def examples(page: str) -> Iterator[str]:
    """The Python blocks of a page."""
    yield from re.findall(r"^```python\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.usefixtures("root")
def test_the_examples_in_docstrings_run() -> None:
    ran = doctest.testmod(library)
    assert ran.attempted > 6 and ran.failed == 0


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("page", ["docs/python.md", "README.md", "README.zh-CN.md"])
def test_the_examples_on_pages_run(page: str) -> None:
    names: dict[str, Any] = {}
    blocks = list(examples(page))
    for block in blocks:
        exec(compile(block, page, "exec"), names)  # noqa: S102
    assert blocks and names["result"].status in ("findings", "unreadable")
