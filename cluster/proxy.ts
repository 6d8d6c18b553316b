import { writeFileSync } from "node:fs";
import path from "node:path";
import { databaseHosts, ports } from "./database-host.ts";
import type { Host } from "./host.ts";

/** Ports of HAProxy, on each host that needs the database: PgBouncer, and PostgreSQL itself. */
export const proxyPorts = { pooled: 5000, direct: 5001 };

/**
 * Starts HAProxy on a host. It connects its programs to the primary, and ends their connections when another host becomes
 * the primary, so that nothing waits for a host that is gone. Each host has its own: there is none whose loss stops others.
 */
export function startProxy(host: Host, listenOn = "127.0.0.1") {
  const file = path.join(host.home, "haproxy.cfg");
  writeFileSync(file, formatProxy(listenOn));
  return host.run({
    name: "haproxy",
    command: "haproxy",
    args: ["-db", "-f", file],
    needsClock: false,
  });
}

/** Patroni answers 200 on the primary alone, as long as it holds the lock in etcd. */
const formatProxy = (listenOn: string) => `global
  maxconn 1000

defaults
  mode tcp
  timeout connect 2s
  timeout client 1d
  timeout server 1d
  option tcpka

listen pooled
  bind ${listenOn}:${proxyPorts.pooled}
  option httpchk OPTIONS /primary
  http-check expect status 200
  timeout check 1s
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions check port ${ports.patroni}
${formatServers((address) => `${address}:${ports.pgbouncer}`)}

listen direct
  bind ${listenOn}:${proxyPorts.direct}
  default-server on-marked-down shutdown-sessions
${formatServers((address, name) => `${address}:${ports.postgres} track pooled/${name}`)}
`;

const formatServers = (format: (address: string, name: string) => string) =>
  [...databaseHosts]
    .map(([name, address]) => `  server ${name} ${format(address, name)}`)
    .join("\n");
