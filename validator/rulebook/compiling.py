"""Rule files → forms and rules, each file read and checked, and the names that files use of each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from validator.model import Form, Rule
from validator.rulebook.diagnostics import Diagnostic, Diagnostics
from validator.rulebook.drafts import Drafts, RuleDraft, amended
from validator.rulebook.example_schema import check_examples
from validator.rulebook.fact_tables import table_problems
from validator.rulebook.forms import spans
from validator.rulebook.ordering import sort_rules
from validator.rulebook.overrides import AMENDED, NO_AMENDMENTS, Amendments
from validator.rulebook.references import check_names, check_roles
from validator.rulebook.rules import claimed, make_rule
from validator.rulebook.sources import PackStack, RuleSource, base_files, origins_of, table_files
from validator.rulebook.succession import extend_to_followers, with_last_years
from validator.rulebook.yaml_reader import Map, line_of


def compile_book(
    stack: PackStack, sources: Sequence[RuleSource], examples: bool, amendments: Amendments = NO_AMENDMENTS
) -> tuple[tuple[Form, ...], tuple[Rule, ...], dict[str, object], list[Diagnostic]]:
    """Forms, rules, the same as plain data, and every mistake in the files. `examples`: keep and check them.

    `amendments`: options that nianbao.yaml gives single rules; those of unknown rules are reported by `county/config_names.py`.
    """
    drafts = Drafts(stack)
    logs = [drafts.add_file(source, examples) for source in sources]
    ordered, order_problems = sort_rules(drafts.rules, drafts.ids, sources, stack)
    logs.append(Diagnostics(amendments.path, trusted=False, many=True))
    ordered = amended(ordered, amendments, logs[-1])
    form_drafts = drafts.forms.values()
    forms = with_last_years([draft.form for draft in form_drafts])
    spans([(form, draft.raw, draft.log) for form, draft in zip(forms, form_drafts, strict=True)])
    rules = _rules(ordered.values(), drafts.replaced, sources, examples)
    check_names(rules, forms, ordered, table_files(stack))
    check_roles(rules)
    if examples:
        check_examples(rules, forms, base_files(stack), ordered)
    plain: dict[str, object] = {
        "replaced": drafts.replaced,
        "forms": [(draft.file, draft.raw) for draft in form_drafts],
        "rules": [(draft.file, {key: value for key, value in draft.raw.items() if key != "examples"}) for draft in ordered.values()],
    }
    packs = [root for root, number in stack.roots if number]
    in_tables = table_problems(table_files(stack), packs, [(rule, log, line_of(raw, "with")) for rule, raw, log in rules])
    problems = [problem for log in logs for problem in log.problems] + order_problems + in_tables
    return forms, extend_to_followers([rule for rule, _, _ in rules], forms), plain, problems


def _rules(
    drafts: Iterable[RuleDraft], replaced: Mapping[str, Sequence[str]], sources: Sequence[RuleSource], examples: bool
) -> list[tuple[Rule, Map, Diagnostics]]:
    """The rules that can be made, each with its data and its log, and with the file and pack that it comes from."""
    origins = origins_of(sources)
    rules = []
    for draft in drafts:
        if rule := make_rule(draft.raw, draft.log, examples=examples):
            source = origins[draft.file.removeprefix(AMENDED)]
            old = tuple(origins[file].shown for file in replaced.get(rule.id, ()))
            rule = claimed(replace(rule, path=source.shown, pack=source.of_pack, replaces=old))
            rules.append((rule, draft.raw, draft.log))
    return rules
