"""nianbao: checks the annual reports that governments publish on how they disclose information.

What is listed in `__all__` is the public interface (`validator.library`, docs/python.md); everything else may change.
"""

__version__ = "0.2.0"
__all__ = [
    "Basis", "Cell", "Change", "FileResult", "Finding", "Location", "NianbaoError", "ReadContact", "ReadFigure", "ReadReport",
    "ReadSection", "Rule", "Severity", "Skipped", "Sum", "Text", "Waived", "check", "read", "rules",
]  # fmt: skip

TYPE_CHECKING = False  # typing itself is a tenth of the start
if TYPE_CHECKING:
    from validator.library import (
        Basis,
        Cell,
        Change,
        FileResult,
        Finding,
        Location,
        NianbaoError,
        ReadContact,
        ReadFigure,
        ReadReport,
        ReadSection,
        Rule,
        Severity,
        Skipped,
        Sum,
        Text,
        Waived,
        check,
        read,
        rules,
    )
else:

    def __getattr__(name: str) -> object:
        """What is public, imported when it is first asked for: `import validator` costs next to nothing."""
        if name not in __all__:
            raise AttributeError(f"module 'validator' has no attribute {name!r}")
        from validator import library

        return getattr(library, name)
