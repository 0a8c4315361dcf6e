"""The Jinja environment of pages: Flask's own, quicker where a page asks a thousand times. What is shown is the same."""

from types import FunctionType
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Context, Macro
from markupsafe import (
    Markup,
    _escape_inner,  # pyright: ignore[reportPrivateUsage, reportPrivateImportUsage] - `escape` also wraps, which costs thrice as much
    escape,
)

from registry.web.i18n import marked_sentence

_OF_EVERY_DICT = frozenset(dir(dict))
_DICT: Any = dict


class PageGenerator(CodeGenerator):
    """Writes what a page does a thousand times so that Python is asked for little.

    `shown(…)` stands where Jinja writes `escape(…)`; a sentence is looked up without the context; and `row.name` looks into a plain dict on the spot.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Names of a module are found quicker than those of the environment, and a page asks a thousand times."""
        self.writeline(f"from {__name__} import said, shown")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """The beginning of what puts one value into the page."""
        if not _escapes(frame):
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("(" if _sentence_in(node, frame) is not None else "shown(")
        if finalize.src is not None:
            self.write(finalize.src)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's name
        """A sentence needs nothing but the language; all other calls are Jinja's."""
        written = _sentence_in(node, frame)
        if written is None:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write(f"said({written!r}")
        for one in node.kwargs:
            self.write(f", {one.key}=")
            self.visit(one.value, frame)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """As Jinja's own, which tries the attribute first: of what no dict has as a method, a plain dict's entry."""
        if not isinstance(node.node, nodes.Name) or node.attr in _OF_EVERY_DICT:
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f"[{node.attr!r}] if type(")
        self.visit(node.node, frame)
        self.write(f") is dict and {node.attr!r} in ")
        self.visit(node.node, frame)
        self.write(" else ")
        super().visit_Getattr(node, frame)
        self.write(")")


def _escapes(frame: Frame) -> bool:
    """Whether it is known beforehand that this part of a template escapes."""
    context: Any = frame.eval_ctx
    return context.autoescape and not context.volatile


def _sentence_in(node: nodes.Node, frame: Frame) -> str | None:
    """The sentence of `_("…")` or `_("…", name=value)` when `_` is the one of all templates."""
    match node:
        case nodes.Call(
            node=nodes.Name(name="_"),
            args=[nodes.Const(value=str(written))],
            dyn_args=None,
            dyn_kwargs=None,
        ) if _escapes(frame):
            found = frame.symbols.find_load(frame.symbols.ref("_"))
            return written if found == (VAR_LOAD_RESOLVE, "_") else None
        case _:
            return None


said = marked_sentence


def shown(value: Any) -> str:
    """A value as it goes into a page: markup as it is, all else escaped."""
    if type(value) is str:
        return _escape_inner(value)
    return value if type(value) is Markup else escape(value)


class PageContext(Context):
    """Calls macros and plain functions straight away: Jinja's own asks each first whether it wants a context."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """As Jinja's own."""
        is_plain = type(obj) is FunctionType and "jinja_pass_arg" not in obj.__dict__
        if not is_plain and type(obj) is not Macro:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs) if is_plain else obj(self.eval_ctx, *args, **kwargs)


class PageEnvironment(Environment):
    """Escapes what needs it without wrapping the rest, and looks for `row.name` in a plain dict straight away."""

    code_generator_class = PageGenerator
    context_class = PageContext

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Jinja's own, which tries the attribute first; what every dict has as a method stays that."""
        if type(obj) is _DICT and attribute not in _OF_EVERY_DICT:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)
