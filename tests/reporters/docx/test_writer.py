"""Findings as comments in a Word file: on the words meant, in the words agreed, read back by programs that did not write them."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random

import pytest

from tests.acceptance.mutation import judge
from tests.acceptance.mutation.sound import sound
from tests.acceptance.mutation.writers import docx as word_file
from tests.acceptance.real.test_corpus import CORPUS, FILES
from tests.readers.docx.word_files import cell, paragraph, row, run, table
from tests.readers.docx.word_files import docx as _docx
from tests.readers.test_detect_format import SAMPLES
from tests.reporters.docx.word_comments import W, bare, parts, root_of, under
from tests.support import PATIENCE, ROOT, book
from validator.cli.main import main
from validator.engine.locations import hidden
from validator.model import Block, Document, FileResult, Finding, Run, Severity, Waived
from validator.pipeline.check_file import examine
from validator.readers import office, read_documents
from validator.readers.docx.reader import read
from validator.reporters import Options
from validator.reporters.docx.writer import ChangedError, commented, written_by_us

REAL = [CORPUS / name for name in FILES]
SUFFIX = "（检查意见，勿报送）.docx"


def docx(body: str) -> bytes:
    """A docx with all that python-docx asks for."""
    return _docx(body, styles=" ", numbering=" ")


def _run(files: tuple[FileResult, ...]) -> Run:
    return Run(files=files, rules={rule.id: rule for rule in book().rules}, fingerprint=book().fingerprint)


def _commented(data: bytes, language: str = "zh") -> tuple[bytes, tuple[FileResult, ...]]:
    files = tuple(examine(data, "报告.docx", book()))
    return commented(data, files, _run(files), Options(language=language)), files  # type: ignore[arg-type]


@cache
def _faulty() -> bytes:
    """A report with a figure that is no number, a sum that fails, a private number, a word twice at fault and a blank cell."""

    def touch(document) -> None:  # type: ignore[no-untyped-def]
        document.tables[0].cell(3, 1).text = "abc"
        document.tables[-1].cell(2, 0).text = "999"
        line = document.paragraphs[5].insert_paragraph_before("本单位张三，手机13812345678，")
        line.add_run("收到申请 ").bold = True
        line.add_run("88 件，全部办结100%，待补充XX。")

    return word_file(sound(1, form="2021"), touch)


def _words(finding: Finding, blocks: tuple[Block, ...]) -> str:
    """The words of a finding's place, from the blocks as they were read."""
    place = finding.location
    after = [block.text for block in blocks if block.line >= (place.line or 0)]
    start = (place.offset or 1) - 1
    return "".join(after)[start : start + (place.length or 0)]


def _numbered(files: tuple[FileResult, ...]) -> Iterator[tuple[FileResult, Finding | None]]:
    """What each comment is about, by its number: None is the report."""
    for file in files:
        yield file, None
        yield from ((file, finding) for finding in sorted(file.findings, key=lambda finding: finding.severity.rank))


def _check(data: bytes, out: bytes, files: tuple[FileResult, ...]) -> None:
    """Every finding has its comment, on the words of its place; the file reads as before."""
    from docx import Document as WordDocument

    there = root_of(parts(data).get("word/comments.xml", b"<none/>"))
    first = 1 + max((int(item.get(W + "id")) for item in there.iter(W + "comment")), default=-1)
    places = under(parts(out)["word/document.xml"])
    told = {comment.comment_id: comment for comment in WordDocument(io.BytesIO(out)).comments}
    about = list(_numbered(files))
    assert sorted(told)[-len(about) :] == list(range(first, first + len(about)))
    for number, (file, finding) in enumerate(about, first):
        comment = told[number]
        assert (comment.author, comment.initials, comment.timestamp) == ("nianbao", "nb", None)
        if finding is None:
            assert "不得报送" in comment.text or "其中第" in comment.text
            continue
        assert finding.message["zh"] in re.sub(r"\s", "", comment.text) or hidden(finding.message["zh"]) in comment.text
        assert file.report is not None
        if finding.suspect:
            figure = file.figures.by_cell[finding.suspect.cell]  # type: ignore[union-attr]
            assert bare(places[number]) == bare(figure.text) or not figure.text.strip()
            continue
        if finding.location.line is not None and finding.location.excerpt:
            assert bare(_words(finding, file.report.document.blocks)) == bare(places[number]), finding
    before, after = (read(item, "x.docx")[0].blocks for item in (data, out))
    assert before == after


