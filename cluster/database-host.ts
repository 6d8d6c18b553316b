import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { createHost, killProgram } from "./host.ts";
import { network, runTool } from "./network.ts";

export const database = "ringfence";

/** Addresses of the database hosts, by name. */
export const databaseHosts = new Map(
  ["pg1", "pg2", "pg3"].map((name, index) => [name, `${network}.${11 + index}`]),
);

/** Ports of a database host. */
export const ports = {
  postgres: 5432,
  pgbouncer: 6432,
  patroni: 8008,
  etcd: 2379,
  etcdPeers: 2380,
};

type Passwords = { superuser: string; replication: string };
/** Password of each role that connects through PgBouncer. */
type PooledRoles = ReadonlyMap<string, string>;

type Settings = {
  folder: string;
  passwords: Passwords;
  pooledRoles: PooledRoles;
  /** False to acknowledge changes that no other host has. */
  isSynchronous: boolean;
};

/** Room for the data, and for a gigabyte of WAL. */
const diskMb = 2_048;

/** Starts a host with etcd, Patroni (which starts PostgreSQL) and PgBouncer. */
export function startDatabaseHost(name: string, settings: Settings) {
  const address = databaseHosts.get(name) ?? "";
  const host = createHost({ name, address, folder: settings.folder, user: "postgres", diskMb });
  const { home } = host;
  const write = (file: string, text: string) => {
    writeFileSync(path.join(home, file), text, { mode: 0o600 });
    runTool("chown", "postgres", path.join(home, file));
    return path.join(home, file);
  };
  for (const folder of ["etcd", "socket"]) {
    mkdirSync(path.join(home, folder), { mode: 0o700 });
    runTool("chown", "postgres", path.join(home, folder));
  }
  const etcd = host.run({ name: "etcd", command: "etcd", args: formatEtcdArguments(name, home) });
  const patroniFile = write("patroni.yml", formatPatroni(name, home, settings));
  const postgresFile = path.join(findPostgresPrograms(), "postgres");
  // A Patroni that starts anew compares the time in `postmaster.pid` with the process. After the clock jumped it does not
  // recognize a PostgreSQL that is still running, cannot start another one, and its host stays away.
  const patroni = host.run({
    name: "patroni",
    command: "patroni",
    args: [patroniFile],
    endsWithIt: postgresFile,
  });
  const userFile = write("users.txt", formatUsers(settings.pooledRoles));
  const pgbouncerFile = write("pgbouncer.ini", formatPgBouncer(userFile));
  const pgbouncer = host.run({ name: "pgbouncer", command: "pgbouncer", args: [pgbouncerFile] });

  return {
    ...host,
    etcd,
    patroni,
    pgbouncer,
    /** Kills the server and all of its processes without warning. Patroni decides what to do then. */
    killPostgres: () => killProgram(name, postgresFile),
  };
}

function formatEtcdArguments(name: string, home: string) {
  const address = databaseHosts.get(name) ?? "";
  const client = `http://${address}:${ports.etcd}`;
  const peer = `http://${address}:${ports.etcdPeers}`;
  const all = [...databaseHosts].map(([each, at]) => `${each}=http://${at}:${ports.etcdPeers}`);
  return [
    ["--name", name],
    ["--data-dir", path.join(home, "etcd")],
    ["--listen-client-urls", client],
    ["--advertise-client-urls", client],
    ["--listen-peer-urls", peer],
    ["--initial-advertise-peer-urls", peer],
    ["--initial-cluster", all.join(",")],
    // For a machine that runs all hosts at once.
    ["--heartbeat-interval", "300"],
    ["--election-timeout", "3000"],
    ["--log-level", "error"],
  ].flat();
}

/** Finds the programs of the newest PostgreSQL that is installed. */
function findPostgresPrograms() {
  const all = "/usr/lib/postgresql";
  const versions = readdirSync(all)
    .map(Number)
    .filter((version) => version > 0);
  return `${all}/${Math.max(...versions)}/bin`;
}

