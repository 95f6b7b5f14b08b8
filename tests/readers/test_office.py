"""Conversion by LibreOffice: the real one where it is installed, a stand-in for what must not happen."""

from __future__ import annotations

import http.server
import os
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.readers.docx.word_files import docx, numbered, paragraph, zipped
from tests.readers.docx.word_files import level as _level
from tests.readers.docx.word_files import lists as _lists
from tests.support import BOUND, PATIENCE
from validator.model import Kind, UnreadableError
from validator.readers import office, read_documents
from validator.readers.run_with_timeout import run_bounded

RTF = (
    rb"{\rtf1\ansi\uc0 \u19968\u12289 \u24635\u20307\par "
    rb"\trowd\cellx2000\cellx4000\intbl a\cell 12\cell\row\trowd\cellx2000\cellx4000\intbl b\cell \cell\row\pard end\par}"
)
installed = pytest.mark.skipif(office.converter() is None, reason="LibreOffice is not installed")


def stand_in(folder: Path, body: str) -> Path:
    """A program that stands for LibreOffice: `body` is Python; `out` and `source` are its paths."""
    script = folder / "soffice.py"
    script.write_text(
        "import os, subprocess, sys, time\nfrom pathlib import Path\n"
        f"out, source = Path(sys.argv[sys.argv.index('--outdir') + 1]), Path(sys.argv[-1])\n{body}\n",
        encoding="utf-8",
    )
    if os.name == "nt":
        program = folder / "soffice.bat"
        program.write_text(f'@"{sys.executable}" "{script}" %*\n', encoding="ascii")
    else:
        program = folder / "soffice"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    return program


def reason(data: bytes, path: str = "a.doc") -> tuple[str, dict[str, object]]:
    """Why it cannot be read."""
    with pytest.raises(UnreadableError) as caught:
        office.read(data, path)
    return caught.value.reason, caught.value.detail


def test_without_libreoffice_the_clerk_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_usual_places", lambda: iter([tmp_path / "soffice"]))
    assert reason(RTF) == ("no-converter", {"format": "rtf"})


def test_it_is_found_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = stand_in(tmp_path, "")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = office.converter()
    assert found is not None and found.samefile(program)


def test_the_result_is_read_as_docx(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(docx(paragraph("一、总体情况")))
    program = stand_in(tmp_path, f"(out / 'report.docx').write_bytes(Path({str(tmp_path / 'made.docx')!r}).read_bytes())")
    monkeypatch.setattr(office, "converter", lambda: program)
    (document,) = read_documents(RTF, "年报.wps")
    assert (document.format, document.path, document.blocks[0].text, document.blocks[0].paragraph) == ("rtf", "年报.wps", "一、总体情况", 1)


def test_a_program_that_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "converter", lambda: stand_in(tmp_path, "sys.exit(0)"))
    assert reason(RTF)[0] == "not-converted"


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    mark = tmp_path / "beat"
    child = f"import time\nwhile True:\n    open({str(mark)!r}, 'a').write('x')\n    time.sleep(0.05)"
    program = stand_in(tmp_path, f"subprocess.Popen([sys.executable, '-c', {child!r}])\ntime.sleep({2 * PATIENCE})")
    for seconds in (1.5, 6, 24, 96):  # until the machine has let the child begin
        began = time.perf_counter()
        with pytest.raises(UnreadableError) as caught:
            office.converted(RTF, "rtf", program, seconds=seconds)
        assert (caught.value.reason, time.perf_counter() - began < seconds + BOUND) == ("time-limit", True)
        if mark.exists():
            break
    time.sleep(0.2)
    size = mark.stat().st_size
    time.sleep(0.4)
    assert size > 0 and mark.stat().st_size == size


def test_every_conversion_has_a_profile_and_a_folder_of_its_own(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.mkdir()
    (tmp_path / "made.docx").write_bytes(docx(paragraph("正文")))
    program = stand_in(
        tmp_path,
        f"(Path({str(log)!r}) / str(os.getpid())).write_text(sys.argv[1] + chr(10) + str(source))\ntime.sleep(0.3)\n"
        f"(out / 'report.docx').write_bytes(Path({str(tmp_path / 'made.docx')!r}).read_bytes())",
    )
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: office.converted(RTF, "rtf", program), range(4)))
    said = [file.read_text().split("\n") for file in log.iterdir()]
    assert len(made) == 4 and len({profile for profile, _ in said}) == 4 and len({source for _, source in said}) == 4
    assert all(profile.startswith("-env:UserInstallation=file:///") for profile, _ in said)


def test_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    with pytest.raises(UnreadableError):
        office.converted(RTF, "rtf", stand_in(tmp_path, "Path('x').write_text('x')"))
    assert list((tmp_path / "t").iterdir()) == []


def test_a_program_that_cannot_be_started(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        office.converted(RTF, "rtf", tmp_path / "missing")
    assert caught.value.reason == "no-converter"


def test_run_bounded_gives_the_status(tmp_path: Path) -> None:
    assert run_bounded([sys.executable, "-c", "raise SystemExit(3)"], PATIENCE, tmp_path) == 3
    with pytest.raises(TimeoutError):
        run_bounded([sys.executable, "-c", "import time; time.sleep(600)"], 0.5, tmp_path)


# ---------------------------------------------------------------------------------------------- the real one

_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)


