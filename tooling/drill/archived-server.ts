import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { initialize, postgresUser, runServer } from "@ringfence/db/postgres";
import { Client } from "pg";

const run = promisify(execFile);

/** Finds the newest PostgreSQL of this machine's own packages, which the embedded one lacks: it has no pg_basebackup. */
export const findOwnPostgres = (): string | undefined =>
  globSync("/usr/lib/postgresql/*/bin").toSorted((a, b) => readMajor(b) - readMajor(a))[0];

const readMajor = (bin: string) => Number(path.basename(path.dirname(bin)));

/** Creates a folder that PostgreSQL can write to. */
function createFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (postgresUser !== undefined) chownSync(folder, postgresUser.uid, postgresUser.gid);
  return folder;
}

const common = { listen_addresses: "127.0.0.1", unix_socket_directories: "", timezone: "UTC" };

/** Starts a durable PostgreSQL that archives its log, as docs/operations.md says. */
export async function startArchivedServer(bin: string, folder: string) {
  chmodSync(folder, 0o711);
  const archive = createFolder(path.join(folder, "archive"));
  const data = path.join(folder, "pg");
  const password = randomBytes(16).toString("hex");
  initialize(bin, data, password);
  const settings = {
    ...common,
    wal_level: "replica",
    archive_mode: "on",
    archive_command: `test ! -f ${archive}/%f && cp %p ${archive}/%f`,
  };
  const server = await runServer(bin, data, settings);
  const toUrl = (port: number) => `postgresql://postgres:${password}@127.0.0.1:${port}/ringfence`;
  const url = toUrl(server.port);

  return {
    url,
    /** Takes a base backup into a new folder. */
    async backUp(): Promise<string> {
      const base = path.join(createFolder(path.join(folder, "backup")), "pg");
      await run(
        path.join(bin, "pg_basebackup"),
        ["-h", "127.0.0.1", "-p", String(server.port), "-U", "postgres", "-D", base, "-c", "fast"],
        { ...postgresUser, cwd: "/", env: { PATH: process.env.PATH, PGPASSWORD: password } },
      );
      return base;
    },
    /** Ends the current file of the log, and waits until it is in the archive. */
    async archiveNow() {
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        const { rows } = await client.query<{ file: string }>(
          "SELECT pg_walfile_name(pg_switch_wal()) AS file",
        );
        while (!existsSync(path.join(archive, rows[0]?.file ?? ""))) await wait(50);
      } finally {
        await client.end();
      }
    },
    /** Kills the server and all its processes, as a crash of the machine does. */
    async kill() {
      const [pid] = readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
      process.kill(-Number(pid), "SIGKILL"); // the server is the leader of its own group
      await server.exited;
    },
    /**
     * Restores a base backup into a new folder and runs it: with the archive alone, or also with the files of the log that
     * the killed server had not archived.
     */
    async restore(base: string, name: string, { withLastFiles }: { withLastFiles: boolean }) {
      const restored = path.join(folder, name);
      cpSync(base, restored, { recursive: true, preserveTimestamps: true });
      chmodSync(restored, 0o700);
      const last = withLastFiles ? ` || cp ${data}/pg_wal/%f %p` : "";
      appendFileSync(
        path.join(restored, "postgresql.auto.conf"),
        `restore_command = 'cp ${archive}/%f %p${last}'\n`,
      );
      writeFileSync(path.join(restored, "recovery.signal"), "");
      await run("chown", ["-R", `${postgresUser?.uid ?? process.getuid?.()}`, restored]);
      const running = await runServer(bin, restored, common);
      await waitForEndOfRecovery(toUrl(running.port));
      return { url: toUrl(running.port), stop: running.stop };
    },
  };
}

/** A server in recovery answers queries before it has read the whole log, as a standby does. */
async function waitForEndOfRecovery(url: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const isInRecovery = async () => {
      const { rows } = await client.query("SELECT pg_is_in_recovery() AS recovers");
      return rows[0]?.recovers !== false;
    };
    while (await isInRecovery()) await wait(20);
  } finally {
    await client.end();
  }
}
