"""Bounds that a file reaches: told, with what was read; what was read is checked; time and memory are bounded on a child."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import support
from tests.readers.pdf.pdf_files import Sheet, pdf
from validator.base.limits import BUILT_IN, Limits, within
from validator.county.config import read_config
from validator.model import Document, FileResult, UnreadableError
from validator.pipeline.check_file import examine
from validator.pipeline.time_limit import TimeIsUp, limit_memory, timed
from validator.readers import read_documents
from validator.readers.archive import ArchiveWork, entries

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "cases" / "attack"
posix = pytest.mark.skipif(os.name != "posix", reason="timers and resource limits of POSIX")


def document(data: bytes, path: str, **bounds: int) -> Document:
    """The one document, read within bounds."""
    with within(Limits(**bounds)):
        (found,) = read_documents(data, path)
    return found


def reached(found: Document) -> list[object]:
    """The bounds that were reached."""
    return [item.detail["bound"] for item in found.observations if item.code == "limit-reached"]


def docx(body: str) -> bytes:
    """A Word file of that body."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        file.writestr("word/document.xml", f'<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>')
        file.writestr("[Content_Types].xml", "<Types/>")
    return packed.getvalue()


TEXT = {
    "a.txt": "甲乙丙丁\n".encode() * 60,
    "a.md": "甲乙丙丁\n\n".encode() * 60,
    "a.html": ("<html><body>" + "<p>甲乙丙丁</p>" * 60 + "</body></html>").encode(),
    "a.docx": docx("<w:p><w:r><w:t>甲乙丙丁</w:t></w:r></w:p>" * 60),
}
CELLS = {
    "a.txt": "甲\t乙\t丙\n".encode() * 60,
    "a.md": ("|甲|乙|丙|\n|-|-|-|\n" + "|1|2|3|\n" * 60).encode(),
    "a.html": ("<html><body><table>" + "<tr><td>甲</td><td>乙</td><td>丙</td></tr>" * 60 + "</table></body></html>").encode(),
    "a.docx": docx("<w:tbl>" + "<w:tr>" + "<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>" * 3 + "</w:tr>" * 1 + "</w:tbl>") and
    docx("<w:tbl>" + ("<w:tr>" + "<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>" * 3 + "</w:tr>") * 60 + "</w:tbl>"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXT)
def test_characters_and_paragraphs(name: str) -> None:
    assert reached(document(TEXT[name], name)) == []
    few = document(TEXT[name], name, characters=101)
    assert reached(few) == ["characters"] and 10 <= len(few.blocks) <= 25 and sum(len(block.text) for block in few.blocks) <= 101
    short = document(TEXT[name], name, paragraphs=10)
    assert reached(short) == ["paragraphs"] and len(short.blocks) == 10


@pytest.mark.parametrize("name", CELLS)
def test_cells(name: str) -> None:
    assert reached(document(CELLS[name], name)) == []
    few = document(CELLS[name], name, cells=10)
    assert reached(few) == ["cells"] and len(few.blocks) == 10


def test_pages() -> None:
    data = pdf([Sheet().text(74, 100, f"第{number}张") for number in "一二三四"])
    assert reached(document(data, "a.pdf")) == []
    few = document(data, "a.pdf", pages=2)
    assert reached(few) == ["pages"] and {block.page for block in few.blocks} == {1, 2}


@pytest.mark.parametrize("name", TEXT)
def test_bytes(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        document(TEXT[name], name, bytes=100)
    assert caught.value.reason == "too-large"


# ------------------------------------------------------------------------------------------------ told


def examined(text: str, **bounds: int) -> FileResult:
    """The result of a text, read within bounds."""
    with within(Limits(**bounds)):
        (result,) = examine(text.encode(), "a.txt", support.book())
    return result


def test_what_was_read_is_checked_and_the_rest_is_told() -> None:
    text = support.base().replace("\t0\t0\t0\n", "\t0\t0\t1O\n", 1)
    result = examined(text + "\n多余的话。" * 3000, characters=len(text) + 100)
    told = {finding.rule for finding in result.findings}
    assert {"input.unreadable", "table.unreadable"} <= told and result.status == "unreadable"
    message = next(finding.message["zh"] for finding in result.findings if finding.rule == "input.unreadable")
    assert str(len(text) + 100) in message and "其余没有读" in message
    from validator.model import Run
    from validator.reporters import Options, render

    book = support.book()
    run = Run(files=(result,), rules={rule.id: rule for rule in book.rules}, fingerprint=book.fingerprint)
    shown = str(render("text", run, Options()))
    assert "未能读取" in shown and "table.unreadable" in shown and "input.unreadable" in shown
    assert run.exit_status == 2


def test_a_report_in_the_unread_rest_is_never_passed_over() -> None:
    result = examined("别的话。\n" * 300 + support.base(), characters=1000)
    assert [finding.rule for finding in result.findings] == ["input.unreadable"] and "1000" in result.findings[0].message["zh"]


# ------------------------------------------------------------------------------------------------ archives


def _overlapping(count: int) -> bytes:
    """A zip whose directory names the same entry again and again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("0.txt", b"1" * 100_000)
        (info,) = file.infolist()
        for number in range(1, count):
            again = zipfile.ZipInfo(f"{number}.txt")
            for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(again, name, getattr(info, name))
            file.filelist.append(again)
            file.NameToInfo[again.filename] = again
    return packed.getvalue()


def test_entries_upon_the_same_bytes_are_refused_before_one_is_unpacked() -> None:
    assert [name for name, _ in entries(_overlapping(1), "包.zip")] == ["包.zip/0.txt"]
    work = ArchiveWork()
    with pytest.raises(UnreadableError) as caught:
        list(entries(_overlapping(2), "包.zip", work=work))
    assert caught.value.reason == "overlapping-entries" and work.left == BUILT_IN.archive_work


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared attack files are not here")
def test_the_overlapping_entries_that_were_sent() -> None:
    work = ArchiveWork()
    with pytest.raises(UnreadableError):
        list(entries((SHARED / "overlapping-entries.zip").read_bytes(), "包.zip", work=work))
    assert work.left == BUILT_IN.archive_work


def test_the_work_of_a_run_is_bounded_over_all_its_zips(tmp_path: Path) -> None:
    for name in "ab":
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as file:
            file.writestr("1.txt", support.base())
    (tmp_path / "n.yaml").write_text(f"limits: {{archive_work: {len(support.base().encode()) + 10}}}\n", encoding="utf-8")
    done = run(tmp_path, "check", "a.zip", "b.zip", "--config", "n.yaml", "--format", "json", "--jobs", "1")
    files = {file["path"]: file for file in json.loads(done.stdout)["files"]}
    assert files["a.zip/1.txt"]["status"] != "unreadable" and done.returncode == 2
    assert [finding["rule"] for finding in files["b.zip/1.txt"]["findings"]] == ["input.unreadable"]


# ------------------------------------------------------------------------------------------------ time and memory


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`nianbao` in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-P", "-m", "validator", *words, "--no-cache"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)


@posix
def test_time_is_up_even_where_mistakes_are_swallowed() -> None:
    turns = 0
    with pytest.raises(TimeIsUp), timed(0.2):
        while True:
            try:
                turns += sum(range(1000))
            except Exception:  # noqa: BLE001 -- as code that tries something may
                turns += 1
    with timed(1000):
        assert turns


@posix
def test_a_child_of_little_memory_gets_a_memory_error() -> None:
    lines = ("limit_memory(600 << 20)", "try: bytearray(900 << 20)", "except MemoryError: print('told')")
    program = "\n".join(("from validator.pipeline.time_limit import limit_memory", *lines))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-P", "-c", program], env=environment, capture_output=True, text=True, timeout=300)
    assert done.stdout == "told\n" and limit_memory


@posix
def test_a_file_that_takes_too_much_memory_or_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.pipeline import check_file
    from validator.pipeline.inputs import InputFile
    from validator.pipeline.run import RunOptions, check_one_file

    def told(trouble: BaseException) -> list[str]:
        def fail(*_: object, **__: object) -> None:
            raise trouble

        monkeypatch.setattr(check_file, "read_documents", fail)
        done = check_one_file(InputFile(path="a.txt", data=b"1", walked=False), support.book(), RunOptions())
        assert not done.broken and done.results[0].status == "unreadable"
        return [finding.message["zh"] for finding in done.results[0].findings]

    assert told(MemoryError()) == ["读这份文件要的内存太多，已停下"]
    assert told(TimeIsUp()) == ["读了太久，已停下"]


@posix
def test_a_page_of_eleven_million_characters_in_a_gigabyte(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in support.base().split("\n"))
    (tmp_path / "a.html").write_text(
        f"<html><body>{paragraphs}{'<p>' + '我镇继续做好公开工作。' * 50 + '</p>'}"
        + ("<p>" + "我镇继续做好公开工作。" * 50 + "</p>") * 20_000,
        encoding="utf-8",
    )
    program = (
        "import resource,runpy,sys; resource.setrlimit(resource.RLIMIT_AS,(1<<30,1<<30)); sys.argv[0]='nianbao'; "
        "runpy.run_module('validator', run_name='__main__')"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-P", "-c", program, "check", "a.html", "--no-cache", "--format", "json"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)
    (file,) = json.loads(done.stdout)["files"]
    assert done.returncode == 2 and {finding["rule"] for finding in file["findings"]} >= {"input.unreadable"}
    assert file["year"] == 2023 and file["checked"]["pass"] > 50


# ------------------------------------------------------------------------------------------------ nianbao.yaml


def mistakes(folder: Path, text: str, *, named: bool = False) -> list[str]:
    """What is said of a nianbao.yaml."""
    (folder / "nianbao.yaml").write_text(text, encoding="utf-8")
    return [problem.text["zh"] for problem in read_config(folder / "nianbao.yaml", named=named)[2].problems]


def test_a_file_beside_the_reports_may_only_lower(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "limits: {characters: 300000}") == []
    config = read_config(tmp_path / "nianbao.yaml")[0]
    assert config is not None and config.limits == Limits(characters=300_000)
    (told,) = mistakes(tmp_path, "limits: {characters: 500001}")
    assert "--config" in told
    assert mistakes(tmp_path, "limits: {characters: 500001}", named=True) == []


@pytest.mark.parametrize(
    "text", ["{charcters: 3}", "{characters: 0}", "{cells: -1}", "{cells: 1.5}", "{cells: x}", "{memory: 1000}", "[3]"]
)
def test_bounds_that_are_none(tmp_path: Path, text: str) -> None:
    assert len(mistakes(tmp_path, f"limits: {text}", named=True)) == 1


def test_nianbao_config_tells_them(tmp_path: Path) -> None:
    (tmp_path / "nianbao.yaml").write_text("limits: {paragraphs: 10}\n", encoding="utf-8")
    done = run(tmp_path, "config")
    assert "paragraphs: 10" in done.stdout and "nianbao.yaml:1" in done.stdout


def test_they_reach_every_reader_and_worker(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(support.base(), encoding="utf-8")
    (tmp_path / "nianbao.yaml").write_text("limits: {paragraphs: 10}\n", encoding="utf-8")
    done = run(tmp_path, "check", "a.txt", "b.txt", "c.txt", "--jobs", "2", "--format", "json")
    assert [any(f["rule"] == "input.unreadable" for f in file["findings"]) for file in json.loads(done.stdout)["files"]] == [True] * 3