def odt(body: str) -> bytes:
    """An odt."""
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    kind = "application/vnd.oasis.opendocument.text"
    entries = entry.format("/", kind) + entry.format("content.xml", "text/xml")
    return zipped(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}'
            "</manifest:manifest>",
            "content.xml": f'<office:document-content {_SPACES} office:version="1.2"><office:body><office:text>{body}'
            "</office:text></office:body></office:document-content>",
        }
    )


@installed
def test_rtf_for_real() -> None:
    (document,) = read_documents(RTF, "报告.doc")
    assert [(b.text, b.row, b.column) for b in document.blocks] == [
        ("一、总体", None, None), ("a", 1, 1), ("12", 1, 2), ("b", 2, 1), ("", 2, 2), ("end", None, None),
    ]  # fmt: skip
    assert document.format == "rtf"


@installed
def test_lists_survive_a_real_conversion(tmp_path: Path) -> None:
    numbering = _lists(_level(0, "chineseCounting", "%1、"), _level(1, "decimal", "%2."))
    source = docx(numbered("总体情况") + numbered("主动公开", 1, 1), numbering=numbering)
    (tmp_path / "a.docx").write_bytes(source)
    program = office.converter()
    assert program is not None
    office._settle(tmp_path / "profile")
    command = [part.replace("docx:MS Word 2007 XML", "doc:MS Word 97") for part in office._command(program, tmp_path, tmp_path / "a.docx")]
    run_bounded(command, 60, tmp_path)
    (document,) = read_documents((tmp_path / "out" / "a.doc").read_bytes(), "a.wps")
    assert (document.format, [b.text for b in document.blocks]) == ("doc", ["一、总体情况", "1.主动公开"])


@installed
def test_links_are_not_followed(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    (tmp_path / "secret.txt").write_text("密文", encoding="utf-8")
    with http.server.HTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site = f"http://127.0.0.1:{server.server_port}"
        section = '<text:section text:name="{0}"><text:section-source xlink:href="{1}"/><text:p>旧{0}</text:p></text:section>'
        picture = f'<text:p><draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{site}/p.png"/></draw:frame>图</text:p>'
        secret = (tmp_path / "secret.txt").as_uri()
        (document,) = read_documents(odt(section.format("甲", secret) + section.format("乙", site + "/s.odt") + picture), "a.odt")
        server.shutdown()
    assert ([block.text for block in document.blocks], asked) == (["旧甲", "旧乙", "图"], [])


@installed
def test_nonsense_for_real() -> None:
    assert reason(b"{\\rtf1" + b"\\'ff{" * 2000)[0] in ("not-converted", "empty", "damaged")


#: What stands in an RTF cell, and what is read there: text, marks, doubt.
CELLS = (
    (r"6{\super 1}", ("6", "1", "")),
    (r"6{\sub 1}", ("6", "1", "")),
    (r"6{\up8 1}", ("6", "1", "")),
    (r"{\strike 17}6", ("6", "", "")),
    (r"{\striked1 17}6", ("6", "", "")),
    (r"{\v 1}6", ("6", "", "")),
    (r"{\cf1 1}6", ("6", "", "")),
    (r"{\deleted\revauth1 1}6", ("6", "", "")),
    (r"{\fs2 1}6", ("6", "", "")),
    (r"{\f2\'34}", ("4", "", "")),
    (r"6{\f1\'34}", ("6", "", "symbol")),
    (r"6{\super\chftn{\footnote\pard\super\chftn  note}}", ("6", "1", "")),
    (r"1\par 2", ("1\n2", "", "paragraphs")),
    (r"{\field{\*\fldinst FORMTEXT}{\fldrslt 4}}", ("4", "", "")),
    (r"{\cf1\chcbpat2 5}", ("5", "", "")),
    (r"1{\b 2}", ("12", "", "")),
)


@installed
def test_what_nobody_sees_and_what_is_raised_in_an_older_format() -> None:
    rows = "".join(rf"\trowd\cellx2000\cellx6000\intbl a\cell {content}\cell\row" for content, _ in CELLS)
    head = r"{\rtf1\ansi\deff0{\fonttbl{\f0 SimSun;}{\f1\fnil\fcharset2 Wingdings;}{\f2\fnil\fcharset2 Symbol;}}"
    colours = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}{\*\revtbl{Unknown;}{a;}}"
    (found,) = office.read(rf"{head}{colours}\pard a\par {rows}\pard b\par}}".encode(), "a.rtf")
    cells = [block for block in found.blocks if block.kind is Kind.CELL and block.column == 2]
    assert [(block.text, "".join(mark.text for mark in block.marks), block.doubt) for block in cells] == [expected for _, expected in CELLS]
    observed = {(item.code, item.detail.get("kind", ""), item.detail["count"]) for item in found.observations}
    assert observed == {
        ("struck-text", "", 2), ("hidden-text", "hidden", 1), ("hidden-text", "white", 1), ("hidden-text", "small", 1),
        ("tracked-changes", "", 1), ("footnotes", "", 1),
    }  # fmt: skip
