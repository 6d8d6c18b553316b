#!/bin/sh
# Runs the browser that RINGFENCE_BROWSER names as nobody, if we are root: as root, Chromium's sandbox does not
# work, and a page that breaks out of it would own the machine. The last --user-data-dir counts, because the one
# that Playwright makes belongs to root.
exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all -- \
  "$RINGFENCE_BROWSER" "$@" --user-data-dir="$HOME/profile"
