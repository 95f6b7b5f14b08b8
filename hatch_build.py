"""A step of building the wheel, also of installing a checkout in place: Lark saves the parsers of the grammars beside them."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Found by hatchling under this name in this file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the files of the wheel are gathered."""
        sys.path.insert(0, self.root)
        from validator.parsing.grammars import save

        save()
