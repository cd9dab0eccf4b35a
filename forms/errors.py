"""What can go wrong with a form's definition, or with answers handed to it."""


class FormError(Exception):
    """Base of every error of the forms."""


class DefinitionError(FormError):
    """A definition has a fault.

    Attributes:
        file: where, as given to the reader.
        line: the line, from 1.
        problem: what is wrong.
        expected: what should be there instead.
        column: the column, where one is known.
    """

    def __init__(self, file: str, line: int, problem: str, expected: str, column: str = "") -> None:
        place = f"{file}:{line}" + (f" ({column})" if column else "")
        super().__init__(f"{place} : {problem} ; attendu : {expected}")
        self.file = file
        self.line = line
        self.problem = problem
        self.expected = expected
        self.column = column


class ExpressionError(FormError):
    """An expression cannot be understood: syntax, unknown name, or unknown function."""


class UnknownForm(FormError):
    """The catalogue has no form with this identifier."""


class UnknownLanguage(FormError):
    """The form is not translated into this language.

    Attributes:
        form_id: the form.
        language: as it was given.
        known: the codes of those it is translated into.
    """

    def __init__(self, form_id: str, language: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{form_id} has no {language}; it has: {', '.join(known) or 'none'}")
        self.form_id = form_id
        self.language = language
        self.known = known


class UnknownQuestion(FormError):
    """The form has no question at this path.

    Attributes:
        path: as it was given.
    """

    def __init__(self, path: str) -> None:
        super().__init__(f"no question at {path}")
        self.path = path


class InvalidAnswer(FormError):
    """What was typed is not an answer to this question; the message says what to do, in French."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
