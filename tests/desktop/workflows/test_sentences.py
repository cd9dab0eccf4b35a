"""Every error a workflow may raise has its own French sentence, that helps."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator

import pytest

from desktop.workflows import errors as workflow_errors
from desktop.workflows.online import errors as online_errors
from desktop.workflows.people import facts
from desktop.workflows.sentences import KNOWN_ERRORS, has_own_sentence, sentence
from exports.bundle import errors as bundle_errors
from exports.bundle.paper import errors as paper_code_errors
from exports.formpack import errors as formpack_errors
from exports.online import connection as online_connection
from exports.online import errors as network_errors
from exports.paper import errors as paper_errors
from exports.paper import intake
from exports.paper.proposal import model as proposal_model
from forms import dependencies
from forms import errors as form_errors
from forms.xlsform import errors as xlsform_errors
from vault import errors as vault_errors

MODULES = (
    vault_errors,
    form_errors,
    dependencies,
    paper_errors,
    intake,
    proposal_model,
    bundle_errors,
    paper_code_errors,
    formpack_errors,
    xlsform_errors,
    network_errors,
    online_connection,
    workflow_errors,
    online_errors,
    facts,
)
ARGUMENTS: dict[str, tuple[object, ...]] = {
    "RecoveryKeyMistyped": (2,),
    "DefinitionError": ("form.yaml", 3, "un défaut", "autre chose"),
    "CycleError": (["/data/a", "/data/a"],),
    "UnknownLanguage": ("rsa", "ar", ("en", "es")),
    "UnknownQuestion": ("/data/a",),
    "InvalidAnswer": ("Écrivez un nombre.",),
    "InvalidFact": ("Écrivez un nombre.",),
    "RevokedContact": ("CAF",),
    "UnverifiedContact": ("SPIP",),
    "OlderKeys": (("SPIP", "Centre"),),
    "CodesMissing": (3,),
    "SlipMistyped": ("la date",),
    "UnknownIssuer": ("SPIP",),
    "AccessTooOld": (("C. Le Goff",),),
}


def every_error() -> Iterator[type[Exception]]:
    for module in MODULES:
        for value in vars(module).values():
            if (
                isinstance(value, type)
                and issubclass(value, Exception)
                and value.__module__ == module.__name__
                and not value.__name__.startswith("_")
            ):
                yield value


@pytest.mark.parametrize("kind", tuple(every_error()), ids=lambda kind: kind.__name__)
def test_an_error_has_a_sentence_of_its_own(kind: type[Exception]) -> None:
    assert has_own_sentence(kind)
    assert issubclass(kind, KNOWN_ERRORS)
    said = sentence(kind(*ARGUMENTS.get(kind.__name__, ())))
    assert said.endswith((".", "!"))
    assert said[0].isupper()
    # French sets a non-breaking space before these signs.
    assert not re.search(r"[^\u00a0\u202f\d/][:;?!](\s|$)", said), said
    assert " " not in re.findall(r"«(.)", said)


def test_a_system_error_has_one_too() -> None:
    assert "clé" in sentence(FileNotFoundError())
    assert sentence(OSError(28, "No space left on device")).endswith(".")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "plus de place"),
        (errno.EROFS, "en lecture seule"),
        (errno.EIO, "ne répond plus"),
        (errno.ENODEV, "n’est plus là"),
        (errno.EINVAL, "ne peut pas être lu ou écrit"),
    ],
)
def test_what_the_system_refuses_is_told_apart(number: int, words: str) -> None:
    assert words in sentence(OSError(number, "invented"))
