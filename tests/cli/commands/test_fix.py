"""`nianbao fix`: shown first, written when asked, verified; everything that is not meant stays as it was."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.support import CORPUS, base, book, given
from validator.cli import main as cli
from validator.fixing import corrections, in_text
from validator.pipeline.check_file import examine

SOUND = base()
#: What may be spoilt → how, so that fix gives back the sound report.
SPOILT = {
    "五、存在的主要问题及改进情况": "五、存在问题及改进情况",
    "四、政府信息公开行政复议、行政诉讼情况": "四、政府信息公开行政复议和行政诉讼情况",
    "国办公开办函〔2021〕30号": "国办公开办函【2021】30号",
    "国办函〔2020〕109号": "国办函[2020]109号",
    "行政许可\t36": "行政许可\t３６",
    "行政处罚\t12": "行政处罚\t１２",
    "规章\t0\t0\t0": "规 章\t0\t0\t0",
}


def spoil(text: str, *names: str) -> str:
    for name in names or SPOILT:
        assert name in text, name
        head, mark, body = text.partition("\n一、总体情况")  # the preamble lists the parts in its own words
        text = (head.replace(name, SPOILT[name]) if name.startswith("国") else head) + mark + body.replace(name, SPOILT[name])
    return text


def fix(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = cli.main(["fix", *map(str, words)])
    out, error = capsys.readouterr()
    return status, out, error


# ------------------------------------------------------------------------------------------------ text


def test_the_difference_is_shown_and_nothing_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(spoil(SOUND), encoding="utf-8")
    before = path.read_bytes()
    status, out, error = fix(capsys, path)
    assert status == 1 and path.read_bytes() == before
    assert "-五、存在问题及改进情况\n" in out and "+五、存在的主要问题及改进情况\n" in out and "+行政许可\t36\n" in out
    assert "可以改 " in error and "--write" in error


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_it_gives_back_the_sound_report_in_its_own_encoding(encoding: str, end: str, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "报告.txt"
    path.write_bytes(spoil(SOUND).replace("\n", end).encode(encoding))
    os.chmod(path, 0o640)
    assert fix(capsys, path, "--write")[0] == 0
    assert path.read_bytes() == SOUND.replace("\n", end).encode(encoding)
    assert path.stat().st_mode & 0o777 == 0o640
    assert fix(capsys, path) == (0, "", "")  # nothing is left to do


@given(lambda st: (st.sets(st.sampled_from(sorted(SPOILT)), min_size=1),), examples=15)
def test_whatever_is_spoilt_comes_back_and_no_figure_changes(names: set[str]) -> None:
    text = spoil(SOUND, *sorted(names))
    (file,) = examine(text.encode(), "a.txt", book())
    wanted = corrections(file, book().tables.corrections)  # type: ignore[arg-type]
    new, done = in_text.written(text.encode(), wanted)
    assert len(done) == len(wanted) >= len(names) and new.decode() == SOUND


def test_a_heading_on_another_subject_is_left_to_people(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "报告.txt"
    path.write_text(SOUND.replace("\n五、存在的主要问题及改进情况", "\n五、存在的主要问题及下步措施"), encoding="utf-8")
    status, out, error = fix(capsys, path, "--write")
    assert (status, out) == (0, "") and "要人来改" in error


def test_one_file_that_cannot_be_corrected_does_not_stop_the_others(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    good, locked, page, torn = (tmp_path / name for name in ("好.txt", "只读.txt", "页.html", "坏.docx"))
    good.write_text(spoil(SOUND), encoding="utf-8")
    locked.write_text(spoil(SOUND), encoding="utf-8")
    os.chmod(locked, 0o444)
    page.write_text("<h1>云岭县青石镇人民政府2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>公开20条。</p>", encoding="utf-8")
    torn.write_bytes(b"PK\x03\x04 torn")
    (tmp_path / "说明.txt").write_text("会议纪要。", encoding="utf-8")
    status, _, error = fix(capsys, tmp_path, "--write")
    assert status == 2 and good.read_text(encoding="utf-8") == SOUND
    assert locked.read_text(encoding="utf-8") == spoil(SOUND) and "只读文件，没有改" in error
    assert "页.html：html 文件不能改" in error and "坏.docx：" in error and "说明" not in error


def test_in_english(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.txt"
    path.write_text(spoil(SOUND), encoding="utf-8")
    assert "can be corrected: add --write" in fix(capsys, path, "--lang", "en")[2]


def figures(path: Path) -> list[dict[object, object]]:
    found = examine(path.read_bytes(), path.name, book())
    return [{cell: figure.value for cell, figure in file.figures.by_cell.items()} for file in found if file.figures]


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.glob("*[0-9]*") if path.suffix in (".txt", ".md")) or [None])
def test_no_figure_of_a_real_report_changes(name: str | None, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    if name is None:
        pytest.skip("the real reports are not here (../shared/corpus)")
    path = tmp_path / name
    path.write_bytes((CORPUS / name).read_bytes())
    before = figures(path)
    assert fix(capsys, path, "--write")[0] in (0, 2)
    assert before and figures(path) == before
    assert fix(capsys, path)[1] == ""


# ------------------------------------------------------------------------------------------------ Word


def word(touch: Callable[[Any], None] = lambda document: None) -> bytes:
    """The spoilt report as a Word file, its fifth heading in three runs of which one is bold."""
    from docx import Document

    document = Document()
    for line in spoil(SOUND).split("\n"):
        if line.startswith("五、"):
            paragraph = document.add_paragraph()
            for text, bold in (("五、存", False), ("在问题", True), ("及改进情况", False)):
                paragraph.add_run(text).bold = bold
        elif "\t" in line:
            cells = line.split("\t")
            row = document.add_table(rows=1, cols=len(cells)).rows[0]
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        elif line:
            document.add_paragraph(line)
    touch(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_keeps_runs_and_every_other_part(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    from docx import Document

    path, old = tmp_path / "报告.docx", word()
    path.write_bytes(old)
    status, out, _ = fix(capsys, path)
    assert status == 1 and path.read_bytes() == old and "+五、存在的主要问题及改进情况" in out
    assert fix(capsys, path, "--write")[0] == 0
    document = Document(str(path))
    (heading,) = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith("五、")]
    assert heading.text == "五、存在的主要问题及改进情况"
    assert len(heading.runs) == 3 and [bool(run.bold) for run in heading.runs] == [False, True, False]
    assert any("〔2021〕30号" in paragraph.text for paragraph in document.paragraphs)
    with zipfile.ZipFile(BytesIO(old)) as before, zipfile.ZipFile(path) as after:
        assert before.namelist() == after.namelist()
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["word/document.xml"]
    assert fix(capsys, path)[:2] == (0, "")


def _revised(document: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    inserted = OxmlElement("w:ins")
    inserted.set(qn("w:author"), "某")
    document.paragraphs[0]._p.append(inserted)
    inserted.append(document.paragraphs[0].runs[0]._r)


def _protected(document: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:documentProtection")
    element.set(qn("w:enforcement"), "1")
    document.settings.element.append(element)


@pytest.mark.parametrize(("touch", "told"), [(_revised, "修订"), (_protected, "编辑限制")])
def test_word_files_that_are_left_alone(touch: Callable[[Any], None], told: str, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    path, old = tmp_path / "报告.docx", word(touch)
    path.write_bytes(old)
    status, out, error = fix(capsys, path, "--write")
    assert (status, out) == (0, "") and told in error and path.read_bytes() == old


def test_a_signed_word_file_is_left_alone(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "报告.docx"
    path.write_bytes(word())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("_xmlsignatures/origin.sigs", b"")
    old = path.read_bytes()
    assert "数字签名" in fix(capsys, path, "--write")[2] and path.read_bytes() == old
