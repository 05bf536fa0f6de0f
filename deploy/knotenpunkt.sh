#!/bin/sh
# Runs a command of knotenpunkt as the service does: its user, its settings, its folders.
#
#     install -m 755 deploy/knotenpunkt.sh /usr/local/bin/knotenpunkt
#
# Files that it shall read or write must be open to that user. /etc/knotenpunkt.env is read line by
# line, as systemd does: NAME=value, without quotation marks.
set -eu
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    [A-Z]*=*) export "$line" ;;
  esac
done < /etc/knotenpunkt.env
export KNOTENPUNKT_DATA=/var/lib/knotenpunkt KNOTENPUNKT_BACKUPS=/var/backups/knotenpunkt
exec runuser -u knotenpunkt -- /opt/knotenpunkt/.venv/bin/knotenpunkt "$@"
