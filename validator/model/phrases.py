"""rules/tables/phrases.yaml: how reports tell figures in their text."""

from __future__ import annotations

from typing import Any

#: The table as plain data.
PhraseFacts = dict[str, Any]
