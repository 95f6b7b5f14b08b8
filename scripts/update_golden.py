"""Write the golden results of `examples/reports/` and `examples/county/` anew: `python scripts/update_golden.py [NAME...]`.

Read the diff before you keep it: these files are what tests/acceptance/test_examples.py holds the program to.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "reports"
COUNTY = FOLDER.parent / "county"
DAY = "1746057600"  # 1 May 2025
SUFFIXES = (".txt", ".md")
ENDING = ".expected.json"


def reports() -> list[Path]:
    """The example reports, by name."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix in SUFFIXES and path.stem.lower() != "readme")


def golden(report: Path) -> Path:
    """Where the result of a report is kept."""
    return report.with_name(report.name + ENDING)


def result(report: Path) -> dict[str, Any]:
    """What `nianbao check --format json NAME` prints in the examples' folder and its exit status, without the fingerprint of the rules."""
    from validator.cli.main import main

    before, out = Path.cwd(), io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    os.chdir(FOLDER)
    try:
        with contextlib.redirect_stdout(out):
            status = main(["check", "--format", "json", report.name])
            out.flush()
    finally:
        os.chdir(before)
    found: dict[str, Any] = json.loads(out.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    del found["tool"]
    return {"exit_status": status, **found}


def county() -> dict[str, Any]:
    """The same of `nianbao check` in examples/county, on a day when every report of it is due."""
    from validator.cli.main import main

    before, day, out = Path.cwd(), os.environ.get("SOURCE_DATE_EPOCH"), io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    os.chdir(COUNTY)
    os.environ["SOURCE_DATE_EPOCH"] = DAY
    try:
        with contextlib.redirect_stdout(out):
            status = main(["check", "--format", "json"])
            out.flush()
    finally:
        os.chdir(before)
        os.environ.pop("SOURCE_DATE_EPOCH")
        os.environ.update({"SOURCE_DATE_EPOCH": day} if day is not None else {})
    found: dict[str, Any] = json.loads(out.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    del found["tool"]
    return {"exit_status": status, **found}


def render(found: dict[str, Any]) -> str:
    """As it is kept: readable, the same bytes for the same result."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def update(names: list[str]) -> int:
    """Write what has changed and say so; results without a report go."""
    kept = {golden(report) for report in reports()}
    for path in FOLDER.glob("*" + ENDING):
        if path not in kept:
            path.unlink()
            print(f"gone     {path.name}")
    if not names:
        text, path = render(county()), COUNTY / f"county{ENDING}"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{'changed' if path.exists() else 'new':8} {path.name}")
            path.write_text(text, encoding="utf-8", newline="\n")
    for report in reports():
        if names and report.name not in names:
            continue
        text, path = render(result(report)), golden(report)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{'changed' if path.exists() else 'new':8} {path.name}")
            path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER.parent.parent))
    sys.exit(update(sys.argv[1:]))
