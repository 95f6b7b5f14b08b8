"""What paragraphs and clauses are about, by the words of phrases.yaml."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from validator.model import Form
from validator.model.phrases import PhraseFacts
from validator.text.paragraphs import Paragraph

#: Characters of a paragraph that may say what it is about, as a sub-heading does.
_LEAD = 24


class TopicMarks:
    """The words of a text that name a topic: place and topic."""

    def __init__(self, text: str, phrases: PhraseFacts) -> None:
        self._text, self._phrases = text, phrases

    def last_before(self, place: int) -> tuple[int, str] | None:
        """The last that begins before that place."""
        return _last_before(self._all, place)

    def last_case_before(self, place: int) -> tuple[int, str] | None:
        """The last that names a topic of cases."""
        return _last_before(self._of_cases, place)

    @cached_property
    def _all(self) -> list[tuple[int, str]]:
        return sorted((match.start(), name) for name, wording in self._phrases.topic_wordings for match in wording.finditer(self._text))

    @cached_property
    def _of_cases(self) -> list[tuple[int, str]]:
        names = {cases.topic for cases in self._phrases.cases}
        return [mark for mark in self._all if mark[1] in names]


def _last_before(marks: list[tuple[int, str]], place: int) -> tuple[int, str] | None:
    at = bisect_left(marks, (place, "")) - 1
    return marks[at] if at >= 0 else None


class DefaultTopics:
    """The topics of a report's paragraphs where they name none themselves: by heading, by part of the form."""

    def __init__(self, phrases: PhraseFacts, form: Form) -> None:
        self._phrases = phrases
        self._of_parts = phrases.topics_of_parts(form)
        self._of_headings: dict[str, str] = {}

    def of(self, paragraph: Paragraph) -> str:
        """The topic that the paragraph's first words, the heading it stands under or its part of the form say; '' none."""
        subheading = paragraph.text[:_LEAD].split("。")[0] if self._phrases.named("leads").match(paragraph.text) else ""
        return self._of_heading(subheading) or self._of_lead(paragraph.lead) or self._of_parts.get(paragraph.number or 0, "")

    def _of_lead(self, lead: str) -> str:
        if lead not in self._of_headings:
            self._of_headings[lead] = self._of_heading(lead)
        return self._of_headings[lead]

    def _of_heading(self, text: str) -> str:
        return next((topic for topic, pattern in self._phrases.headings if pattern.search(text)), "") if text else ""
