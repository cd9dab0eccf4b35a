"""The functions of the ODK XForms specification that need no device, over plain values.

Those whose arguments are not plain values (`if`, `position`, `count`, `once`…) have no `apply`:
the compiler of expressions knows them.
"""

from __future__ import annotations

from forms.functions import choices, dates, digests, numbers, texts
from forms.functions.signature import Function

FUNCTIONS: dict[str, Function] = {
    "if": Function(3, None),
    "once": Function(1, None),
    "position": Function((0, 1), None),
    "indexed-repeat": Function((3, 7), None),
    "current": Function(0, None),
    "instance": Function(1, None),
    "pulldata": Function(4, None),
    "randomize": Function((1, 2), None),
    "jr-choice-name": Function(2, None),
    "count": Function(1, None),
    "today": Function(0, None),
    "now": Function(0, None),
    "random": Function(0, None),
    "uuid": Function((0, 1), None),
    **numbers.FUNCTIONS,
    **texts.FUNCTIONS,
    **dates.FUNCTIONS,
    **choices.FUNCTIONS,
    **digests.FUNCTIONS,
}

NEED_A_DEVICE = {
    "area": "une position",
    "distance": "une position",
    "geofence": "une position",
    "version": "un serveur",
    "property": "un téléphone",
}
"""Functions of the specification that are refused, and what they need."""
