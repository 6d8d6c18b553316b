import { binaries, CannotStart, checkServer, runningUrl } from "@ringfence/db/postgres";
import { Client } from "pg";
import type { HouseSettings } from "../supervisor/house-settings.ts";
import { type Finding, fine, note, wrong } from "./finding.ts";

/** Beyond this, people and machines would disagree about whether a call was within its hours. */
const maxDifferenceMs = 2000;

/** Checks the server, its version, and that its clock agrees with this machine's. */
export async function checkDatabase(settings: HouseSettings): Promise<Finding[]> {
  const url = settings.DATABASE_URL ?? runningUrl(settings.stateFolder, "ringfence");
  if (url === null) {
    const { version } = binaries();
    return [note("PostgreSQL", `the embedded ${version} is not running: npm start starts it.`)];
  }
  try {
    await checkServer(url);
    const { version, differenceMs } = await asked(url);
    const says = `${version}, at ${new URL(url).host}`;
    return [fine("PostgreSQL", says), clockFinding(differenceMs)];
  } catch (error) {
    if (error instanceof CannotStart) return [wrong("PostgreSQL", error.message)];
    throw error;
  }
}

async function asked(url: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const before = Date.now();
    const { rows } = await client.query<{ ms: number; version: string }>(
      `SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms,
        current_setting('server_version') AS version`,
    );
    const after = Date.now();
    const [row] = rows;
    if (row === undefined) throw new Error("PostgreSQL answered with no row");
    return { version: row.version, differenceMs: row.ms - (before + after) / 2 };
  } finally {
    await client.end();
  }
}

/** Reports how far the database's clock is ahead of this machine's. */
export function clockFinding(differenceMs: number): Finding {
  const seconds = (Math.abs(differenceMs) / 1000).toFixed(1);
  const says = `database and this machine differ by ${seconds} s`;
  return Math.abs(differenceMs) <= maxDifferenceMs
    ? fine("clocks", says)
    : wrong("clocks", `${says}, and 2 s is the most: let NTP set both (timedatectl set-ntp true).`);
}
