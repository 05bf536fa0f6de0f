#!/bin/sh
# Run once by the PostgreSQL image, as its superuser, in an empty data folder: a database and its
# owner, who may create the two bound roles and is no superuser.
set -eu
psql --no-psqlrc -v ON_ERROR_STOP=1 -v password="$(cat "$POSTGRES_PASSWORD_FILE")" \
  --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
CREATE ROLE knotenpunkt LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE knotenpunkt OWNER knotenpunkt ENCODING 'UTF8' TEMPLATE template0;
SQL
