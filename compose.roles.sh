#!/bin/sh
# Run once, by an empty database: make the role of web and worker, which owns nothing.
set -eu
test -r /run/secrets/clinic_password
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\set password `cat /run/secrets/clinic_password`
CREATE ROLE clinic LOGIN PASSWORD :'password';
SQL
