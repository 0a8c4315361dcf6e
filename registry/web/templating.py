"""The Jinja environment of pages: Flask's own, quicker where a page asks a thousand times. What is shown is the same."""

import re
from typing import Any, cast

from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_OF_EVERY_DICT = frozenset(dir(dict))
_must_be_escaped = re.compile("[&<>'\"]").search
_DICT: Any = dict


class PageGenerator(CodeGenerator):
    """Writes `environment.shown(…)` where Jinja writes `escape(…)`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """The beginning of what puts one value into the page."""
        context = cast("Any", frame.eval_ctx)
        if context.volatile or not context.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.shown(")
        if finalize.src is not None:
            self.write(finalize.src)


class PageEnvironment(Environment):
    """Escapes what needs it without wrapping the rest, and looks for `row.name` in a plain dict straight away."""

    code_generator_class = PageGenerator

    @staticmethod
    def shown(value: Any) -> str:
        """A value as it goes into a page: markup and texts without a special sign as they are, all else escaped."""
        if type(value) is Markup or (type(value) is str and _must_be_escaped(value) is None):
            return value
        return escape(value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Jinja's own, which tries the attribute first; what every dict has as a method stays that."""
        if type(obj) is _DICT and attribute not in _OF_EVERY_DICT:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)
