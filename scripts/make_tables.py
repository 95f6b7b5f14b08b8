"""Writes validator/parsing/tables.json anew: the tables of the grammars beside it, made by Lark.

python scripts/make_tables.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    """One line a grammar."""
    from validator.parsing.making import made
    from validator.parsing.tables import digest, plain

    folder = ROOT / "validator" / "parsing"
    lines = []
    for path in sorted(folder.rglob("*.lark")):
        text = path.read_text(encoding="utf-8")
        tables = {"text": digest(text), **plain(made(text))}
        lines.append(f"{json.dumps(path.relative_to(folder).as_posix())}:{json.dumps(tables, ensure_ascii=False, separators=(',', ':'))}")
    (folder / "tables.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
