"""The roll: everybody whose record is kept, as arrays that a search is counted and ordered from. Pure.

What the arrays say is what the search's SQL says of the same day. Read in this order: `columns` (what is read),
`building` (how it becomes a `roll`), `masks` (sets of rows), `points`, `counting` and `order` (what is asked).
"""
