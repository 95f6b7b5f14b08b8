"""The order of rules: the list in pack.yaml, ids that are paths in the built-in book, and packs that have neither list nor such paths."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from validator.model import Rule
from validator.rulebook import PackError, built_in, draft_book, load_book, pack_stack
from validator.rulebook.manifest import read_manifest
from validator.rulebook.sources import gather

KINDS = [None, "website"]
PACKS = {None: "rules", "website": "rules/packs/website"}
RULE = """id: {id}
title: {{zh: 本县的, en: ours}}
severity: note
basis: [{{kind: county, document: 本县通知}}]
check: title
with: {{look_for: missing}}
message: {{zh: 没有标题, en: no title}}
advice: {{zh: 补上, en: add one}}
"""
MANIFEST = "name: ours\ntitle: {zh: 本县, en: ours}\n"


def built(kind: str | None) -> list[Rule]:
    """The rules of a built-in pack's own files."""
    book, _ = draft_book(kind=kind, examples=False)
    return [rule for rule in book.rules if kind is None or rule.path.startswith(f"{PACKS[kind]}/")]


def pack(folder: Path, files: dict[str, str], manifest: str | None = None) -> Path:
    """A county's pack: the ids by the names of their files, or whole files; `manifest`: lines added to its pack.yaml."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text if "\n" in text else RULE.format(id=text), encoding="utf-8")
    if manifest is not None:
        (folder / "pack.yaml").write_text(MANIFEST + manifest, encoding="utf-8")
    return folder


def ids(*packs: Path, kind: str | None = None) -> list[str]:
    """The ids of the book in their order, the same compiled and from the cache."""
    first, again = (load_book(packs, kind=kind) for _ in range(2))
    assert [rule.id for rule in first.rules] == [rule.id for rule in again.rules]
    return [rule.id for rule in again.rules]


def own(found: Sequence[str]) -> list[str]:
    return [name for name in found if name.startswith("local.")]


def mistakes(pack: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(PackError) as caught:
        load_book([pack])
    return [(problem.path, problem.line, problem.text["en"]) for problem in caught.value.problems]


@pytest.mark.parametrize("kind", KINDS)
def test_the_path_of_a_built_in_rule_is_its_id(kind: str | None) -> None:
    rules = built(kind)
    assert len(rules) > 20
    assert [rule.path for rule in rules] == [f"{PACKS[kind]}/{rule.id.replace('.', '/')}.yaml" for rule in rules]


@pytest.mark.parametrize("kind", KINDS)
def test_the_built_in_list_names_every_rule_and_is_kept(kind: str | None) -> None:
    order = read_manifest(built_in() / PACKS[kind].removeprefix("rules").lstrip("/")).order
    added = [rule.id for rule in built(kind) if not rule.replaces]
    assert list(order) == added, "a new rule needs its line in pack.yaml"
    assert ids(kind=kind)[-len(order) :] == list(order)


def test_a_rule_of_another_kind_that_changes_one_keeps_its_place() -> None:
    found = [name for name in ids() if name.startswith("input.")]
    assert ids(kind="website")[: len(found)] == found


def test_a_pack_without_a_list_keeps_the_order_of_its_paths(tmp_path: Path) -> None:
    files = {"20-late/alpha.yaml": "local.alpha", "10-soon/zeta.yaml": "local.zeta", "beta.yaml": "local.beta", "Z/nu.yaml": "local.nu"}
    by_path = ["local.zeta", "local.alpha", "local.nu", "local.beta"]
    assert ids(pack(tmp_path / "bare", files)) == [*ids(), *by_path]
    assert ids(pack(tmp_path / "told", files, "extends: disclosure\n")) == [*ids(), *by_path]


def test_a_list_orders_a_packs_rules_and_the_others_follow_by_id(tmp_path: Path) -> None:
    files = {"10-soon/zeta.yaml": "local.zeta", "a/nu.yaml": "local.nu", "b/alpha.yaml": "local.alpha", "c/beta.yaml": "local.beta"}
    ours = pack(tmp_path / "ours", files, "order: [local.beta, local.zeta]\n")
    assert ids(ours) == [*ids(), "local.beta", "local.zeta", "local.alpha", "local.nu"]


def test_a_list_moves_a_rule_that_the_pack_changes_and_no_other(tmp_path: Path) -> None:
    change = "id: {}\noverride: true\nseverity: note\n"
    files = {
        "missing-title.yaml": change.format("identity.missing-title"),
        "missing-email.yaml": change.format("contact.missing-email"),
        "one.yaml": "local.one",
    }
    ours = pack(tmp_path / "ours", files, "order: [local.one, identity.missing-title]\n")
    rest = [name for name in ids() if name != "identity.missing-title"]
    assert ids(ours) == [*rest, "local.one", "identity.missing-title"]


def test_mistakes_in_a_list_have_their_lines(tmp_path: Path) -> None:
    files = {"one.yaml": "local.one", "two.yaml": "local.two", "bad.yaml": "id: [\n", "deep/local.dark.yaml": "- no rule\n"}
    order = "order:\n  - local.two\n  - local.gone\n  - local.two\n  - contact.missing-email\n  - local.bad\n  - local.dark\n"
    found = mistakes(pack(tmp_path / "ours", files, order))
    told = [(line, text.split(":")[0].split(",")[0]) for path, line, text in found if path == str(tmp_path / "ours" / "pack.yaml")]
    assert told == [
        (5, "'order' names 'local.gone'"),
        (6, "'order' has 'local.two' twice"),
        (7, "'order' names 'contact.missing-email'"),  # it is another pack's
    ]
    assert {Path(path).name for path, *_ in found} == {"pack.yaml", "bad.yaml", "local.dark.yaml"}


@pytest.mark.parametrize("order", ["order: local.one\n", "order: [3]\n", "order: {a: b}\n", "order: [[local.one]]\n"])
def test_a_list_of_another_shape_is_a_mistake(tmp_path: Path, order: str) -> None:
    ours = pack(tmp_path / "ours", {"one.yaml": "local.one"}, order)
    assert [(path, line) for path, line, _ in mistakes(ours)] == [(str(ours / "pack.yaml"), 3)]


@pytest.mark.parametrize(
    ("takes", "taken"),
    [
        ("[]", set()),
        ("[input]", set()),
        ("[05-input]", set()),
        ("[deadline, totals.review]", {"deadline.early", "deadline.late", "totals.review"}),
        ("[60-other, 20-disclosure]", {"structure.missing-fee-statement", "totals.disclosed", "totals.items", "totals.repealed"}),
    ],
)
def test_a_kind_takes_rules_by_category_by_id_or_by_the_folder_of_before(tmp_path: Path, takes: str, taken: set[str]) -> None:
    ours = pack(tmp_path / "ours", {"one.yaml": "local.one"}, f"documents: ['本县月报']\ntakes: {{rules: {takes}, tables: [reading]}}\n")
    files = gather(pack_stack([ours], "ours"))
    sources = {source.name.removesuffix(".yaml").replace("/", ".") for source in files if source.root == built_in()}
    reading = {name for name in ids() if name.startswith("input.")}
    assert sources == reading | taken
