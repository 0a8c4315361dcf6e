"""Work that outlives a request: job rows with leases are the truth, Huey only wakes the worker.

Knows no room. A room enqueues a kind and plain ids; `registry.app.handlers` says which function does it.
"""
