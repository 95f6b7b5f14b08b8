"""Outputs that lack characters, and files that appear whole or not at all."""

from __future__ import annotations

import json

import pytest

from validator.cli import output_stream
from validator.cli.output_stream import encoded, save
from validator.cli.settings import SettingsError


def test_utf8_is_written_as_it_is():
    assert encoded("必须改 𠮷\n", "utf-8") == ("必须改 𠮷\n".encode(), "")


def test_gbk_loses_only_what_it_lacks():
    assert encoded("必须改\n", "cp936") == ("必须改\n".encode("gbk"), "")
    data, sentence = encoded("必须改 𠮷\n", "gbk")
    assert data == "必须改 ?\n".encode("gbk") and "PYTHONUTF8" in sentence


def test_ascii_gets_escapes_and_a_sentence_in_ascii():
    data, sentence = encoded("必须改 3\n", "ascii")
    assert data == b"\\u5fc5\\u987b\\u6539 3\n"
    assert sentence.isascii() and "--output" in sentence


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1", "utf-8", "cp1252"])
def test_json_is_json_in_every_encoding(encoding):
    data, sentence = encoded(json.dumps({"单位": "𠮷é"}, ensure_ascii=False), encoding, escape=True)
    assert json.loads(data) == {"单位": "𠮷é"} and not sentence


def test_a_file_is_replaced_and_leaves_no_draft(tmp_path):
    target = tmp_path / "结果.json"
    target.write_text("旧", encoding="utf-8")
    save("新\n", target, [])
    assert target.read_bytes() == "新\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["结果.json"]


def test_an_input_is_never_overwritten(tmp_path):
    report = tmp_path / "a.txt"
    report.write_text("报告", encoding="utf-8")
    with pytest.raises(SettingsError):
        save("x", tmp_path / "." / "a.txt", [str(report)])
    assert report.read_text(encoding="utf-8") == "报告"


@pytest.mark.parametrize("target", [".", "没有/结果.json"])
def test_what_cannot_be_written_is_said(tmp_path, target):
    with pytest.raises(SettingsError, match="--output"):
        save("x", tmp_path / target, [])


TERMINALS = [
    ({"WT_SESSION": "1"}, True),
    ({"VTE_VERSION": "7003"}, True),
    ({"VTE_VERSION": "4999"}, False),
    ({"TERM_PROGRAM": "vscode"}, True),
    ({"TERM": "xterm-kitty"}, True),
    ({"TERM": "linux"}, False),
    ({"TERM": "xterm-256color"}, False),
    ({"FORCE_HYPERLINK": "1"}, True),
    ({"FORCE_HYPERLINK": "0", "WT_SESSION": "1"}, False),
    ({"NO_COLOR": "1", "WT_SESSION": "1"}, False),
    ({"TERM": "dumb", "WT_SESSION": "1"}, False),
    ({"CI": "true", "WT_SESSION": "1"}, False),
]


@pytest.mark.parametrize(("told", "shown"), TERMINALS)
def test_links_only_where_a_terminal_is_known_to_show_them(told, shown, monkeypatch):
    for name in {name for names, _ in TERMINALS for name in names}:
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(output_stream.sys, "platform", "linux")
    monkeypatch.setattr(output_stream.sys.stdout, "isatty", lambda: True, raising=False)
    assert output_stream.links() is shown
    monkeypatch.setattr(output_stream.sys.stdout, "isatty", lambda: False, raising=False)
    assert output_stream.links() is False
