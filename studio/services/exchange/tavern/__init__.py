"""Role-play cards and lorebooks: character cards V1–V3 (PNG, JSON, charx), World Info and its relatives."""
