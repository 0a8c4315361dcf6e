"""Pages that read several rooms: home, health, language, errors of the browser."""
