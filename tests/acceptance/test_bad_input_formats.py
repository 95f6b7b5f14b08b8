"""Bad inputs and bad outputs in every format: a clear sentence or a sound result that its consumer reads, and nothing lost."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import sys
import time
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from lxml import etree, html

from tests.acceptance.mutation.sound import sound
from tests.acceptance.mutation.writers import docx as word_file
from tests.readers.test_detect_format import SAMPLES
from tests.support import ROOT, base
from validator.cli import main as cli
from validator.cli import output_stream, replace_file
from validator.reporters import COPIES, REPORTERS
from validator.reporters.docx.writer import written_by_us

FORMATS = [*REPORTERS, *COPIES]
SOUND = base()
#: What steers a terminal, ends a text or is no character at all; a tab and a line's end are sound.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_TURNED = "\u202e"


# ------------------------------------------------------------------------------------------------ consumers


def _xml(data: bytes) -> str:
    root = etree.fromstring(data)
    return "".join([*root.itertext(), *(value for element in root.iter() for value in element.attrib.values())])


def _page(data: bytes) -> str:
    return "".join(html.document_fromstring(data.decode("utf-8")).itertext())


def _table(data: bytes) -> str:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    return "\n".join(cell for row in rows for cell in row)


def _workbook(data: bytes) -> str:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    return "\n".join(str(cell.value) for cell in cells if cell.value is not None)


def _notes(data: bytes) -> str:
    from docx import Document as WordDocument

    assert written_by_us(data)
    return "\n".join(comment.text for comment in WordDocument(io.BytesIO(data)).comments)


def _json(data: bytes) -> str:
    return json.dumps(json.loads(data), ensure_ascii=False)


#: Who reads a format: bytes → all its text. The others are plain text.
CONSUMERS: dict[str, Callable[[bytes], str]] = {
    "json": _json,
    "sarif": _json,
    "gitlab": _json,
    "junit": _xml,
    "csv": _table,
    "xlsx": _workbook,
    "html": _page,
    "docx": _notes,
}


def consumed(format: str, data: bytes) -> str:
    """The text of a result as its consumer reads it; nothing in it steers a terminal."""
    text = CONSUMERS.get(format, bytes.decode)(data)
    if format not in ("json", "sarif", "gitlab"):  # JSON holds every character, as an escape
        assert not _STEERING.search(text), ascii(_STEERING.findall(text))
    return text


# ------------------------------------------------------------------------------------------------ running


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@cache
def faulty() -> bytes:
    """A Word report with a part's heading gone."""
    return word_of(SOUND.replace(HEADING, ""))


