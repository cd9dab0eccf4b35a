"""ODK XPath's grammar: XPath 1.0 as elementpath parses it, with ODK's functions registered."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from elementpath import ElementPathError, XPath1Parser

from forms.errors import ExpressionError
from forms.functions import FUNCTIONS, NEED_A_DEVICE

_REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")
_NAME = re.compile(r"[^\W\d][\w.\-]*")


class OdkParser(XPath1Parser):
    """XPath 1.0 whose only functions are those of the ODK XForms specification."""

    # A path may begin with a function: `instance('list')/root/item`, `current()/../name`.
    PATH_STEP_LABELS = (*XPath1Parser.PATH_STEP_LABELS, "function")

    def parse(self, source: str) -> Any:
        """Parse without elementpath's static evaluation, which knows no answers."""
        if self.tokenizer is None:
            self.tokenizer = self.create_tokenizer(self.symbol_table)
        return super(XPath1Parser, self).parse(source)


def _register_functions() -> None:
    for symbol, token in list(OdkParser.symbol_table.items()):
        if token.label == "function":
            del OdkParser.symbol_table[symbol]
    for name, function in FUNCTIONS.items():
        OdkParser.function(name, nargs=function.arity)
    OdkParser.build()


_register_functions()


@cache
def parse(source: str) -> Any:
    """Parse an expression into elementpath's tree of tokens.

    `${name}` becomes a variable, as no other form of reference can carry a bare name.

    Raises:
        ExpressionError: the syntax is wrong, or a function is unknown or has too many arguments.
    """

    def variable(match: re.Match[str]) -> str:
        name = match.group(1)
        if not _NAME.fullmatch(name):
            raise ExpressionError(f"“{name}” ne peut pas être le nom d’une question")
        return f"${name}"

    text = _REFERENCE.sub(variable, source).replace("jr:choice-name", "jr-choice-name")
    for name, needed in NEED_A_DEVICE.items():
        if re.search(rf"(?<![\w.\-]){name}\s*\(", text):
            raise ExpressionError(f"{name}() demande {needed}, que ce programme n’a pas")
    try:
        return OdkParser().parse(text)
    except (ElementPathError, RecursionError) as error:
        raise ExpressionError(_in_french(str(error).split("] ")[-1])) from error


_WORDS = (
    (r"unknown function '?([^']+?)'?", r"la fonction \1() est inconnue"),
    (r"unexpected name '(.*)'", r"« \1 » n’est pas attendu ici"),
    (
        r"unexpected '?(.*?)'? (?:operator|function|symbol|literal|token|expression)",
        r"« \1 » n’est pas attendu ici",
    ),
    (r"unexpected end of source.*", "l’expression s’arrête trop tôt"),
    (r"Too many arguments.*", "il y a trop d’arguments"),
    (r"Too few arguments.*", "il manque des arguments"),
)


def _in_french(message: str) -> str:
    for pattern, words in _WORDS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(words)
    return f"cette écriture n’est pas comprise ({message})"
