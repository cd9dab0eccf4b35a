"""An invented procedure, made from a form's mapping, in the shape of a real schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from exports.online.field_types import descriptor_of, type_of_format
from forms.online import FieldFormat, MappedField, OnlineFiling


@dataclass(frozen=True)
class PracticeProcedure:
    """One procedure of the practice portal.

    Attributes:
        path: its name in addresses.
        schema: what `/preremplir/:path/schema` answers.
        individuals: whether it asks who files.
        titles: whether it then asks for a title (« M. », « Mme »).
        state: `publiee`, `brouillon`, `close`…
        open_data: whether the portal describes it.
    """

    number: int
    path: str
    schema: Mapping[str, Any]
    individuals: bool = True
    titles: bool = True
    state: str = "publiee"
    open_data: bool = True

    @property
    def open(self) -> bool:
        """Whether drafts may be created."""
        return self.state in ("publiee", "brouillon")

    def descriptors(self) -> list[Mapping[str, Any]]:
        """The fields at the top."""
        return list(self.schema["revision"]["champDescriptors"])

    def closed(self) -> PracticeProcedure:
        """The same, no longer open."""
        return replace(self, state="close", schema={**self.schema, "state": "close"})


def practice_procedure(filing: OnlineFiling, title: str) -> PracticeProcedure:
    """A procedure that asks what a mapping answers, and an identity document that it cannot."""
    procedure = filing.procedure
    assert procedure is not None, "only a procedure is practised"
    path = procedure.address.rstrip("/").rsplit("/", 1)[-1]
    fields = [
        _heading(1, "Votre demande"),
        *(_descriptor(field, index) for index, field in enumerate(procedure.fields)),
        {
            "__typename": "PieceJustificativeChampDescriptor",
            "id": "Q2hhbXAtOTAwMQ==",
            "label": "Pièce d’identité",
            "description": None,
            "required": True,
            "fileTemplate": None,
        },
    ]
    schema = {
        "id": "UHJvY2VkdXJlLTE=",
        "number": procedure.number,
        "title": f"Démarche d’exercice : {title}",
        "description": "Démarche inventée, pour s’exercer. Rien ne part de ce poste.",
        "state": "publiee",
        "declarative": None,
        "dateCreation": "2026-01-15T10:00:00+01:00",
        "datePublication": "2026-01-16T10:00:00+01:00",
        "dateDerniereModification": "2026-01-16T10:00:00+01:00",
        "dateDepublication": None,
        "dateFermeture": None,
        "notice": None,
        "deliberation": None,
        "demarcheURL": procedure.address,
        "cadreJuridiqueURL": "https://loi.example/exercice",
        "revision": {
            "id": "UsOpdmlzaW9uLTE=",
            "datePublication": "2026-01-16T10:00:00+01:00",
            "champDescriptors": fields,
            "annotationDescriptors": [],
        },
    }
    return PracticeProcedure(procedure.number, path, schema, bool(procedure.identity))


def _descriptor(field: MappedField, index: int) -> dict[str, Any]:
    described: dict[str, Any] = {
        "__typename": descriptor_of(type_of_format(field.format)),
        "id": field.field + "=" * (-len(field.field) % 4),
        "label": field.label,
        "description": None,
        "required": index == 0,
    }
    if field.format is FieldFormat.REPETITION:
        described["champDescriptors"] = [_descriptor(one, 1) for one in field.fields]
    if field.format in (FieldFormat.DROP_DOWN_LIST, FieldFormat.MULTIPLE_DROP_DOWN_LIST):
        described["options"] = [words for _, words in field.options]
        described["otherOption"] = False
    return described


def _heading(level: int, label: str) -> dict[str, Any]:
    return {
        "__typename": "HeaderSectionChampDescriptor",
        "id": "Q2hhbXAtOTAwMA==",
        "label": label,
        "description": None,
        "required": False,
        "level": level,
    }
