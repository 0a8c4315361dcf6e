"""Purposes, notices and the consents people give and withdraw."""
