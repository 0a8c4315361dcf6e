"""The report of an incident as a PDF. Pure: plain values in, bytes out."""

from registry.incidents.writers.report import report_pdf

__all__ = ["report_pdf"]
