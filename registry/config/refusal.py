"""What is said when the environment asks for something unsafe or impossible."""


class Misconfigured(Exception):
    """The environment asks for something unsafe or impossible; the message says how to mend it."""
