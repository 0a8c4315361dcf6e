"""Agencies, public-service units, enterprises and partner institutions as a tree."""