# ---------------------------------------------------------------------------------------------- where they stand


def test_every_finding_on_its_words() -> None:
    out, files = _commented(_faulty())
    assert len(files[0].findings) >= 4
    _check(_faulty(), out, files)


#: A sixth of all faults that can be planted, each on one form.
_PLANTED = [pytest.param(m, m.get("forms", judge.FORMS)[-1], id=m["id"]) for m in judge.MUTATIONS if "raw" not in m][::6]


@pytest.mark.parametrize(("mutation", "form"), _PLANTED)
def test_planted_faults_on_their_words(mutation: dict[str, object], form: str) -> None:
    number = judge.seed(mutation["id"], form)
    planted = judge.function(mutation)(sound(number, form=form, **mutation.get("base", {})), Random(number))  # type: ignore[arg-type, attr-defined]
    if planted.report is None:
        pytest.skip("the fault is in how the text is written, not in the report")
    data = word_file(planted.report)
    out, files = _commented(data)
    _check(data, out, files)


def _as_word(document: Document) -> bytes:
    """A report that was read, as a Word file with its tables and merged cells."""

    def merged(blocks: list[Block]) -> str:
        rows: dict[int, list[tuple[int, str]]] = {}
        for block in blocks:
            text = re.sub("[\x00-\x08\x0b-\x1f]", "", block.text).replace("&", "&amp;").replace("<", "&lt;")
            for down in range(block.row_span):
                kind = "" if block.row_span == 1 else "continue" if down else "restart"
                place = (block.column or 0, cell("" if down else text, across=block.column_span, down=kind))
                rows.setdefault((block.row or 0) + down, []).append(place)
        return table(*(row(*(text for _, text in sorted(cells))) for _, cells in sorted(rows.items())))

    body = ""
    for number, blocks in groupby(document.blocks, key=lambda block: block.table):
        if number is not None:
            body += merged(list(blocks)) + paragraph("")
        else:
            body += "".join(paragraph(run(re.sub("[\x00-\x1f]", "", b.text).replace("&", "&amp;").replace("<", "&lt;"))) for b in blocks)
    return docx(body)


@pytest.mark.skipif(not REAL, reason="the real reports are not here (../shared/corpus)")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_reports_made_into_word_files(path: Path) -> None:
    data = _as_word(read_documents(path.read_bytes(), path.name)[0])
    out, files = _commented(data)
    _check(data, out, files)


def _word_files() -> list[Path]:
    return sorted([*(ROOT / "examples").rglob("*.docx"), *CORPUS.rglob("*.docx")])


@pytest.mark.skipif(not _word_files(), reason="there is no Word file among the examples or the real reports")
def test_word_files_of_the_examples() -> None:
    for path in _word_files():
        data = path.read_bytes()
        out, files = _commented(data)
        _check(data, out, files)


def test_a_missing_part_stands_on_the_nearest_heading() -> None:
    from docx import Document as WordDocument

    text = [text for text in _short(2023) if not text.startswith("三、") and "收到和处理" not in text]
    data = docx("".join(map(paragraph, text)))
    out, files = _commented(data)
    places = under(parts(out)["word/document.xml"])
    told = {comment.comment_id: comment.text for comment in WordDocument(io.BytesIO(out)).comments}
    missing = [number for number, text in told.items() if "structure.missing-section" in text]
    assert len(missing) == 1 and _at(files, missing[0]).location.section == 3
    assert places[missing[0]] in (text[3], text[5]), "the heading before or after"
    assert _at(files, missing[0]).location.line is not None or "最近的标题" in told[missing[0]]


def _at(files: tuple[FileResult, ...], number: int) -> Finding:
    finding = list(_numbered(files))[number][1]
    assert finding is not None
    return finding


def test_words_of_a_text_box_say_where_they_are() -> None:
    from docx import Document as WordDocument

    inner = f"<w:txbxContent>{paragraph('联系人手机：13812345678。')}</w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>"
    title, head, text, *_ = _short(2023)
    data = docx(paragraph(title) + paragraph(head, box) + paragraph(text))
    out, files = _commented(data)
    told = [comment.text for comment in WordDocument(io.BytesIO(out)).comments if "privacy.mobile-number" in comment.text]
    assert len(told) == 1 and "文本框" in told[0] and "13812345678" not in told[0]


