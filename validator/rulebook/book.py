"""The whole book: every form and rule of the built-in `rules/` and the packs, read, checked and kept compiled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from validator import __version__
from validator.base import cache_folder as store
from validator.model import Book, Form, Rule
from validator.rulebook.decode_cached import revive_form, revive_rule
from validator.rulebook.diagnostics import Diagnostic, PackError
from validator.rulebook.fact_tables import fact_tables
from validator.rulebook.overrides import AMENDED, NO_AMENDMENTS, Amendments
from validator.rulebook.report_kinds import BookKinds, book_kinds, kinds_from_cache, pack_stack, plain_kinds
from validator.rulebook.sources import RuleSource, fingerprint, gather, origins_of, table_files
from validator.rulebook.succession import extend_to_followers, with_last_years


def load_book(
    packs: Sequence[Path] = (),
    *,
    kind: str | None = None,
    examples: bool = False,
    cache: bool = True,
    amendments: Amendments = NO_AMENDMENTS,
) -> Book:
    """The built-in book and the packs beside it, without mistakes; else PackError with all of them.

    `kind`: another kind of report, by name or by the folder of its pack (UnknownKind where there is none); its book knows no others.
    `examples`: rules keep their examples (for testing and explaining them). `cache`: use and fill the user's cache folder.
    `amendments`: options that nianbao.yaml gives single rules.
    """
    stack = pack_stack(packs, kind)
    sources = gather(stack)
    print_ = fingerprint(stack, sources, amendments)
    tables = fact_tables(table_files(stack), cached=cache)
    key = f"book-{__version__}-{print_}"
    if cache and not examples and (cached := _from_cache(key, sources)):
        return Book(forms=cached[0], rules=cached[1], tables=tables, fingerprint=print_, kind=cached[2].own, others=cached[2].others)
    from validator.rulebook.compiling import compile_book  # not needed where the cache serves

    kinds = book_kinds(stack)
    forms, rules, raw, problems = compile_book(stack, sources, examples, amendments)
    if problems:
        raise PackError(problems)
    if cache:
        store.save(key, {**raw, "kinds": plain_kinds(kinds)})
    return Book(forms=forms, rules=rules, tables=tables, fingerprint=print_, kind=kinds.own, others=kinds.others)


def draft_book(packs: Sequence[Path] = (), *, kind: str | None = None, examples: bool = True) -> tuple[Book, tuple[Diagnostic, ...]]:
    """The book without the files that have mistakes, and the mistakes: for work on rules, never for checking reports."""
    from validator.rulebook.compiling import compile_book

    stack = pack_stack(packs, kind)
    sources, kinds = gather(stack), book_kinds(stack)
    forms, rules, _, problems = compile_book(stack, sources, examples)
    bad = {problem.path for problem in problems}
    rules = tuple(rule for rule in rules if rule.path not in bad)
    tables = fact_tables(table_files(stack, without=bad), cached=False)
    book = Book(forms=forms, rules=rules, tables=tables, fingerprint=fingerprint(stack, sources), kind=kinds.own, others=kinds.others)
    return book, tuple(problems)


def _from_cache(key: str, sources: Sequence[RuleSource]) -> tuple[tuple[Form, ...], tuple[Rule, ...], BookKinds] | None:
    """Forms, rules and kinds as compiled before; None where the cache does not hold them or is not what it claims to be."""
    cached = store.load(key)
    if not isinstance(cached, dict):
        return None
    origins = origins_of(sources)
    try:
        forms = with_last_years([revive_form(raw) for _, raw in cached["forms"]])
        rules = tuple(_revived(name, raw, origins) for name, raw in cached["rules"])
        old = {key: tuple(origins[name].shown for name in names) for key, names in cached["replaced"].items()}
        rules = tuple(replace(rule, replaces=old[rule.id]) if rule.id in old else rule for rule in rules)
        rules = extend_to_followers(rules, forms)
        kinds = kinds_from_cache(cached["kinds"])
    except (ValueError, TypeError, KeyError, AttributeError, ImportError, RecursionError):
        return None
    return forms, rules, kinds


def _revived(name: str, raw: Mapping[str, Any], origins: Mapping[str, RuleSource]) -> Rule:
    """A rule of the cache; `name`: of the file that it was read from."""
    source = origins[name.removeprefix(AMENDED)]
    return revive_rule(raw, source.shown, source.of_pack, name.startswith("0/"))
