#!/usr/bin/env bash
# Run once by the PostgreSQL image: the role the site runs as, which owns nothing.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -v password="$WEB_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE sparringsrummet_web LOGIN NOSUPERUSER NOCREATEDB PASSWORD :'password';
SQL
