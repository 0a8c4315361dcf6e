"""The versioned JSON API and its OpenAPI description. Not furnished yet."""
