"""Who may open this app's addresses: every employee, since all figures are aggregates."""

from __future__ import annotations

from privacy.matrix import LOGIN, declare

declare("insight:index", "insight:outcome_csv", roles=LOGIN, relation="municipality")
declare("insight:offers", roles=LOGIN, relation="municipality")
declare("api_home", "api:api-root", "api:openapi-json", roles=LOGIN)
declare("api:search", roles=LOGIN, relation="visitor")
