"""Accounts, roles on a scope, sign-in and the guard of every route."""
