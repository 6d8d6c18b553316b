#!/bin/sh
# Runs the browser that RINGFENCE_BROWSER names as nobody, for whoever is root: as root Chromium's sandbox
# does not work, and what breaks out of it would own the machine. The last --user-data-dir counts: the one
# that Playwright makes is root's.
exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all -- \
  "$RINGFENCE_BROWSER" "$@" --user-data-dir="$HOME/profile"
