"""The HTTP API under /api/v1, the desk's login, and what guards every page: limits, headers, typed errors."""
