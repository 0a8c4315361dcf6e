"""Reads of people. Every list of people starts from `people_for`."""

from registry.people.queries.visible import (
    anonymous_name,
    display_name,
    get_visible,
    ground_condition,
    may_be_named,
    named_condition,
    people_for,
    visible_condition,
)

__all__ = [
    "anonymous_name",
    "display_name",
    "get_visible",
    "ground_condition",
    "may_be_named",
    "named_condition",
    "people_for",
    "visible_condition",
]
