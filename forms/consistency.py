"""What must agree within a form: names, expressions, dependencies."""

from __future__ import annotations

from forms.definition import Expression, Form, Node, Question, Repeat, walk
from forms.dependencies import CycleError, order
from forms.errors import DefinitionError, ExpressionError
from forms.expression import compile_expression, compile_filter
from forms.tree import ROOT, Tree
from forms.wording import REFERENCE


def check_form(form: Form, file: str) -> None:
    """Check that names are single, that every expression is understood, that nothing turns round.

    Raises:
        DefinitionError: at the line of the first fault.
    """
    _refuse_same_names(form, file)
    tree = Tree(form)
    for node in walk(form.children):
        for expression in _expressions(node):
            _compile(expression, tree, node.path, file)
        if isinstance(node, Question):
            _check_question(node, tree, file)
    names: set[str] = set()
    for document in form.documents:
        if document.name in names:
            raise DefinitionError(
                file,
                document.line,
                f"le document “{document.name}” est là deux fois",
                "un seul nom",
            )
        names.add(document.name)
        for expression in (document.relevant, document.required):
            _compile(expression, tree, ROOT, file)
    if form.instance_name is not None:
        _compile(form.instance_name, tree, ROOT, file)
    _refuse_cycles(tree, file)


def _refuse_same_names(form: Form, file: str) -> None:
    seen: dict[str, Node] = {}
    for node in walk(form.children):
        if node.path in seen:
            raise DefinitionError(
                file,
                node.line,
                f"“{node.name}” est déjà le nom de la ligne {seen[node.path].line}",
                "un autre nom",
                "name",
            )
        seen[node.path] = node


def _check_question(question: Question, tree: Tree, file: str) -> None:
    if question.choice_filter is not None:
        try:
            compile_filter(question, tree)
        except ExpressionError as error:
            raise _misunderstood(question.choice_filter, error, file) from error
    for name in REFERENCE.findall(question.label + question.hint):
        try:
            tree.resolve(name)
        except ExpressionError as error:
            raise DefinitionError(
                file, question.line, f"dans les mots : {error}", "le nom d’une question", "label"
            ) from error
    for name in question.triggers:
        try:
            tree.resolve(name)
        except ExpressionError as error:
            raise DefinitionError(
                file, question.line, f"dans “trigger” : {error}", "le nom d’une question"
            ) from error


def _expressions(node: Node) -> list[Expression]:
    found: list[Expression | None] = [node.relevant]
    if isinstance(node, Repeat):
        found.append(node.count)
    if isinstance(node, Question):
        found += [
            node.required,
            node.constraint,
            node.calculation,
            node.default,
            node.read_only,
        ]
    return [expression for expression in found if expression is not None]


def _compile(expression: Expression, tree: Tree, owner: str, file: str) -> None:
    try:
        compile_expression(expression.text, tree, owner)
    except ExpressionError as error:
        raise _misunderstood(expression, error, file) from error


def _misunderstood(expression: Expression, error: ExpressionError, file: str) -> DefinitionError:
    return DefinitionError(
        file,
        expression.line,
        f"dans “{expression.text}” : {error}",
        "une expression ODK XPath sur les questions de ce formulaire",
        expression.column,
    )


def _refuse_cycles(tree: Tree, file: str) -> None:
    try:
        order(tree)
    except CycleError as error:
        node = tree.places[error.path].node
        names = " → ".join(path.rsplit("/", 1)[-1] for path in error.cycle)
        raise DefinitionError(
            file,
            node.line,
            f"“{node.name}” dépend de lui-même ({names})",
            "un calcul ou une condition qui ne revient pas à son point de départ",
        ) from error
