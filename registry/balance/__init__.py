"""Supply and demand of people by skill, occupation, sector, unit and horizon, and what was forecast of it."""