def word_of(text: str) -> bytes:
    """A Word report of these lines."""
    from docx import Document as WordDocument

    made, held = WordDocument(), io.BytesIO()
    for line in text.splitlines():
        made.add_paragraph(line)
    made.save(held)
    return held.getvalue()


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run a check whose result goes to a file; its status and what it said on standard error, which is all it said."""

    def run(*words: str) -> tuple[int, str]:
        status = cli.main(["check", *words])
        told = capsys.readouterr()
        assert told.out == "" and "Traceback" not in told.err and "程序出错" not in told.err and "the program failed" not in told.err
        assert not _STEERING.search(told.err), ascii(told.err)
        return status, told.err

    return run


# ------------------------------------------------------------------------------------------------ outputs


def _beneath_a_file(folder: Path) -> str:
    (folder / "文件").write_text("x", encoding="utf-8")
    return "文件/结果"


def _long(folder: Path) -> str:
    return "长" * 300


def _input(folder: Path) -> str:
    return "报告.docx"


def _input_by_another_name(folder: Path) -> str:
    os.link(folder / "报告.docx", folder / "同一个.docx")
    return "同一个.docx"


def _foreign(folder: Path) -> str:
    (folder / "别人的.docx").write_bytes(word_file(sound(2, form="2021")))
    return "别人的.docx"


#: Where a result cannot go, and what is said of it in both languages.
TARGETS: dict[str, tuple[Callable[[Path], str], str, str]] = {
    "beneath a file": (_beneath_a_file, "写不了", "cannot write"),
    "a name too long": (_long, "名称太长", "too long"),
    "the input": (_input, "要检查的文件", "is an input"),
    "the input by another name": (_input_by_another_name, "要检查的文件", "is an input"),
    "a docx of others": (_foreign, "不能覆盖", "is not overwritten"),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("case", TARGETS)
def test_where_a_result_cannot_go(case: str, format: str, folder: Path, check: Callable[..., tuple[int, str]]) -> None:
    (folder / "报告.docx").write_bytes(faulty())
    make, zh, en = TARGETS[case]
    target = make(folder)
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    for language, words in (("zh", zh), ("en", en)) if format in ("json", "docx") else (("zh", zh),):
        status, told = check("报告.docx", "--format", format, "--output", target, "--lang", language)
        assert status == 2 and words in told and len(told.splitlines()) == 1
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


#: What a run reads beside the reports: the words that name it, and the file.
READ = {
    "settings": ((), "nianbao.yaml"),
    "settings by name": (("--config", "别的.yaml"), "别的.yaml"),
    "last year's report": (("--against", "上年.txt"), "上年.txt"),
    "rules": (("--rules", "规则"), "规则/own.yaml"),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("case", READ)
def test_what_a_run_reads_is_not_overwritten(case: str, format: str, folder: Path, check: Callable[..., tuple[int, str]]) -> None:
    words, target = READ[case]
    (folder / "报告.docx").write_bytes(word_of(SOUND.replace(HEADING, "")))
    (folder / "上年.txt").write_text(SOUND.replace("2023", "2022"), encoding="utf-8")
    (folder / "规则").mkdir()
    rule = (ROOT / "rules" / "contact" / "missing-email.yaml").read_text(encoding="utf-8")
    (folder / "规则" / "own.yaml").write_text(rule.replace("contact.missing-email", "local.own"), encoding="utf-8")
    for name in ("nianbao.yaml", "别的.yaml"):
        (folder / name).write_text("county: 云岭县\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    status, told = check("报告.docx", "--format", format, "--output", target, *words)
    assert status == 2 and "不能覆盖" in told and len(told.splitlines()) == 1, told
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


#: How the system refuses, and what is said. Whoever runs the tests may write everywhere, so the refusals are made.
REFUSALS = {
    ("write", errno.EROFS): ("磁盘是只读的", "the disk is read-only"),
    ("write", errno.ENOSPC): ("磁盘满了", "the disk is full"),
    ("replace", errno.EACCES): ("没有权限", "permission denied"),
}


def _opening(write: Callable[..., None]) -> Callable[..., object]:
    """An `open` whose new files are there and cannot be written into."""

    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            write(data)
            return 0

    def opened(name: str, mode: str) -> object:
        return Path(name).touch() or Full() if "x" in mode else open(name, mode)

    return opened


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("step", "code"), REFUSALS)
def test_an_output_that_the_system_refuses(
    step: str, code: int, format: str, folder: Path, check: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read-only folder, a full disk: the result of the run before stands as it was, and no draft is left."""
    (folder / "报告.docx").write_bytes(faulty())
    assert check("报告.docx", "--format", format, "--output", "结果.x")[0] == 1
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    if step == "replace":
        monkeypatch.setattr(output_stream.os, "replace", refuse)
    else:
        monkeypatch.setattr(replace_file, "open", _opening(refuse), raising=False)
    for language, words in list(zip(("zh", "en"), REFUSALS[step, code], strict=True))[: 2 if format == "json" else 1]:
        status, told = check("报告.docx", "--format", format, "--output", "结果.x", "--lang", language)
        assert status == 2 and words in told and "结果.x" in told and len(told.splitlines()) == 1
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("format", FORMATS)
def test_a_read_only_folder(format: str, folder: Path, check: Callable[..., tuple[int, str]]) -> None:
    if sys.platform != "linux":
        pytest.skip("there is no folder here in which nobody may write")
    (folder / "报告.docx").write_bytes(faulty())
    status, told = check("报告.docx", "--format", format, "--output", "/proc/结果")
    assert status == 2 and "写不了" in told


@pytest.mark.parametrize("format", FORMATS)
def test_its_own_outputs_are_replaced_in_one_step(
    format: str, folder: Path, check: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "报告.docx").write_bytes(faulty())
    steps, real = [], os.replace
    monkeypatch.setattr(output_stream.os, "replace", lambda old, new: (steps.append((Path(old).exists(), Path(new).name)), real(old, new)))
    made = []
    for _ in range(2):
        assert check("报告.docx", "--format", format, "--output", "结果.x")[0] == 1
        made.append((folder / "结果.x").read_bytes())
    # the first is put where nothing stands, which replaces nothing; what the program itself remembers is beside the point
    assert made[0] == made[1] and [step for step in steps if step[1] == "结果.x"] == [(True, "结果.x")]
    assert sorted(path.name for path in folder.iterdir()) == ["报告.docx", "结果.x"]
    assert consumed(format, made[0])


# ------------------------------------------------------------------------------------------------ inputs

