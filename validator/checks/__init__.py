"""The kinds of check that a rule can name. Each is a frozen dataclass whose fields are the options a rule may give it."""

from __future__ import annotations

#: name in a rule file → module:class. Read by the rulebook; a test holds that each module of this folder is listed.
CHECKS: dict[str, str] = {
    # form and table
    "form_used": "validator.checks.tables.form_used:FormUsed",
    "labels": "validator.checks.tables.labels:Labels",
    "tables": "validator.checks.tables.tables:Tables",
    "rows": "validator.checks.tables.rows:Rows",
    "figures": "validator.checks.tables.figures:FigureStates",
    "limit": "validator.checks.tables.limit:Limit",
    "answers": "validator.checks.tables.answers:Answers",
    # sums
    "sum": "validator.checks.sums.sum:SumCheck",
    # structure
    "sections": "validator.checks.structure.sections:Sections",
    "mentions": "validator.checks.structure.mentions:Mentions",
    "length": "validator.checks.structure.length:Length",
    "content": "validator.checks.structure.content:Content",
    "parts_list": "validator.checks.structure.parts_list:PartsList",
    # contact
    "contact": "validator.checks.contact.contact:ContactCheck",
    "contact_unit": "validator.checks.contact.contact_unit:ContactUnit",
    "region": "validator.checks.contact.region:Region",
    # identity
    "title": "validator.checks.identity.title:TitleCheck",
    "period": "validator.checks.identity.period:Period",
    "names": "validator.checks.identity.names:Names",
    "later_year": "validator.checks.identity.later_year:LaterYear",
    "title_mark": "validator.checks.identity.title_mark:TitleMark",
    "stale_copy": "validator.checks.identity.stale_copy:StaleCopy",
    "stale_year": "validator.checks.identity.stale_year:StaleYear",
    # when it was published
    "deadline": "validator.checks.identity.deadline:Deadline",
    # what the readers noticed, and what could not be read
    "observed": "validator.checks.structure.observed:Observed",
    # figures in the text
    "told": "validator.checks.text.figures_in_text:FiguresInText",
    "claim": "validator.checks.text.claims:Claim",
    "contradiction": "validator.checks.text.contradiction:Contradiction",
    "lost_figure": "validator.checks.text.claims:IncompleteFigures",
    "parts_sum": "validator.checks.text.listed_parts:PartsSum",
    "share": "validator.checks.text.listed_parts:Share",
    "channels": "validator.checks.text.listed_parts:Channels",
    # privacy and wording
    "private": "validator.checks.text.privacy:Private",
    "applicant": "validator.checks.text.privacy:Applicant",
    "wording": "validator.checks.text.wording:Wording",
    "outdated": "validator.checks.text.wording:Outdated",
    "citations": "validator.checks.text.citations:Citations",
    "marks": "validator.checks.text.punctuation:Marks",
    "substance": "validator.checks.structure.own_facts:Substance",
    # reports held against each other
    "copied": "validator.checks.county.copied_from_last_year:CopiedText",
    "continued": "validator.checks.county.continued:Continued",
    "year_on_year": "validator.checks.county.year_on_year:YearOnYear",
    # a county's set
    "owed": "validator.checks.county.roster:Owed",
    "repeated": "validator.checks.county.repeated:Repeated",
    "copied_reports": "validator.checks.county.copied_between_units:CopiedReports",
    "foreign_unit": "validator.checks.county.foreign_unit:ForeignUnit",
    "against_list": "validator.checks.county.against_list:AgainstList",
    "aggregate": "validator.checks.county.aggregate:Aggregate",
    "mostly_one_result": "validator.checks.county.mostly:MostlyOneResult",
    "vertical_unit": "validator.checks.county.vertical:VerticalUnit",
    # what a county accepts
    "accepted": "validator.checks.county.accepted:Accepted",
}
