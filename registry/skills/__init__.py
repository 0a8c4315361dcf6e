"""Skill concepts, labels, relations, the resolver and the terms it could not resolve."""
