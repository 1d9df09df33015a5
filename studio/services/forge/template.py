"""Templates of recipe blocks: Jinja's syntax, cut down by a whitelist of what a prompt needs, in its sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from studio.services.forge.errors import PromptTooLong, TemplateProblem
from studio.services.forge.filters import FILTERS, LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MAX_SOURCE = 60_000
MAX_OUTPUT = 200_000
MAX_STEPS = 5_000
MAX_DEPTH = 24
_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.If, nodes.For,
    nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr,
)  # fmt: skip
_TESTS = frozenset({"defined", "none"})
_WORDS = {
    nodes.Call: "calls something", nodes.Getitem: "uses square brackets", nodes.Assign: "sets a variable",
    nodes.Include: "includes a file", nodes.Import: "imports a file", nodes.Macro: "defines a macro",
    nodes.List: "has a list", nodes.Tuple: "has a list", nodes.Dict: "has a table", nodes.Extends: "extends a file",
}  # fmt: skip


_RESERVED = frozenset({"self", "super", "caller", "varargs", "kwargs"})


class Placeholder(str):
    """Stands in a preview for what isn't filled yet: `‹name›`. Its attributes are placeholders, a loop runs once."""

    __slots__ = ()


class View:
    """What a template sees of a structured slot: `.name` and other attributes; by itself it reads as its text.

    With `open_ended`, an attribute that isn't there is empty instead of an error.
    """

    def __init__(self, text: str, attributes: Mapping[str, Any], *, open_ended: bool = False) -> None:
        self._text = text
        self._attributes = dict(attributes)
        self._open_ended = open_ended

    def attribute(self, name: str) -> Any:
        """The attribute's value. Raises TemplateProblem for one that this slot can't have."""
        if name in self._attributes:
            return self._attributes[name]
        if self._open_ended:
            return ""
        raise TemplateProblem(f"“{name}” isn't a field of what this slot holds. Is the name right?")

    def has(self, name: str) -> bool:
        """Whether there is such an attribute."""
        return name in self._attributes

    def __str__(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, with attributes only where we give them and loops that are counted."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False, trim_blocks=True,
                         lstrip_blocks=True, cache_size=0)  # fmt: skip
        self.globals.clear()
        self.filters = FILTERS | {"counted loop": self._counted}
        self.tests = {name: self.tests[name] for name in _TESTS}
        self._steps = 0

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute of a slot's view or of `loop`; nothing else has any."""
        if isinstance(obj, View):
            return obj.attribute(attribute)
        if isinstance(obj, Placeholder):
            return Placeholder(f"{obj[:-1]}.{attribute}›")
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        raise TemplateProblem(f"Only an entity has fields, so “.{attribute}” has no meaning here.")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """No arithmetic: the whitelist refuses it, and so does this."""
        raise SecurityError("arithmetic")

    def _counted(self, value: Any) -> Iterator[Any]:
        if value == "" or isinstance(value, Placeholder):
            value = [value] if value else []
        if not isinstance(value, list | tuple):
            raise TemplateProblem("A “for” can only go through a list, such as a field with several values.")
        for item in value:
            self._steps += 1
            if self._steps > MAX_STEPS:
                raise TemplateProblem("This template repeats itself too often. Use fewer or shorter lists.")
            yield item


def parse(source: str) -> nodes.Template:
    """The checked tree of a template. Raises TemplateProblem with the line for what isn't allowed."""
    if len(source) > MAX_SOURCE:
        raise TemplateProblem("This block is too long for a template. Split it, or shorten it.")
    try:
        tree = _Environment().parse(source)
    except TemplateSyntaxError as error:
        raise TemplateProblem(_in_our_words(error.message or ""), line=error.lineno) from error
    except RecursionError as error:
        raise TemplateProblem("This template is nested too deeply.") from error
    except ValueError as error:
        raise TemplateProblem("This template holds a number that is far too long.") from error
    _check(tree, 0, 0)
    return tree


_KNOWN = (
    ("end of print statement", "A “{{ … }}” isn't closed, or holds something unexpected."),
    ("end of statement block", "A “{% … %}” isn't closed, or holds something unexpected."),
    ("innermost block", "An “if” or a “for” isn't closed with “endif” or “endfor”."),
    ("Missing end of comment", "A “{# … #}” isn't closed."),
)