def test_of_failed_sums_the_figure_to_look_at_first() -> None:
    """The place says the suspect's cell, and there the comment stands: not at the first sum that fails."""

    def touch(document) -> None:  # type: ignore[no-untyped-def]
        row = next(row for row in document.tables[1].rows if row.cells[1].text.startswith("（一）"))
        row.cells[-1].paragraphs[0].runs[0].text = "4"

    out, files = _commented(word_file(sound(8, form="2021", year=2023, kind="township"), touch))
    (number,) = [number for number, (_, finding) in enumerate(_numbered(files)) if finding and finding.suspect]
    assert under(parts(out)["word/document.xml"])[number] == "4"


def test_two_findings_on_the_same_words_both_stand() -> None:
    data = _faulty()
    (file,) = examine(data, "报告.docx", book())
    one = next(finding for finding in file.findings if finding.location.excerpt)
    file = replace(file, findings=(one, replace(one, message={"zh": "另一处", "en": "another"})))
    out = commented(data, (file,), _run((file,)), Options())
    places = under(parts(out)["word/document.xml"])
    assert places[1] == places[2] != ""


# ---------------------------------------------------------------------------------------------- what they say


def test_the_five_parts_and_the_summary() -> None:
    from docx import Document as WordDocument

    out, files = _commented(_faulty())
    first, *others = [comment.text for comment in WordDocument(io.BytesIO(out)).comments]
    assert first.startswith("检查意见（本文件是检查用的副本，不得报送、不得公开")
    assert "必须改" in first and "检查 " in first and "跳过：" in first and "版式、印章、字体未检查。" in first
    for text, finding in zip(others, sorted(files[0].findings, key=lambda finding: finding.severity.rank), strict=True):
        labels = [line.partition("：")[0] for line in text.split("\n") if "：" in line[:5]]
        assert [label for label in labels if label in ("位置", "现状", "应为", "依据", "怎么改")] == [
            "位置", "现状",
            *(["应为"] if finding.expected or finding.should or len(finding.sums) == 1 or finding.suspect else []), "依据", "怎么改"
        ]  # fmt: skip
        assert text.split("\n")[0].startswith(("必须改", "请核实", "供参考")) and text.endswith(finding.rule)


def test_in_english() -> None:
    from docx import Document as WordDocument

    out, files = _commented(_faulty(), "en")
    first, *others = [comment.text for comment in WordDocument(io.BytesIO(out)).comments]
    assert "do not submit" in first and "Layout, seals and fonts were not checked." in first
    assert all("Place: " in text and "Basis: " in text for text in others) and "位置" not in "".join(others)


def test_waived_findings_are_counted_not_commented() -> None:
    from docx import Document as WordDocument

    data = _faulty()
    (file,) = examine(data, "报告.docx", book())
    gone, *left = file.findings
    file = replace(file, findings=tuple(left), waived=(Waived(finding=gone, reason="已备案"),))
    told = [c.text for c in WordDocument(io.BytesIO(commented(data, (file,), _run((file,)), Options()))).comments]
    assert "已说明、不再提示 1 处" in told[0] and len(told) == 1 + len(left)


def test_a_clean_report_gets_the_summary_alone() -> None:
    from docx import Document as WordDocument

    data = word_file(sound(2, form="2021"))
    out, files = _commented(data)
    assert [finding for finding in files[0].findings if finding.severity is not Severity.NOTE] == []
    assert "未发现问题" in next(iter(WordDocument(io.BytesIO(out)).comments)).text


def test_private_values_and_characters_that_cannot_be_shown() -> None:
    from docx import Document as WordDocument

    data = _faulty()
    (file,) = examine(data, "报告.docx", book())
    bad = {"zh": "身份证11010519491231002X，\x00\x1b[31m\ud800\u202e尾", "en": "x"}
    file = replace(file, findings=(replace(file.findings[0], message=bad),))
    out = commented(data, (file,), _run((file,)), Options())
    text = list(WordDocument(io.BytesIO(out)).comments)[1].text
    assert "1101************2X" in text and "11010519491231002X" not in text and not re.search("[\x00\x1b\ud800\u202e]", text)


