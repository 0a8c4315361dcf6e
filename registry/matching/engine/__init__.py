"""The scoring engine: pure functions from needs and facts about people to points and reasons.

It opens nothing: no table, no file, no clock. Facts come in as frozen dataclasses that have no place for
a name, a birth date, a sex, an origin or any other attribute that must not matter.
"""
