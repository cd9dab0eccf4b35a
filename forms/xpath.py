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
            raise ExpressionError(f"“{name}” cannot be the name of a question")
        return f"${name}"

    text = _REFERENCE.sub(variable, source).replace("jr:choice-name", "jr-choice-name")
    for name, needed in NEED_A_DEVICE.items():
        if re.search(rf"(?<![\w.\-]){name}\s*\(", text):
            raise ExpressionError(f"{name}() needs {needed}, which a PC does not have")
    try:
        return OdkParser().parse(text)
    except (ElementPathError, RecursionError) as error:
        message = str(error).split("] ")[-1]
        raise ExpressionError(message) from error