# ---------------------------------------------------------------------------------------------- the file around them


def test_all_other_parts_are_copied_as_they_were_packed() -> None:
    data, (out, _) = _faulty(), _commented(_faulty())
    changed = {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(out)) as after:
        assert after.testzip() is None
        assert after.namelist() == [*before.namelist(), "word/comments.xml"]
        for name in set(before.namelist()) - changed:
            one, other = before.getinfo(name), after.getinfo(name)
            assert (one.CRC, one.compress_size, one.date_time) == (other.CRC, other.compress_size, other.date_time)
            assert before.read(name) == after.read(name)
    for name in changed - {"word/document.xml"}:
        assert re.sub(rb"<(?:Override|Relationship)\b[^>]*comments[^>]*>", b"", parts(out)[name]) == parts(data)[name]


def test_the_same_input_gives_the_same_bytes_without_a_time() -> None:
    assert _commented(_faulty())[0] == _commented(_faulty())[0]
    assert b"w:date" not in parts(_commented(_faulty())[0])["word/comments.xml"]


def test_comments_that_were_there_are_kept() -> None:
    from docx import Document as WordDocument

    document = WordDocument(io.BytesIO(_faulty()))
    document.add_comment(document.paragraphs[1].runs, text="请领导阅示", author="李四", initials="L")
    held = io.BytesIO()
    document.save(held)
    data = held.getvalue()
    out, files = _commented(data)
    _check(data, out, files)
    before, after = (parts(item)["word/comments.xml"] for item in (data, out))
    assert after.startswith(before.removesuffix(b"</w:comments>"))
    told = list(WordDocument(io.BytesIO(out)).comments)
    assert (told[0].author, told[0].text) == ("李四", "请领导阅示") and "原有的 1 条批注" in told[1].text
    assert any(finding.rule == "input.comments" for finding in files[0].findings)


def test_a_commented_file_is_known_when_it_is_checked() -> None:
    out, files = _commented(_faulty())
    again = next(finding for finding in examine(out, "报告.docx", book())[0].findings if finding.rule == "input.comments")
    assert f"{len(files[0].findings) + 1} 条批注" in again.message["zh"]
    twice = commented(out, tuple(examine(out, "报告.docx", book())), _run(()), Options())
    assert parts(twice)["word/comments.xml"].count(b"<!-- nianbao ") == 1 and written_by_us(twice)


def test_what_another_program_has_saved_is_no_longer_ours() -> None:
    from docx import Document as WordDocument

    out, _ = _commented(_faulty())
    document = WordDocument(io.BytesIO(out))
    document.add_paragraph("补充一句")
    saved = io.BytesIO()
    document.save(saved)
    assert (written_by_us(out), written_by_us(saved.getvalue()), written_by_us(_faulty())) == (True, False, False)


def test_tracked_changes_stay_and_a_signature_goes() -> None:
    from docx import Document as WordDocument

    signature = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    data = _faulty()
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(held, "w") as signed:
        for name in before.namelist():
            text = before.read(name)
            if name == "_rels/.rels":
                link = f'<Relationship Id="s" Type="{signature}" Target="_xmlsignatures/origin.sigs"/>'
                text = text.replace(b"</Relationships>", link.encode() + b"</Relationships>")
            if name == "word/document.xml":
                text = text.replace(b"<w:body>", b'<w:body><w:p><w:ins w:id="1" w:author="a"><w:r><w:t>XX</w:t></w:r></w:ins></w:p>', 1)
            signed.writestr(name, text)
        signed.writestr("_xmlsignatures/origin.sigs", b"")
        signed.writestr("_xmlsignatures/sig1.xml", b"<a/>")
    out, _ = _commented(held.getvalue())
    assert not [name for name in parts(out) if name.startswith("_xmlsignatures/")] and b"digital-signature" not in parts(out)["_rels/.rels"]
    assert b'<w:ins w:id="1" w:author="a">' in parts(out)["word/document.xml"]
    assert "数字签名" in next(iter(WordDocument(io.BytesIO(out)).comments)).text


