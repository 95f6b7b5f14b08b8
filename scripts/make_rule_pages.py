"""Writes docs/rules: a page for each built-in rule and an index, with the text of `nianbao rules ID`. --check says if they are fresh."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from validator.base.links import page_name  # noqa: E402
from validator.cli.rule_page import entries  # noqa: E402
from validator.engine.locations import hidden  # noqa: E402
from validator.examples.expectations import ExampleResult  # noqa: E402
from validator.examples.runner import run_examples  # noqa: E402
from validator.model import Book, Language, Rule  # noqa: E402
from validator.reporters.words import severity  # noqa: E402
from validator.rulebook import draft_book, ready_packs  # noqa: E402

TARGET = ROOT / "docs" / "rules"
_MADE = "<!-- Made by scripts/make_rule_pages.py from the rule's file: do not edit. -->\n"
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_INDEX = {
    "zh": "一条规则一页，内容与 `nianbao rules 规则名` 相同，由 `make pages` 生成。",
    "en": "A page for each rule, the text of `nianbao rules ID`, made by `make pages`.",
}


def pages() -> dict[str, str]:
    """Every page as it stands in docs/rules, by the file's name."""
    made: dict[str, str] = {}
    listed: list[tuple[str, list[Rule]]] = []
    for title, packs, kind, book in _books():
        rules = sorted((rule for rule in book.rules if _name(rule) not in made), key=lambda rule: rule.id)
        fresh = {rule.id for rule in rules}
        results: dict[str, list[ExampleResult]] = {}
        for result in run_examples(book, packs, kind=kind, wanted=lambda rule, fresh=fresh: rule.id in fresh):  # type: ignore[misc]
            results.setdefault(result.rule.id, []).append(result)
        made |= {_name(rule): _page(rule, book, results.get(rule.id, [])) for rule in rules}
        listed.append((title, rules))
    return {"README.md": _index(listed), **made}


def _books() -> Iterator[tuple[str, tuple[Path, ...], str | None, Book]]:
    """The built-in book of each kind of report with its title, then that of each ready pack, whose new rules have pages beside them."""
    first, problems = draft_book()
    yield _title(first), (), None, first
    for kind in first.others:
        book, more = draft_book(kind=kind.name)
        problems += more
        yield _title(book), (), kind.name, book
    for name, folder in ready_packs().items():
        book, more = draft_book((folder,))
        problems += more
        yield f"rules: {{packs: [{name}]}}", (folder,), None, book
    if problems:
        raise SystemExit("\n".join(problem.render("en") for problem in problems))


def _title(book: Book) -> str:
    return f"{book.kind.title['zh']} {book.kind.title['en']}" if book.kind else ""


def _name(rule: Rule) -> str:
    """The file of the rule's page, in docs/rules."""
    name = page_name(rule.id, rule.path)
    assert name is not None, f"{rule.path}: not a built-in rule"
    return name


def _page(rule: Rule, book: Book, results: list[ExampleResult]) -> str:
    """One rule, in Chinese and below in English."""
    parts = [f"{_MADE}\n# {rule.id}\n"]
    langs: tuple[Language, ...] = ("zh", "en")
    for lang in langs:
        parts.append(f"## {_safe(rule.title[lang])}\n\n{severity(lang, rule.severity)} (`{rule.severity.value}`)\n")
        colon, said = "：" if lang == "zh" else ": ", entries(rule, book, lang, results)
        parts.append("".join(f"- **{label}**{colon}{_safe(text)}\n" for label, text in said))
    return hidden("\n".join([*parts, f"[规则目录 All rules]({'../' * _name(rule).count('/')}README.md)\n"]))


def _index(listed: list[tuple[str, list[Rule]]]) -> str:
    """All rules by kind of report and category."""
    parts = [f"{_MADE}\n# 规则 Rules\n", f"{_INDEX['zh']}\n", f"{_INDEX['en']}\n"]
    for title, rules in listed:
        parts.append(f"## {_safe(title)}\n")
        for category, group in groupby(rules, key=lambda rule: rule.category):
            parts.append(f"### {category}\n\n| 规则 Rule | 级别 Severity | | |\n|---|---|---|---|\n" + "".join(map(_row, group)))
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    level = f"{severity('zh', rule.severity)} `{rule.severity.value}`"
    return f"| [{rule.id}]({_name(rule)}) | {level} | {_safe(rule.title['zh'])} | {_safe(rule.title['en'])} |\n"


def _safe(text: str) -> str:
    """The text as Markdown shows it literally."""
    return _SPECIAL.sub(r"\\\1", text)


def stale(made: Mapping[str, str]) -> list[str]:
    """The names of pages that are missing, differ, or are about no rule."""
    there = {path.relative_to(TARGET).as_posix() for path in TARGET.rglob("*") if path.is_file()}
    return sorted(
        name for name in there | set(made)
        if name not in made or name not in there or (TARGET / name).read_text(encoding="utf-8") != made[name]
    )  # fmt: skip


def main() -> int:
    """Write the pages; with --check, 1 if they are not fresh."""
    made = pages()
    wrong = stale(made)
    if "--check" in sys.argv:
        print(f"stale, run scripts/make_rule_pages.py: {', '.join(wrong)}" if wrong else "fresh")
        return int(bool(wrong))
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in wrong:
        if name in made:
            (TARGET / name).parent.mkdir(exist_ok=True)
            (TARGET / name).write_text(made[name], encoding="utf-8", newline="\n")
        else:
            (TARGET / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
