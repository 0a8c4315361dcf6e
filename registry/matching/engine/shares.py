"""Dividing whole points so that nothing is lost. Needs show the shares in force, so the method lies with them. Pure."""

from registry.needs.rules import apportion

__all__ = ["apportion"]
