"""A short run of the fuzzer in every test run, and all files that ever broke a reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.fuzz.fuzz_readers import KEPT, mutants, reader_of, trouble


@pytest.mark.parametrize(("name", "count"), [("html", 40), ("pdf", 12), ("docx", 40)])
def test_changed_files_end_without_an_escape(name: str, count: int) -> None:
    reader = reader_of(name)
    assert [found for data in mutants(name, count, seed=0) if (found := trouble(reader, data, name))] == []


@pytest.mark.parametrize("path", sorted(path for path in KEPT.glob("*.*")), ids=lambda path: path.name)
def test_kept_files(path: Path) -> None:
    assert trouble(reader_of(path.suffix[1:]), path.read_bytes(), path.suffix[1:]) is None
