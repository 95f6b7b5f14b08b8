"""Options that nianbao.yaml gives single rules: `rules: {options: {series.copied: {limit: 0.4}}}`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from validator.base.records import record

#: Before the name of a rule that was amended, in the cache.
AMENDED = "~"


@record
class Amendments:
    """By rule id, the options as they stand in the file at `path`, with their lines."""

    path: str = ""
    options: Mapping[str, object] = field(default_factory=dict)


NO_AMENDMENTS = Amendments()
