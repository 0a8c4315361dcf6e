"""Building messages and handing them to a mail server. Not furnished yet."""
