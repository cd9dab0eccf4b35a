"""What can go wrong with a workbook as a file; faults of the form itself are DefinitionError."""

from __future__ import annotations

from forms.errors import FormError


class WorkbookUnreadable(FormError):
    """The file is no workbook, is damaged, or is too large."""
