"""rules/tables/reading.yaml as a record: the words by which the reader finds its way through a page."""

from __future__ import annotations

from validator.base.patterns import AnyCase, TablePattern
from validator.base.records import record


@record
class ReadingFacts:
    """The keys of rules/tables/reading.yaml, where each is explained."""

    title: AnyCase
    title_kind: AnyCase
    not_title: AnyCase
    title_run_on: TablePattern
    title_year: AnyCase
    title_label: TablePattern
    title_rest: TablePattern
    not_unit: TablePattern
    unit: AnyCase
    unit_place: TablePattern
    unit_begins: TablePattern
    unit_office: TablePattern
    unit_zone: TablePattern
    unit_committee: TablePattern
    unit_labels: AnyCase
    published: TablePattern
    published_label: TablePattern
    published_day: TablePattern
    published_alone: TablePattern
    published_bare: TablePattern
    published_doubtful: TablePattern
    page: AnyCase
    page_begins: AnyCase
    opening: AnyCase
    page_number: TablePattern
    unit_torn: TablePattern | None = None  # for forms whose titles carry such names
    prompts: TablePattern | None = None  # the blank form's prompts
    title_year_line: AnyCase | None = None  # for kinds of report that print the year alone under the title
    beside_unit: TablePattern | None = None  # words and marks beside a unit's name that are no part of it
    announced: TablePattern | None = None  # a preamble that names the report which it publishes, for a text that has lost its title
