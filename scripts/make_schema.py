"""Writes rules/rule.schema.json from the kinds of check. With --check it only says whether the file is fresh."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from validator.rulebook.schema import rule_schema  # noqa: E402

TARGET = ROOT / "rules" / "rule.schema.json"


def text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(rule_schema(), ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the file; with --check, 1 if it is not fresh."""
    if "--check" in sys.argv:
        fresh = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text()
        print("fresh" if fresh else "stale: run scripts/make_schema.py")
        return int(not fresh)
    TARGET.write_text(text(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
