"""What may leave as open data: small cells hidden for good, releases compared, sets described. Pure."""

from registry.balance.rules.suppression import LEAST, Masked, exposed, mask
from registry.balance.rules.tables import TOTAL, Cell, Table
from registry.open_data.rules.catalogue import Dataset, Distribution, catalogue_entry, dataset_entry
from registry.open_data.rules.dictionary import Column, dictionary_of
from registry.open_data.rules.differencing import Revealed, Revealing, revealing_pairs

__all__ = [
    "LEAST",
    "TOTAL",
    "Cell",
    "Column",
    "Dataset",
    "Distribution",
    "Masked",
    "Revealed",
    "Revealing",
    "Table",
    "catalogue_entry",
    "dataset_entry",
    "dictionary_of",
    "exposed",
    "mask",
    "revealing_pairs",
]