HOSTILE = "甲\x00乙\x1b[31m\x1b]8;;http://x.example\x07丙\x0b\x9b2J\u202e丁\ufffe"
HEADING = "三、收到和处理政府信息公开申请情况"


def spoilt(words: str) -> str:
    """The sound report with these words in its title, a heading, a paragraph and a cell, and with a fault."""
    text = SOUND.replace(HEADING, f"三、收到{words}申请情况").replace("青石镇", f"青石{words}镇")
    return text.replace("\t0\t", f"\t0{words}\t", 3).replace("一、总体情况\n", f"一、总体情况\n{words}手机13800000000\n")


def _control(folder: Path) -> str:
    (folder / "报告.txt").write_bytes(spoilt(HOSTILE).encode())
    return "报告.txt"


def _surrogates(folder: Path) -> str:
    (folder / "报告.txt").write_bytes(spoilt("甲\ud800乙\udfff").encode("utf-16-le", "surrogatepass"))
    return "报告.txt"


def _surrogates_in_utf8(folder: Path) -> str:
    (folder / "报告.txt").write_bytes(spoilt("甲\ud800乙").encode("utf-8", "surrogatepass"))
    return "报告.txt"


def _entities(folder: Path) -> str:
    words = "甲&#0;乙&#27;[31m&#xD800;丙&#x202E;丁&#xFFFE;&#x110000;"
    text = "".join(f"<p>{line}</p>" for line in spoilt("占位").splitlines())
    (folder / "报告.html").write_text(f"<html><body>{text}</body></html>".replace("占位", words), encoding="utf-8")
    return "报告.html"


def _long_text(folder: Path) -> str:
    (folder / "报告.txt").write_text(spoilt("长" * 40_000), encoding="utf-8")
    return "报告.txt"


def _code(folder: Path) -> str:
    words = "<script>alert(1)</script>]]>&amp;{{ 7*7 }}%0A::error::x\"'=1+1"
    (folder / "报告.txt").write_text(spoilt(words), encoding="utf-8")
    return "报告.txt"


def _formula_name(folder: Path) -> str:
    (folder / "=1+1,'\"&<%.txt").write_text(spoilt("甲"), encoding="utf-8")
    return "=1+1,'\"&<%.txt"


def _steering_name(folder: Path) -> str:
    name = f"报\x1b[31m\n告{_TURNED}.txt"
    (folder / name).write_text(spoilt("甲"), encoding="utf-8")
    return name


def _name_that_is_no_text(folder: Path) -> str:
    name = os.fsdecode(b"\xff\xfe.txt")
    (folder / name).write_text(spoilt("甲"), encoding="utf-8")
    return name


def _hostile_settings(folder: Path) -> str:
    (folder / "报告.txt").write_text(spoilt("甲"), encoding="utf-8")
    words = r"云\u0000岭\u001b[31m县\u202e\ufffe"
    (folder / "nianbao.yaml").write_text(
        f'county: "{words}"\nyears: [2023]\nroster:\n  - {{name: "青{words}镇人民政府", kind: township, aliases: ["{words}"]}}\n'
        f'waivers:\n  - {{rule: contact.missing-email, path: "{words}.txt", reason: "{words}"}}\n',
        encoding="utf-8",
    )
    return "报告.txt"


def test_settings_that_are_no_text_are_refused_with_their_line(folder: Path, check: Callable[..., tuple[int, str]]) -> None:
    (folder / "报告.txt").write_text(SOUND, encoding="utf-8")
    for words in (r'county: "a\ud800"', 'county: "a\x1b"', "county: \x00"):
        (folder / "nianbao.yaml").write_text(words, encoding="utf-8")
        status, told = check("报告.txt", "--output", "out")
        assert status == 2 and told.startswith("nianbao.yaml:1: ") and not (folder / "out").exists()


INPUTS: dict[str, Callable[[Path], str]] = {
    "control characters": _control,
    "lone surrogates in UTF-16": _surrogates,
    "lone surrogates in UTF-8": _surrogates_in_utf8,
    "entities of no characters": _entities,
    "40,000 characters": _long_text,
    "code": _code,
    "a name that is a formula": _formula_name,
    "a name that steers the terminal": _steering_name,
    "a name that is no text": _name_that_is_no_text,
    "settings with odd characters": _hostile_settings,
}


