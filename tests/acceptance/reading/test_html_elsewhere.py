"""The same report in web archives, in Markdown and plain text with HTML tables, and where a page has it in a frame or a program."""

from __future__ import annotations

import base64
import json
import quopri
import re
from collections.abc import Callable
from html import escape

import pytest

from .html_cases import LICENSES, page, printed
from .judge import ANY, UNREAD, Expected, check, judge

NOTE, UNREADABLE = "table.figure-with-note", "table.unreadable"
MISSING = ("structure.missing-section", "table.missing", "contact.missing", "identity.period-missing", "input.not-a-report")
CLEAN = Expected(status="clean")


# ------------------------------------------------------------------------------------- web archives


def archive(*parts: tuple[str, bytes], head: str = "From: <Saved by a browser>\nSubject: x\nMIME-Version: 1.0\n", more: str = "") -> bytes:
    """A web archive of these parts, each with the lines of its own head."""
    lines = [f'{head}Content-Type: multipart/related;\n\ttype="text/html";{more}\n\tboundary="----=_B"\n'.encode()]
    lines += [f"------=_B\n{own}\n\n".encode() + content for own, content in parts]
    return b"\n".join([*lines, b"------=_B--\n"])


def coded(encoding: str, transfer: str, kind: str = "text/html", charset: str = "", more: str = "") -> tuple[str, bytes]:
    """The page as a part of an archive."""
    data = page().replace("charset='utf-8'", f"charset='{encoding}'").encode(encoding)
    body = base64.encodebytes(data) if transfer == "base64" else quopri.encodestring(data) if transfer == "quoted-printable" else data
    said = f'; charset="{charset}"' if charset else ""
    return f"Content-Type: {kind}{said}\nContent-Transfer-Encoding: {transfer}\nContent-Location: file:///C:/a/b.htm{more}", body


PICTURE = (
    "Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: file:///C:/a/1.png",
    base64.encodebytes(b"\x89PNG"),
)
HEADER = (
    "Content-Type: text/html\nContent-Transfer-Encoding: 8bit\nContent-Location: file:///C:/a/header.htm",
    "<html><body><p>页眉</p></body></html>".encode(),
)
ARCHIVES = {
    "quoted-printable": archive(coded("utf-8", "quoted-printable", charset="utf-8")),
    "base64 in gb2312": archive(coded("gb18030", "base64", charset="gb2312"), PICTURE),
    "Word's Unicode": archive(coded("utf-16", "base64", charset="unicode"), HEADER),
    "nothing said of the encoding": archive(coded("gb18030", "8bit"), PICTURE),
    "the page behind its pictures": archive(PICTURE, coded("utf-8", "base64")),
    "the page is named": archive(
        HEADER, coded("utf-8", "base64", more="\nContent-ID: <main@x>"), more='\n\tstart="<main@x>";'
    ),  # fmt: skip
    "heads in another order": archive(coded("utf-8", "quoted-printable"), head="MIME-Version: 1.0\nX-Generator: y\nDate: Mon\n"),
    "lines of Windows": archive(coded("utf-8", "base64")).replace(b"\n", b"\r\n"),
    "one part alone": b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\nContent-Type: text/html; charset=utf-8\n\n"
    + base64.encodebytes(page().encode()),
    "its page in a frame": archive(
        ("Content-Type: text/html\nContent-Location: a", b"<html><body><iframe src='cid:b'></iframe></body></html>"),
        coded("utf-8", "base64"),
    ),
}


@pytest.mark.parametrize("suffix", ["mht", "mhtml", "doc"])
@pytest.mark.parametrize("name", ARCHIVES)
def test_a_web_archive_is_read_as_its_page(name: str, suffix: str) -> None:
    assert judge(check(f"report.{suffix}", ARCHIVES[name]), printed(), CLEAN) == []


def test_an_archive_without_a_page() -> None:
    result = check("report.mht", archive(PICTURE))
    assert result.status == "unreadable"


# ------------------------------------------------------------------------------------- HTML in text


