"""The JSON API `/api/v1` for other systems, and the keys by which they come in. People leave it masked as on the screens."""
