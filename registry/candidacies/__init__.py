"""Candidacies: a person considered for a need, step by step, with two decisions, until and after the post is taken."""