def _in_our_words(message: str) -> str:
    return next((words for part, words in _KNOWN if part in message), _first_upper(message or "The template is broken"))


def _first_upper(text: str) -> str:
    text = text.rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def _check(node: nodes.Node, depth: int, loops: int) -> None:
    line = getattr(node, "lineno", None)
    if depth > MAX_DEPTH:
        raise TemplateProblem("This template is nested too deeply.", line=line)
    if not isinstance(node, _ALLOWED):
        what = next((words for kind, words in _WORDS.items() if isinstance(node, kind)), "does something")
        raise TemplateProblem(f"This template {what} that prompts don't need, so it isn't run.", line=line)
    if isinstance(node, nodes.Name) and node.name in _RESERVED:
        raise TemplateProblem(f"“{node.name}” is a word of the template language; use another name.", line=line)
    if isinstance(node, nodes.Filter):
        _check_filter(node, line)
    if isinstance(node, nodes.Test) and node.name not in _TESTS:
        raise TemplateProblem(f"There is no test “{node.name}”; use “is defined” or “is none”.", line=line)
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise TemplateProblem(f"“{node.attr}” isn't a field.", line=line)
    if isinstance(node, nodes.For):
        loops += 1
        if loops > 2 or node.recursive or not isinstance(node.target, nodes.Name):
            raise TemplateProblem("A “for” may hold one other “for”, and names one thing.", line=line)
    for child in node.iter_child_nodes():
        _check(child, depth + 1, loops)


def _check_filter(node: nodes.Filter, line: int | None) -> None:
    if node.name not in FILTERS or node.node is None:
        raise TemplateProblem(f"There is no filter “{node.name}”. There are: {', '.join(sorted(FILTERS))}.", line=line)
    plain = all(isinstance(a, nodes.Const) and len(str(a.value)) <= 200 for a in node.args)
    if not plain or node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > 1:
        raise TemplateProblem(f"“{node.name}” takes one short constant at most.", line=line)


def variables(source: str) -> dict[str, bool]:
    """The names that a template needs, each with whether it asks for an attribute of it."""
    return _variables(parse(source), frozenset())


def _variables(node: nodes.Node, bound: frozenset[str]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    if isinstance(node, nodes.Name):
        return {} if node.name in bound else {node.name: False}
    if isinstance(node, nodes.For):
        inner = bound | {node.target.name, "loop"} if isinstance(node.target, nodes.Name) else bound
        found |= _variables(node.iter, bound)
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            _merge(found, _variables(child, inner))
        return found
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return {} if node.node.name in bound else {node.node.name: True}
    for child in node.iter_child_nodes():
        _merge(found, _variables(child, bound))
    return found


def _merge(found: dict[str, bool], more: dict[str, bool]) -> None:
    for name, attribute in more.items():
        found[name] = found.get(name, False) or attribute


def render(source: str, values: Mapping[str, Any]) -> str:
    """The template with these values, which are data and never templates. Raises TemplateProblem or PromptTooLong."""
    tree = parse(source)
    environment = _Environment()
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, "counted loop", [], [], None, None, environment=environment)
    for node in (tree, *tree.find_all(nodes.Node)):
        node.environment = environment
    try:
        template = Template.from_code(environment, environment.compile(tree), {}, None)
        return _capped(template.generate(dict(values)))
    except UndefinedError as error:
        raise TemplateProblem(f"{_first_upper(str(error.message or error))} Is the name right?") from error
    except SecurityError as error:
        raise TemplateProblem("This template does something that prompts don't need, so it isn't run.") from error
    except (TypeError, ValueError) as error:
        raise TemplateProblem(f"This template can't be filled: {error}.") from error


def _capped(chunks: Iterable[str]) -> str:
    parts: list[str] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_OUTPUT or len(chunk) > 2 * LIMIT:
            raise PromptTooLong("The prompt got longer than 200,000 characters. Shorten what the slots hold.")
        parts.append(chunk)
    return "".join(parts).strip()