def test_a_file_that_is_no_longer_what_was_checked() -> None:
    (file,) = examine(_faulty(), "报告.docx", book())
    with pytest.raises(ChangedError):
        commented(word_file(sound(2, form="2021")), (file,), _run((file,)), Options())


def test_several_reports_in_one_file() -> None:
    document = [paragraph for number in (2022, 2023) for paragraph in _short(number)]
    data = docx("".join(map(paragraph, document)))
    out, files = _commented(data)
    assert [file.part for file in files] == [1, 2]
    _check(data, out, files)


def _short(year: int) -> list[str]:
    heads = ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况"]
    heads += ["存在的主要问题及改进情况", "其他需要报告的事项"]
    found = [f"{year}年云岭县青石镇人民政府政府信息公开工作年度报告"]
    for number, head in zip("一二三四五六", heads, strict=True):
        found += [f"{number}、{head}", f"{year}年{head}的一段话，做了一些工作。"]
    return found


# ---------------------------------------------------------------------------------------------- LibreOffice


@pytest.mark.skipif(office.converter() is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_every_comment_on_its_words(tmp_path: Path) -> None:
    from docx import Document as WordDocument

    out, files = _commented(_faulty())
    (tmp_path / "out.docx").write_bytes(out)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(office.converter()), "--headless", profile, "--convert-to", "odt", "--outdir", str(tmp_path), str(tmp_path / "out.docx")]
    subprocess.run(command, check=True, timeout=PATIENCE, capture_output=True)
    with zipfile.ZipFile(tmp_path / "out.odt") as package:
        text = package.read("content.xml").decode()
    notes = re.findall(r'<office:annotation [^>]*office:name="([^"]+)"[^>]*>(.*?)</office:annotation>', text, re.S)
    shown = {}
    for name, inner in notes:
        after = text.split(f'office:name="{name}"', 1)[1].split("</office:annotation>", 1)[1]
        words = after.split(f'<office:annotation-end office:name="{name}"/>', 1)[0]
        shown[_plain(inner)] = _plain(re.sub(r"<office:annotation .*?</office:annotation>", "", words, flags=re.S))
    places = under(parts(out)["word/document.xml"])
    assert len(shown) == len(places) and all("nianbao" in inner for inner in shown)
    for comment in WordDocument(io.BytesIO(out)).comments:
        (found,) = [words for told, words in shown.items() if bare(comment.text) in told]
        assert found == bare(places[comment.comment_id])


def _plain(xml: str) -> str:
    return bare(re.sub("<[^>]+>", "", xml).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&"))


# ---------------------------------------------------------------------------------------------- the command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one faulty report; it is the working folder."""
    (tmp_path / "报告.docx").write_bytes(_faulty())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _told(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == "" and "Traceback" not in err
    return err


def test_one_file_to_a_path_or_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "报告.docx", "--format", "docx", "--output", "意见.docx"]) == 1
    assert written_by_us((folder / "意见.docx").read_bytes())
    (folder / "出").mkdir()
    assert main(["check", "报告.docx", "--format", "docx", "--output", "出"]) == 1
    assert (folder / "出" / f"报告{SUFFIX}").read_bytes() == (folder / "意见.docx").read_bytes()
    assert main(["check", "报告.docx", "--format", "docx", "--output", "出", "--fail-on", "never"]) == 0, "its own are replaced"
    assert (folder / "报告.docx").read_bytes() == _faulty() and _told(capsys).count("写出") == 3
    assert not [name for name in os.listdir(folder / "出") if name.endswith(".tmp")]


def test_several_files_keep_their_folders_and_copies_are_passed_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for year in ("2022", "2023"):
        (folder / "报告集" / year).mkdir(parents=True)
        (folder / "报告集" / year / "青石镇.docx").write_bytes(_faulty() if year == "2022" else word_file(sound(2, form="2021")))
    command = ["check", "报告集", "--format", "docx", "--output", "报告集/意见"]
    assert main(command) in (1, 2)
    written = sorted(path.relative_to(folder).as_posix() for path in folder.rglob(f"*{SUFFIX}"))
    assert written == [f"报告集/意见/2022/青石镇{SUFFIX}", f"报告集/意见/2023/青石镇{SUFFIX}"]
    capsys.readouterr()
    assert main(command) in (1, 2)
    assert sorted(folder.rglob(f"*{SUFFIX}")) == [folder / name for name in written] and "没有检查的文件 2 个" in _told(capsys)


