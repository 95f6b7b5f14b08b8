"""The kinds of check that a rule can name. Each is a frozen dataclass whose fields are the options a rule may give it."""

from __future__ import annotations

#: name in a rule file → module:class. Read by the rulebook; a test holds that each module of this folder is listed.
CHECKS: dict[str, str] = {
    # form and table
    "form_used": "validator.checks.form_used:FormUsed",
    "labels": "validator.checks.labels:Labels",
    "tables": "validator.checks.tables:Tables",
    "rows": "validator.checks.rows:Rows",
    "figures": "validator.checks.figures:FigureStates",
    "limit": "validator.checks.limit:Limit",
    "answers": "validator.checks.answers:Answers",
    # sums
    "sum": "validator.checks.sum:SumCheck",
    # structure
    "sections": "validator.checks.sections:Sections",
    "mentions": "validator.checks.mentions:Mentions",
    "content": "validator.checks.content:Content",
    "parts_list": "validator.checks.parts_list:PartsList",
    # contact
    "contact": "validator.checks.contact:ContactCheck",
    "contact_unit": "validator.checks.contact_unit:ContactUnit",
    "region": "validator.checks.region:Region",
    # identity
    "title": "validator.checks.title:TitleCheck",
    "period": "validator.checks.period:Period",
    "names": "validator.checks.names:Names",
    "stale_year": "validator.checks.stale_year:StaleYear",
    # when it was published
    "deadline": "validator.checks.deadline:Deadline",
    # what the readers noticed, and what could not be read
    "observed": "validator.checks.observed:Observed",
    # figures in the text
    "told": "validator.checks.told:Told",
    "claim": "validator.checks.claims:Claim",
    "lost_figure": "validator.checks.claims:Lost",
    "parts_sum": "validator.checks.parts:PartsSum",
    "share": "validator.checks.parts:Share",
    "channels": "validator.checks.parts:Channels",
    # privacy and wording
    "private": "validator.checks.privacy:Private",
    "applicant": "validator.checks.privacy:Applicant",
    "wording": "validator.checks.wording:Wording",
    "outdated": "validator.checks.wording:Outdated",
    "citations": "validator.checks.citations:Citations",
    "marks": "validator.checks.marks:Marks",
    "substance": "validator.checks.substance:Substance",
    # reports held against each other
    "copied": "validator.checks.copied:CopiedText",
    "continued": "validator.checks.continued:Continued",
    "year_on_year": "validator.checks.year_on_year:YearOnYear",
    # a county's set
    "owed": "validator.checks.owed:Owed",
    "repeated": "validator.checks.repeated:Repeated",
    "copied_reports": "validator.checks.twins:CopiedReports",
    "foreign_unit": "validator.checks.foreign_unit:ForeignUnit",
    "aggregate": "validator.checks.aggregate:Aggregate",
    # what a county accepts
    "accepted": "validator.checks.accepted:Accepted",
}
