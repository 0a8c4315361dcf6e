"""Flask plumbing that knows no room: sessions per request, base form, headers, clock, errors, paging."""
