"""What a campaign costs for each person; its lines are those of `policies.rules.budgets`. Whole đồng. Pure."""


def cost_each(paid: int, people: int) -> int | None:
    """What a person cost so far, to the nearest đồng; None while there is nobody to divide by."""
    return (2 * paid + people) // (2 * people) if people else None
