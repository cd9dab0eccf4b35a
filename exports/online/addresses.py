"""The addresses of a procedure, and the paths the contract gives for them (`config/routes.rb`)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from exports.online.errors import NotAProcedureAddress

_PATH = re.compile(r"/(?:commencer|preremplir)/([\w\-]{1,200})(?:/schema)?/?", re.ASCII)


def procedure_path(address: str) -> str:
    """The name of a procedure in its address: what follows `/commencer/` or `/preremplir/`.

    Raises:
        NotAProcedureAddress: the address names none.
    """
    try:
        match = _PATH.fullmatch(urlsplit(address.strip()).path)
    except ValueError:
        match = None
    if match is None:
        raise NotAProcedureAddress
    return match.group(1)


def schema_path(procedure: str) -> str:
    """Where the schema of a procedure is read."""
    return f"/preremplir/{procedure}/schema"


def dossiers_path(number: int) -> str:
    """Where drafts of a procedure are created and followed, under its number."""
    return f"/api/public/v1/demarches/{number}/dossiers"
