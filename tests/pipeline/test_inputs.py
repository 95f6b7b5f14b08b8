"""What is read of the paths given: files as named, folders in order, the system's litter in silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from validator.pipeline import inputs


def names(*paths: str, **options) -> list[str]:
    return [item.path for item in inputs.inputs(paths, **options)]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    taken = ["b/二.txt", "b/A.DOCX", "a.txt", "c&d （三）/e f.md"]
    left = ["b/~$A.docx", "Thumbs.db", "__MACOSX/x.txt", ".git/x.txt", "b/.x.txt", "x.xlsx", "x.truth.json"]
    for name in taken + left:
        Path("reports", name).parent.mkdir(parents=True, exist_ok=True)
        Path("reports", name).write_text("x", encoding="utf-8")
    return tmp_path


def test_a_folder_is_walked_in_order(folder):
    assert names("reports") == ["reports/a.txt", "reports/b/A.DOCX", "reports/b/二.txt", "reports/c&d （三）/e f.md"]


def test_files_stand_in_the_order_given_and_once(folder):
    assert names("reports/b/二.txt", "reports/x.xlsx", "reports/b")[:3] == ["reports/b/二.txt", "reports/x.xlsx", "reports/b/A.DOCX"]
    assert len(names("reports", "reports/", "./reports/a.txt")) == 4


def test_where_a_file_comes_from(folder):
    named, walked = inputs.inputs(("reports/x.xlsx", "reports/b"))[:2]
    assert (named.folder, walked.folder) == (None, "reports/b")
    assert inputs.inputs(("reports",))[1].folder == "reports"


def test_a_missing_path_is_an_input_with_trouble(folder):
    assert inputs.inputs(("没有.txt",))[0].trouble == "missing"


def test_a_pattern_that_the_shell_left_alone_is_expanded(folder):
    assert names("reports/b/*.txt") == ["reports/b/二.txt"]
    assert inputs.inputs(("reports/*.pdf",))[0].trouble == "missing"


def test_a_file_whose_name_looks_like_a_pattern_is_taken_as_it_is(folder):
    Path("年报[1].txt").write_text("x", encoding="utf-8")
    assert inputs.inputs(("年报[1].txt",))[0].trouble is None


def test_standard_input_has_the_name_given(folder):
    assert names("-") == ["-"] and names("-", "-", stdin_name="青石镇.docx") == ["青石镇.docx"]


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need rights on Windows")
def test_links_that_lead_round_are_not_followed(folder):
    os.symlink("..", "reports/round")
    assert len(names("reports")) == 4


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_is_not_read():
    assert inputs.inputs(("/dev/zero",))[0].trouble == "not-a-file"