def test_a_folder_with_one_report_gives_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "报告集" / "2023").mkdir(parents=True)
    (folder / "报告集" / "2023" / "青石镇.docx").write_bytes(_faulty())
    assert main(["check", "报告集", "--format", "docx", "--output", "意见"]) == 1
    assert [path.relative_to(folder).as_posix() for path in folder.rglob(f"*{SUFFIX}")] == [f"意见/2023/青石镇{SUFFIX}"]
    assert main(["check", "报告集", "--format", "docx", "--output", "意见.docx"]) == 1
    assert written_by_us((folder / "意见.docx").read_bytes()) and _told(capsys)


def test_names_that_meet_are_told_apart(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "报告.docx").write_bytes(_faulty())
    main(["check", "报告.docx", "a/报告.docx", "--format", "docx", "--output", "出"])
    assert sorted(os.listdir(folder / "出")) == [f"报告{SUFFIX}", f"报告{SUFFIX.removesuffix('.docx')}（2）.docx"]


def test_what_is_no_word_file_is_named_and_the_others_are_done(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "文.txt").write_text("\n".join(_short(2023)), encoding="utf-8")
    with zipfile.ZipFile(folder / "包.zip", "w") as package:
        package.writestr("里面.docx", _faulty())
    (folder / "锁.docx").write_bytes(SAMPLES["encrypted"])
    (folder / "坏.docx").write_bytes(_faulty()[:2000])
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(_faulty())))
    paths = ["报告.docx", "文.txt", "包.zip", "锁.docx", "坏.docx", "没有.docx", "-"]
    assert main(["check", *paths, "--format", "docx", "--output", "出"]) == 2
    said = _told(capsys)
    assert os.listdir(folder / "出") == [f"报告{SUFFIX}"]
    assert all(f"“{name}”不是 .docx，不能写批注" in said for name in ("文.txt", "包.zip", "-"))
    assert "“锁.docx”文件加了密码，没有写批注" in said and "“坏.docx”" in said and "“没有.docx”没有这个文件" in said


def test_neither_the_input_nor_a_file_of_others_is_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "别人的.docx").write_bytes(word_file(sound(2, form="2021")))
    try:
        (folder / "连着.docx").symlink_to("报告.docx")
    except OSError:
        (folder / "连着.docx").hardlink_to("报告.docx")
    before = (folder / "别人的.docx").read_bytes()
    inputs = dict.fromkeys(("报告.docx", "./报告.docx", "连着.docx"), "要检查的文件")
    for target, told in {**inputs, "别人的.docx": "不能覆盖"}.items():
        for name in ("docx", "xlsx", "html"):
            assert main(["check", "报告.docx", "--format", name, "--output", target]) == 2
            assert told in _told(capsys)
    assert (folder / "报告.docx").read_bytes() == _faulty() and (folder / "别人的.docx").read_bytes() == before
    assert main(["check", "报告.docx", "--format", "docx", "--output", "别人的.docx", "--lang", "en"]) == 2
    assert "is not overwritten; choose another name" in _told(capsys)


def test_output_that_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "报告.docx", "--format", "docx"]) == 2 and "--output" in _told(capsys)
    (folder / "文件").write_text("x")
    assert main(["check", "报告.docx", "--format", "docx", "--output", "文件/意见.docx"]) == 2 and "写不了" in _told(capsys)
    (folder / "又.docx").write_bytes(_faulty())
    assert main(["check", "报告.docx", "又.docx", "--format", "docx", "--output", "文件"]) == 2 and "要是文件夹" in _told(capsys)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="whoever may write everywhere has no read-only folder")
def test_a_read_only_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "只读").mkdir(mode=0o500)
    assert main(["check", "报告.docx", "--format", "docx", "--output", "只读"]) == 2 and "写不了" in _told(capsys)


def test_a_damaged_comments_part_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(folder / "报告.docx", "a") as package:
        package.writestr("word/comments.xml", b"<w:comments")
    assert main(["check", "报告.docx", "--format", "docx", "--output", "出.docx"]) == 2
    assert "批注或目录部分已损坏" in _told(capsys) and not (folder / "出.docx").exists()
