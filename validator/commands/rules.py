"""`nianbao rules`: the list, one rule explained, the examples run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from validator import settings, streams
from validator.commands.delivery import deliver
from validator.commands.opening import opened
from validator.model import Rule
from validator.settings import Settings, not_yet


def run(flags: dict[str, Any]) -> int:
    """0; of `rules test` 1 where an example does not come out as it says, 2 for mistakes in rule files."""
    first = flags["paths"][:1]
    if first == ["new"]:
        raise not_yet("nianbao rules new")
    return _test(settings.of_rules(flags, None)) if first == ["test"] else _shown(flags)


def _shown(flags: dict[str, Any]) -> int:
    from validator import rule_page

    asked, book = opened(flags, settings.of_rules, examples=bool(flags["paths"]))
    if not asked.paths:
        deliver(rule_page.listing(book, asked.language, streams.width()), asked)
        return 0
    known = {rule.id: rule for rule in book.rules}
    chosen = [known[settings.one_of("nianbao rules", name, known)] for name in asked.paths]
    deliver("\n".join(rule_page.page(rule, book, asked.language, streams.width(), packs=asked.packs) for rule in chosen), asked)
    return 0


def _test(asked: Settings) -> int:
    """The examples of all rules, of the packs named, or of single rules."""
    from validator.examples import run_examples, summary
    from validator.rulebook import draft_book

    words = asked.paths[1:]
    own = [Path(word) for word in words if Path(word).exists()]
    packs = [*asked.packs, *own]
    book, problems = draft_book(packs)
    for problem in problems:
        streams.complain(problem.render(asked.language))
    ids = {settings.one_of("nianbao rules test", word, [rule.id for rule in book.rules]) for word in words if not Path(word).exists()}

    def wanted(rule: Rule) -> bool:
        return not words or rule.id in ids or any(Path(rule.path).is_relative_to(pack) for pack in own)

    results = tuple(run_examples(book, packs, wanted=wanted))
    deliver(summary(results, asked.language) + "\n", asked)
    return 2 if problems else int(not all(result.ok for result in results))