@pytest.mark.skipif(os.name == "nt", reason="such names are not for Windows")
@pytest.mark.parametrize("format", REPORTERS)
@pytest.mark.parametrize("case", INPUTS)
def test_odd_inputs(case: str, format: str, folder: Path, check: Callable[..., tuple[int, str]]) -> None:
    name = INPUTS[case](folder)
    other = folder / "好.txt"
    other.write_text(SOUND, encoding="utf-8")
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    status, told = check("--format", format, "--output", "out", "--", name, "好.txt")
    assert status in (1, 2) and len(told.splitlines()) <= 2
    text = consumed(format, (folder / "out").read_bytes())
    assert "青石" in text or format in ("github", "gitlab")  # which have no place for a report without findings
    assert "13800000000" not in text
    assert {path: path.read_bytes() for path in kept} == kept


@pytest.mark.skipif(os.name == "nt", reason="such names are not for Windows")
@pytest.mark.parametrize("case", INPUTS)
def test_odd_inputs_read(case: str, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    name = INPUTS[case](folder)
    for format in ("json", "csv"):
        status = cli.main(["read", "--format", format, "--", name])
        out, err = capsysbinary.readouterr()
        assert status in (0, 2) and b"Traceback" not in err and "程序出错" not in err.decode()
        assert not out or (json.loads(out) if format == "json" else out.decode())


def _commented(data: bytes) -> bytes:
    from docx import Document as WordDocument

    document, held = WordDocument(io.BytesIO(data)), io.BytesIO()
    document.add_comment(next(line.runs for line in document.paragraphs if line.runs), text="请领导阅示", author="李四", initials="L")
    document.save(held)
    return held.getvalue()


def _changed(data: bytes) -> bytes:
    new = '<w:ins w:id="1" w:author="a"><w:r><w:t>补充</w:t></w:r></w:ins>'
    old = '<w:del w:id="2" w:author="a"><w:r><w:delText>删</w:delText></w:r></w:del>'
    paragraph = f"<w:body><w:p>{new}{old}</w:p>".encode()
    return _edited(data, {"word/document.xml": lambda text: text.replace(b"<w:body>", paragraph, 1)})


def _signed(data: bytes) -> bytes:
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    link = f'<Relationship Id="s" Type="{kind}" Target="_xmlsignatures/origin.sigs"/></Relationships>'.encode()
    return _edited(data, {"_rels/.rels": lambda text: text.replace(b"</Relationships>", link)}, {"_xmlsignatures/origin.sigs": b""})


def _edited(data: bytes, edits: dict[str, Callable[[bytes], bytes]], more: dict[str, bytes] | None = None) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(held, "w") as after:
        for name in before.namelist():
            after.writestr(name, edits.get(name, bytes)(before.read(name)))
        for name, text in (more or {}).items():
            after.writestr(name, text)
    return held.getvalue()


#: Word files → what a result says of them (None: nothing is to be said), and the status.
WORD: dict[str, tuple[Callable[[], bytes], str | None, int]] = {
    "comments": (lambda: _commented(faulty()), "批注", 1),
    "tracked changes": (lambda: _changed(faulty()), "修订", 1),
    "a signature": (lambda: _signed(faulty()), None, 1),
    "a password": (lambda: SAMPLES["encrypted"], "加了密码", 2),
    "40,000 characters": (lambda: word_of(spoilt("长" * 40_000)), None, 1),
    "half a file": (lambda: faulty()[:2000], "已损坏", 2),
    "an empty file": (lambda: b"", "空的", 2),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("case", WORD)
def test_odd_word_files(case: str, format: str, folder: Path, check: Callable[..., tuple[int, str]]) -> None:
    make, words, expected = WORD[case]
    data = make()
    (folder / "报告.docx").write_bytes(data)
    status, told = check("报告.docx", "--format", format, "--output", "out")
    assert status == expected and (folder / "报告.docx").read_bytes() == data
    if format in COPIES and status == 2:
        assert words and words in told and not (folder / "out").exists()
        return
    text = consumed(format, (folder / "out").read_bytes())
    assert words is None or words in text


@pytest.mark.parametrize("word", ["长", "a", "一", "收到申请5件，"])
def test_a_text_without_a_full_stop_takes_no_long_time(word: str, folder: Path, check: Callable[..., tuple[int, str]]) -> None:
    """Forty thousand characters of one word, four thousand of counted applications: a second or two, where it was most of a minute.

    Held against a quarter of it, whatever the machine: four times the text takes about four times as long, not sixteen times."""
    long = 40_000 if len(word) == 1 else 4_000

    def taken(length: int) -> float:
        (folder / "报告.txt").write_text(spoilt(word * (length // len(word))), encoding="utf-8")
        began = time.process_time()
        assert check("报告.txt", "--format", "json", "--output", "out", "--no-cache")[0] == 1
        return time.process_time() - began

    taken(100)  # what is imported and compiled once
    assert taken(long) < 9 * taken(long // 4)
