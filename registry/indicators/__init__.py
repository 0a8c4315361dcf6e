"""Programmes, objectives, indicators, targets, observations and reports. Not furnished yet."""
