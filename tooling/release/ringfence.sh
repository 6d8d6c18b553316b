#!/bin/sh
# Runs one command of Ringfence with the Node that is packed beside it.
set -eu
home=$(dirname "$(dirname "$(readlink -f "$0")")")
# A user that the system does not list, as in a container, has no home. Libraries ask for one and end without.
export HOME="${HOME:-/}"
command=${1-}
case $command in
  serve | migrate | found | doctor | keys | ledger | check-form | health) shift ;;
  law:update) command=law-update; shift ;;
  api | web | worker) command=run-app ;;
  version) exec cat "$home/release.json" ;;
  *)
    cat >&2 <<'USAGE'
ringfence serve            pages, API and signing worker, each started again if it ends
ringfence migrate          brings the database to this version, and makes or checks the keys
ringfence api              the API by itself
ringfence web              the pages by themselves
ringfence worker [--signer]  a worker by itself; one of all workers has to sign the ledger
ringfence health api|web|worker  ends with 0 if that program on this host is ready
ringfence found            makes an organization with a seller, purposes and an owner
ringfence keys [rotate NAME]     lists the keys of the installation, or makes the next one
ringfence ledger audit|adopt|compare|recover|begin-copy|rotate
ringfence law:update       installs a signed update of the law
ringfence doctor           checks this machine and its settings
ringfence check-form URL   says where the consent form of a page may be published
ringfence version          the version and commit of this release

Settings are environment variables: docs/operations.md.
USAGE
    exit 2
    ;;
esac
exec "$home/node_modules/node/bin/node" "$home/tooling/$command.ts" "$@"
