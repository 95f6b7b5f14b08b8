"""The whole book: every form and rule of the built-in `rules/` and the packs, read, checked and kept compiled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from validator import __version__
from validator.model import Book, Form, Rule
from validator.rulebook import cache as store
from validator.rulebook.amending import AMENDED, NO_AMENDMENTS, Amendments
from validator.rulebook.home import Source, fingerprint, gather, table_files
from validator.rulebook.problem import PackError, Problem
from validator.rulebook.revive import revive_form, revive_rule
from validator.rulebook.tables import Tables


def load_book(
    packs: Sequence[Path] = (), *, examples: bool = False, cache: bool = True, amendments: Amendments = NO_AMENDMENTS
) -> Book:
    """The built-in book and the packs beside it, without mistakes; else PackError with all of them.

    `examples`: rules keep their examples (for testing and explaining them). `cache`: use and fill the user's cache folder.
    `amendments`: options that nianbao.yaml gives single rules.
    """
    packs = [Path(pack) for pack in packs]
    sources, files = gather(packs), table_files(packs)
    print_ = fingerprint(sources, files, amendments)
    tables = Tables(files, cached=cache)
    key = f"book-{__version__}-{print_}"
    if cache and not examples and (kept := _from_cache(key, sources)):
        return Book(forms=kept[0], rules=kept[1], tables=tables, fingerprint=print_)
    from validator.rulebook.compiling import compile_book  # not needed where the cache serves

    forms, rules, raw, problems = compile_book(packs, sources, examples, amendments)
    if problems:
        raise PackError(problems)
    if cache:
        store.save(key, raw)
    return Book(forms=forms, rules=rules, tables=tables, fingerprint=print_)


def draft_book(packs: Sequence[Path] = (), *, examples: bool = True) -> tuple[Book, tuple[Problem, ...]]:
    """The book without the files that have mistakes, and the mistakes: for work on rules, never for checking reports."""
    from validator.rulebook.compiling import compile_book

    packs = [Path(pack) for pack in packs]
    sources, files = gather(packs), table_files(packs)
    forms, rules, _, problems = compile_book(packs, sources, examples)
    bad = {problem.path for problem in problems}
    rules = tuple(rule for rule in rules if rule.path not in bad)
    return Book(forms=forms, rules=rules, tables=Tables(files, cached=False), fingerprint=fingerprint(sources, files)), tuple(problems)


def _from_cache(key: str, sources: Sequence[Source]) -> tuple[tuple[Form, ...], tuple[Rule, ...]] | None:
    """Forms and rules as compiled before; None where the cache does not hold them or is not what it claims to be."""
    kept = store.load(key)
    if not isinstance(kept, dict):
        return None
    shown = {f"{source.pack}/{source.name}": source for source in sources}
    try:
        forms = tuple(revive_form(raw) for _, raw in kept["forms"])
        rules = tuple(
            revive_rule(raw, shown[name.removeprefix(AMENDED)].shown, name.startswith("0/")) for name, raw in kept["rules"]
        )
    except (ValueError, TypeError, KeyError, AttributeError, ImportError, RecursionError):
        return None
    return forms, rules