def text(change: Callable[[str], str] = lambda table: table, line: Callable[[str], str] = lambda text: text) -> bytes:
    """The report as a converter writes it into Markdown: lines of text, and tables in HTML."""
    out = []
    for piece in re.findall(r"<table.*?</table>|<h1>.*?</h1>|<p>.*?</p>", page().split("<body>")[1], re.DOTALL):
        if piece.startswith("<table"):
            out.append(change(re.sub(r"</?p>", "", piece).replace("&nbsp;", "")))
        elif piece.startswith("<h1>"):
            out.append("# " + re.sub("<[^>]+>", "", piece))
        else:
            out.append(("## " if "<strong>" in piece else "") + line(re.sub("<[^>]+>", "", piece)))
    return "\n\n".join(out).encode()


def _licences(cell: str) -> Callable[[str], str]:
    return lambda table: re.sub(r"(行政许可</td><td[^>]*>)4", rf"\g<1>{cell}", table)


TEXTS = {
    "a table in a line": text(),
    "a row in a line": text(lambda table: table.replace("<tr>", "\n<tr>").replace("</table>", "\n</table>")),
    "a cell in a line": text(lambda table: table.replace("><", ">\n<")),
    "cells set in": text(lambda table: table.replace("><", ">\n    <")),
    "a page around each": text(lambda table: f"<html><body>{table}</body></html>"),
    "a div around each": text(lambda table: f'<div align="center">\n\n{table}\n\n</div>'),
    "capitals": text(lambda table: re.sub(r"</?(table|tr|td)", lambda tag: tag[0].upper(), table)),
    "heads and body": text(lambda table: table.replace("<tr>", "<tbody><tr>", 1).replace("</table>", "</tbody></table>")),
    "remarks of the converter": b"<!-- page 1 -->\n\n" + text(lambda table: f"<!-- table -->\n{table}\n<!-- end -->"),
    "entities": text(line=lambda line: "&emsp;&emsp;" + line),
    "tags in the lines": text(line=lambda line: f"<span>{line[:4]}</span><u>{line[4:]}</u>" if "条例" not in line else line),
    "fields": text(_licences("<input value='4' readonly>")),
}
SET_ASIDE = {
    "raised": (_licences("4<sup>1</sup>"), Expected(says=(NOTE,), status="clean")),
    "hidden": (_licences("<span style='display:none'>3</span>4"), Expected(silent=(UNREADABLE, NOTE))),
    "struck": (_licences("<s>3</s>4"), Expected(silent=(UNREADABLE, NOTE))),
    "two lines": (_licences("1<br>2"), Expected(figures={LICENSES: UNREAD}, says=(UNREADABLE,))),
    "split": (_licences("<b>1</b>2"), Expected(figures={LICENSES: 12}, status="clean")),
}


@pytest.mark.parametrize("suffix", ["md", "txt"])
@pytest.mark.parametrize("name", TEXTS)
def test_html_tables_in_text(name: str, suffix: str) -> None:
    assert judge(check(f"report.{suffix}", TEXTS[name]), printed(), CLEAN) == []


@pytest.mark.parametrize("name", SET_ASIDE)
def test_what_is_set_aside_in_html_tables_of_text(name: str) -> None:
    change, expected = SET_ASIDE[name]
    assert judge(check("report.md", text(change)), printed(), expected) == []


PIPES = {
    "raised": ("4<sup>1</sup>", Expected(says=(NOTE,))),
    "an entity": ("&nbsp;4", Expected(silent=("table.not-a-number",))),
    "struck": ("~~3~~ 4", Expected(silent=(UNREADABLE,))),
    "deleted": ("<del>3</del>4", Expected(silent=(UNREADABLE,))),
    "two lines": ("1<br>2", Expected(figures={LICENSES: UNREAD}, says=(UNREADABLE,))),
    "only struck": ("~~4~~", Expected(figures={LICENSES: UNREAD}, says=(UNREADABLE,))),
    "bold": ("<b>4</b>", Expected(status="clean")),
    "a remark": ("4<!-- x -->", Expected(status="clean")),
}


