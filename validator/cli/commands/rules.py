"""`nianbao rules`: the list, one rule explained, rules found by a word, the examples run, a new one begun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.cli import output_stream, settings
from validator.cli.commands.setup import kinds_told, opened, others, tell_untranslated
from validator.cli.commands.write_result import deliver
from validator.cli.settings import CommandSettings, SettingsError
from validator.messages import both, say
from validator.model import Book, Rule

if TYPE_CHECKING:
    from validator.rulebook import Diagnostic


def run(flags: dict[str, Any]) -> int:
    """0; of `rules test` 1 where an example does not come out as it says, 2 for mistakes in rule files."""
    first = flags["paths"][:1]
    if first == ["new"]:
        from validator.cli.commands import rules_new

        return rules_new.run(flags)
    if flags["check"]:
        raise SettingsError(both("cli.check-is-for-new"))
    return _test(settings.of_rules(flags, None)) if first == ["test"] else _shown(flags)


def _shown(flags: dict[str, Any]) -> int:
    from validator.cli import rule_page, rule_search

    asked, book = opened(flags, settings.of_rules, examples=bool(flags["paths"]))
    if not asked.paths:
        deliver(rule_page.listing(book, asked.language, output_stream.width()), asked)
        return 0
    by_id = {rule.id: (rule, book, asked.pack) for rule in book.rules}
    if not all(name in by_id for name in asked.paths):  # a rule of another kind of report
        more = others(book, asked, examples=True)
        by_id = {rule.id: (rule, other, other.kind.name) for other in more if other.kind for rule in other.rules} | by_id
    lang, width = asked.language, output_stream.width()
    if not any(name in by_id or rule_search.looks_like_id(name) for name in asked.paths):
        matches = rule_search.found((rule for rule, _, _ in by_id.values()), asked.paths)
        if not matches:
            raise SettingsError(both("cli.rules.nothing-found", words=" ".join(asked.paths)))
        deliver(rule_search.listed(matches, asked.paths, lang, width), asked)
        return 0
    chosen = [by_id[settings.one_of("nianbao rules", name, by_id)] for name in asked.paths]
    pages = [rule_page.page(rule, of, lang, width, packs=asked.packs, kind=kind) for rule, of, kind in chosen]
    deliver("\n".join(pages), asked)
    return 0


def _test(asked: CommandSettings) -> int:
    """The examples of all rules, of the packs named, or of single rules; for each kind of report those of its book."""
    from validator.examples.differences import summary
    from validator.examples.runner import run_examples
    from validator.rulebook import of_pack, ready_packs

    words = asked.paths[1:]
    ready = ready_packs()
    folders = [folder for word in words if (folder := Path(word) if Path(word).exists() else ready.get(word))]
    packs = [*asked.packs, *folders]
    drafts = _drafts(packs, asked.pack)
    tell_untranslated(asked, drafts[0][1])
    problems = dict.fromkeys(problem.render(asked.language) for _, _, problems in drafts for problem in problems)
    for problem in problems:
        output_stream.complain(problem)
    ids_of_all = [rule.id for _, book, _ in drafts for rule in book.rules]
    ids = {settings.one_of("nianbao rules test", word, ids_of_all) for word in words if not Path(word).exists() and word not in ready}

    def wanted(rule: Rule) -> bool:
        return not words or rule.id in ids or (bool(folders) and of_pack(rule, folders))

    tried = {rule.id for _, book, _ in drafts for rule in book.rules if _examples(rule)}
    bare = dict.fromkeys(rule.id for _, book, _ in drafts for rule in book.rules if wanted(rule) and rule.id not in tried)
    for rule in bare:
        output_stream.complain(say("cli.rules-test.no-examples", asked.language, rule=rule))
    results = tuple(result for kind, book, _ in drafts for result in run_examples(book, packs, kind=kind, wanted=wanted))
    deliver(summary(results, asked.language) + "\n", asked)
    return 2 if problems else int(bool(bare) or not all(result.ok for result in results))


def _examples(rule: Rule) -> bool:
    """Whether the rule has an example of either kind."""
    examples = rule.examples or {}
    return bool(examples.get("pass")) and bool(examples.get("fail"))


def _drafts(packs: list[Path], pack: str | None) -> list[tuple[str | None, Book, tuple[Diagnostic, ...]]]:
    """The book of each kind of report that there is, or of the one named, with the mistakes in it."""
    from validator.rulebook import draft_book

    with kinds_told():
        first = (pack, *draft_book(packs, kind=pack))
    return [first, *((kind.name, *draft_book(packs, kind=kind.name)) for kind in first[1].others)]
