"""The tamper-evident log of writes and of reads of personal data. It has no views, since it lies below the guard."""
