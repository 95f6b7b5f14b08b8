"""Every published report, alone, in every format, read back by the format's consumer."""

from __future__ import annotations

from functools import cache

import pytest

from tests.acceptance.real.test_corpus import CORPUS, FILES
from tests.acceptance.test_bad_input_formats import consumed
from tests.support import book
from validator.model import Run
from validator.pipeline.check_file import examine
from validator.reporters import REPORTERS, Options, render

pytestmark = pytest.mark.skipif(not FILES, reason=f"the published reports are not here ({CORPUS})")


@cache
def _run(name: str) -> Run:
    files = tuple(examine((CORPUS / name).read_bytes(), name, book()))
    return Run(files=files, rules={rule.id: rule for rule in book().rules}, fingerprint=book().fingerprint)


@pytest.mark.parametrize("format", REPORTERS)
@pytest.mark.parametrize("name", FILES)
def test_each_report_in_each_format(name: str, format: str) -> None:
    """Every rule and the gravest finding's words are in what the consumer reads; the same run gives the same bytes."""
    run, options = _run(name), Options(version="0.1.0", width=400, statistics=True)
    shown = render(format, run, options)
    assert shown == render(format, run, options)
    text = consumed(format, shown if isinstance(shown, bytes) else shown.encode("utf-8"))
    for file in run.files:
        assert file.findings and all(finding.rule in text for finding in file.findings)
        gravest = min(file.findings, key=lambda finding: finding.severity.rank)
        assert "".join(gravest.message["zh"].split()) in "".join(text.split())