@pytest.mark.parametrize("name", PIPES)
def test_tags_in_cells_between_pipes(name: str) -> None:
    from tests.acceptance.mutation import writers

    from .html_cases import _report

    cell, expected = PIPES[name]
    source = writers.write(_report().put("disclosure", "licensing", "decisions", "ZK0ZK"), writers.BY_NAME["markdown"])
    assert judge(check("report.md", source.replace("ZK0ZK", cell).encode()), printed(), expected) == []


def test_a_finding_in_an_html_table_stands_at_its_words() -> None:
    source = text(lambda table: _licences("若干")(table).replace("<tr>", "\n<tr>")).decode()
    result = check("report.md", source.encode())
    (finding,) = (finding for finding in result.findings if finding.rule == "table.not-a-number")
    place = finding.location
    assert source.split("\n")[(place.line or 0) - 1][(place.offset or 0) - 1 :].startswith("若干")


# ------------------------------------------------------------------------------------- frames and programs


def _shell(body: str) -> bytes:
    """A page with the report's title and chrome, and something else in the report's place."""
    html = page()
    head = html[: html.index("<body>")]
    return f"{head}<body><div class=nav>首页 政务公开</div><h1>白塔乡2023年政府信息公开工作年度报告</h1>{body}</body></html>".encode()


def _body() -> str:
    return page().split("<body>")[1].split("</body>")[0]


_ESCAPED = json.dumps(_body())
FRAMES = {
    "a PDF in a frame": '<iframe src="/pdfjs/web/viewer.html?file=/u/a.pdf" width="100%" height="900"></iframe>',
    "a page in a frame": '<iframe src="content_123.html"></iframe>',
    "an embedded PDF": '<embed src="/u/年报.pdf" type="application/pdf" width=800 height=600>',
    "an object": '<object data="/u/report.pdf" type="application/pdf"></object>',
}
PROGRAMS = {
    "markup in a string": f"<script>document.getElementById('c').innerHTML={json.dumps(_body(), ensure_ascii=False)}</script>",
    "characters by number": f"<script>var content = {_ESCAPED};</script>",
    "data for a program": f'<script type="application/json">{{"article": {_ESCAPED}}}</script>',
    "an editor's script": f'<script id="editor" type="text/plain">{_body()}</script>',
    "a field of text": f"<textarea style='display:none'>{escape(_body())}</textarea>",
    "a template": f"<template>{_body()}</template>",
    "a noscript": f"<noscript>{_body()}</noscript>",
}
UNSHOWN = {
    "not shown": f"<div style='display:none'>{_body()}</div>",
    "not yet faded in": f"<div class=wow style='visibility:hidden;animation-name:none'>{_body()}</div>",
    "all of it hidden by a class": f"<style>.article{{display:none}}</style><div class=article>{_body()}</div>",
}


@pytest.mark.parametrize(
    ("body", "word"),
    [(body, "框架") for body in FRAMES.values()]
    + [(body, "脚本") for body in PROGRAMS.values()]
    + [(body, "不显示") for body in UNSHOWN.values()],
    ids=[*FRAMES, *PROGRAMS, *UNSHOWN],
)
def test_a_report_that_is_not_in_the_page_itself(body: str, word: str) -> None:
    expected = Expected(figures=dict.fromkeys(printed(), ANY), silent=MISSING, status="unreadable", words=(word,))
    assert judge(check("report.html", _shell(body)), printed(), expected) == []


@pytest.mark.parametrize(
    "beside",
    [
        '<iframe src="/map.html" width=400 height=300></iframe>',
        f"<script>var other = {json.dumps('政府信息公开指南' * 100)};</script>",
        '<object data="a.swf"></object>',
        f"<noscript>{'请打开脚本' * 100}</noscript>",
    ],
)
def test_a_report_beside_frames_and_programs_is_read(beside: str) -> None:
    html = page().replace("</body>", beside + "</body>")
    assert judge(check("report.html", html.encode()), printed(), CLEAN) == []


def test_a_page_without_any_report_is_still_told_what_it_lacks() -> None:
    result = check("report.html", _shell('<p>一、总体情况</p><p>略。</p><iframe src="x.js.html" width=1 height=1></iframe>'))
    assert "structure.missing-section" in {finding.rule for finding in result.findings}
