"""Writes of the room, named as verbs. They flush and leave an event; none commits."""

from registry.balance.operations.forecasting import ForecastTerms, enter_forecast, withdraw_forecast
from registry.balance.operations.moving import (
    MovementTerms,
    forget_person_in_balance,
    record_movement,
    remove_movement,
)
from registry.balance.operations.short import (
    AlreadyOpen,
    CampaignWanted,
    ShortageTerms,
    TrainingWanted,
    begin_campaign,
    meet_shortage,
    open_shortage,
    order_training,
)

__all__ = [
    "AlreadyOpen",
    "CampaignWanted",
    "ForecastTerms",
    "MovementTerms",
    "ShortageTerms",
    "TrainingWanted",
    "begin_campaign",
    "enter_forecast",
    "forget_person_in_balance",
    "meet_shortage",
    "open_shortage",
    "order_training",
    "record_movement",
    "remove_movement",
    "withdraw_forecast",
]