function formatPatroni(name: string, home: string, { passwords, isSynchronous }: Settings) {
  const address = databaseHosts.get(name) ?? "";
  const etcdHosts = [...databaseHosts.values()].map((at) => `${at}:${ports.etcd}`);
  return stringify({
    scope: "ringfence",
    name,
    log: { level: "INFO" },
    restapi: {
      listen: `${address}:${ports.patroni}`,
      connect_address: `${address}:${ports.patroni}`,
    },
    etcd3: { hosts: etcdHosts.join(",") },
    bootstrap: {
      dcs: {
        // The least that Patroni allows. `loop_wait` and twice `retry_timeout` must fit into `ttl`: a primary that
        // cannot reach etcd steps down before another one may begin.
        ttl: 20,
        loop_wait: 2,
        retry_timeout: 5,
        // A server that crashed is not waited for.
        primary_start_timeout: 0,
        ...(isSynchronous
          ? { synchronous_mode: true, synchronous_mode_strict: true }
          : { synchronous_mode: false, maximum_lag_on_failover: 1024 ** 3 }),
        postgresql: {
          use_pg_rewind: true,
          use_slots: true,
          parameters: {
            max_connections: 150,
            shared_buffers: "128MB",
            max_wal_size: "256MB",
            max_slot_wal_keep_size: "256MB",
            wal_keep_size: "64MB",
            timezone: "UTC",
            // Notices within seconds that another host is gone.
            wal_sender_timeout: "5s",
            wal_receiver_timeout: "5s",
            tcp_keepalives_idle: 5,
            tcp_keepalives_interval: 2,
            tcp_keepalives_count: 3,
            tcp_user_timeout: "10s",
            client_connection_check_interval: "5s",
          },
        },
      },
      initdb: [{ encoding: "UTF8" }, { locale: "C.UTF-8" }, "data-checksums"],
    },
    postgresql: {
      listen: `0.0.0.0:${ports.postgres}`,
      connect_address: `${address}:${ports.postgres}`,
      data_dir: path.join(home, "data"),
      bin_dir: findPostgresPrograms(),
      basebackup: [{ checkpoint: "fast" }],
      pgpass: path.join(home, "socket/pgpass"),
      parameters: { unix_socket_directories: path.join(home, "socket") },
      // A data folder that cannot follow the new primary is copied anew.
      remove_data_directory_on_rewind_failure: true,
      remove_data_directory_on_diverged_timelines: true,
      authentication: {
        superuser: { username: "postgres", password: passwords.superuser },
        replication: { username: "replication", password: passwords.replication },
      },
      pg_hba: [
        "local all all scram-sha-256",
        "host all all 127.0.0.1/32 scram-sha-256",
        `host all all ${network}.0/24 scram-sha-256`,
        "host replication replication 127.0.0.1/32 scram-sha-256",
        `host replication replication ${network}.0/24 scram-sha-256`,
      ],
    },
  });
}

const formatUsers = (roles: PooledRoles) =>
  [...roles].map(([role, password]) => `"${role}" "${password}"\n`).join("");

/**
 * `options` is ignored because PgBouncer would refuse it: `connect_query` sets what the address asks for. It also ends a
 * connection to a standby, such as a primary that was just demoted, which may have changes that are about to be lost. A
 * client that waits in vain for a server is told so before it gives up by itself.
 */
const formatPgBouncer = (userFile: string) => `[databases]
${database} = host=127.0.0.1 port=${ports.postgres} connect_query='SET jit = off; SELECT pg_terminate_backend(pg_backend_pid()) WHERE pg_is_in_recovery()'

[pgbouncer]
listen_addr = 0.0.0.0
listen_port = ${ports.pgbouncer}
unix_socket_dir =
pool_mode = transaction
auth_type = scram-sha-256
auth_file = ${userFile}
max_client_conn = 500
default_pool_size = 20
max_prepared_statements = 200
ignore_startup_parameters = options
server_login_retry = 1
server_connect_timeout = 3
query_wait_timeout = 5
tcp_keepalive = 1
tcp_keepidle = 5
tcp_keepintvl = 2
tcp_keepcnt = 3
tcp_user_timeout = 10000
`;
