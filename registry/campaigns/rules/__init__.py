"""The pure core of campaigns: states, texts with fields, the funnel, pace, money. No database, no clock."""
