import { CannotStart, findBinaries, checkServer, findRunningUrls } from "@ringfence/db/postgres";
import { Client } from "pg";
import type { InstallationSettings } from "../supervisor/installation-settings.ts";
import { toConnectionsFinding } from "./check-connections.ts";
import { type Finding, fine, note, toFindings, wrong } from "./finding.ts";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { type Message, say } from "@ringfence/core/platform/message";
import { readHostLocale } from "@ringfence/core/platform/settings";
import { type Db, openDb } from "@ringfence/db";
import {
  findAcrossUrl,
  findMissingRole,
  findExcessPowerOfService,
} from "@ringfence/db/service-role";
import { KEY_NAMES, findKeyFaults, keyFileName } from "@ringfence/services/platform/keys";
import { compareOptOuts, findKeyFileFault } from "@ringfence/services/proof/ledger";

/**
 * Largest difference between the clocks of the database and this machine that is accepted. Beyond it, people and
 * machines would disagree about whether a call was within its hours.
 */
const maxDifferenceMs = 2000;

/** Checks the server, its version, and that its clock agrees with this machine's. */
export async function checkDatabase(settings: InstallationSettings): Promise<Finding[]> {
  const url = findDatabaseUrl(settings);
  if (url === undefined) {
    const { version } = findBinaries();
    return [note("PostgreSQL", `the embedded ${version} is not running: npm start starts it.`)];
  }
  try {
    const ownerUrl = settings.DATABASE_OWNER_URL;
    if (ownerUrl !== undefined) {
      await checkServer(ownerUrl, { setting: "DATABASE_OWNER_URL" });
      const role = await findMissingRole(ownerUrl, url);
      if (role !== null)
        return [note("database role", `“${role}” does not exist yet: npm start creates it.`)];
    }
    await checkServer(url);
    const { version, differenceMs, room } = await readServer(url);
    const acrossUrl = settings.DATABASE_ACROSS_URL ?? (await findAcrossUrl(url));
    const says = `${version}, at ${new URL(url).host}`;
    return [
      fine("PostgreSQL", says),
      toClockFinding(differenceMs),
      ...(await checkRole(url)),
      ...(await checkAcrossRole(url, settings.DATABASE_ACROSS_URL)),
      toConnectionsFinding(settings, { url, acrossUrl }, room),
    ];
  } catch (error) {
    if (error instanceof CannotStart) return [wrong("PostgreSQL", error.message)];
    throw error;
  }
}

/** Reads the version of the server, how far its clock is ahead, and how many connections it lets the service open. */
async function readServer(url: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const before = Date.now();
    const { rows } = await client.query<{ ms: number; version: string; room: number }>(
      `SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms,
        current_setting('server_version') AS version,
        current_setting('max_connections')::int
          - current_setting('superuser_reserved_connections')::int
          - coalesce(current_setting('reserved_connections', true)::int, 0) AS room`,
    );
    const after = Date.now();
    const [row] = rows;
    if (row === undefined) throw new Error("PostgreSQL answered with no row");
    const { version, room, ms } = row;
    return { version, room, differenceMs: ms - (before + after) / 2 };
  } finally {
    await client.end();
  }
}

/** Reports a service that works as the owner of its tables, or with even more power. */
async function checkRole(url: string): Promise<Finding[]> {
  const excess = await findExcessPowerOfService(url);
  if (excess === null) return [];
  const says = `the role of DATABASE_URL ${excess}: give the service a role of its own (docs/operations.md, “Roles of the database”).`;
  return [note("database role", says)];
}

/** Reports the role for all organizations if it cannot be used, or has more power than it needs. */
async function checkAcrossRole(url: string, given: string | undefined): Promise<Finding[]> {
  const acrossUrl = given ?? (await findAcrossUrl(url));
  if (acrossUrl === url) return [];
  const setting = given === undefined ? "DATABASE_URL" : "DATABASE_ACROSS_URL";
  try {
    await checkServer(acrossUrl, { setting });
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    const says = `the role for all organizations cannot be used: ${error.message}`;
    return [wrong("database role", says)];
  }
  const excess = await findExcessPowerOfService(acrossUrl, { seesAll: true });
  if (excess === null) return [];
  const says = `the role for all organizations ${excess}: give it a role that can only log in (docs/operations.md, “Roles of the database”).`;
  return [note("database role", says)];
}

/** Reports how far the database's clock is ahead of this machine's. */
export function toClockFinding(differenceMs: number): Finding {
  const seconds = (Math.abs(differenceMs) / 1000).toFixed(1);
  const says = `database and this machine differ by ${seconds} s`;
  return Math.abs(differenceMs) <= maxDifferenceMs
    ? fine("clocks", says)
    : wrong("clocks", `${says}, and 2 s is the most: let NTP set both (timedatectl set-ntp true).`);
}

/** Address of the installation's database; undefined if it is an embedded one that does not run. */
const findDatabaseUrl = ({ DATABASE_URL, stateFolder }: InstallationSettings) =>
  DATABASE_URL ?? findRunningUrls(stateFolder, "ringfence")?.url;

/** Opens the database for a check. Returns no findings if it does not answer, because `checkDatabase` reports that. */
async function withDatabase(
  { DATABASE_ACROSS_URL }: InstallationSettings,
  url: string,
  check: (db: Db) => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    await checkServer(url);
  } catch {
    return [];
  }
  const db = openDb(url, DATABASE_ACROSS_URL ?? (await findAcrossUrl(url)));
  try {
    return await check(db);
  } finally {
    await db.close();
  }
}

async function hasTable({ pool }: Db, name: string): Promise<boolean> {
  const { rows } = await pool.query<{ isThere: boolean }>(
    `SELECT to_regclass($1) IS NOT NULL AS "isThere"`,
    [name],
  );
  return rows[0]?.isThere ?? false;
}

const sayFaults = (faults: readonly Message[]) =>
  faults.map((fault) => say(readHostLocale(process.env), fault));

/** Checks that the keys are the ones used with the database: a start with other keys is refused. */
export async function checkKeys(settings: InstallationSettings): Promise<Finding[]> {
  const url = findDatabaseUrl(settings);
  if (url === undefined) return checkWithoutDatabase(settings);
  return withDatabase(settings, url, async (db) => {
    if (!(await hasTable(db, "installation_key"))) {
      return [
        note("keys", "compared once the database is of this version: npm start brings it there."),
      ];
    }
    const { RINGFENCE_KEY_DIR, LEDGER_KEY_DIR, LEDGER_ORIGIN: origin, LEDGER_TOKENS } = settings;
    const faults = await findKeyFaults(db, RINGFENCE_KEY_DIR);
    const signing = LEDGER_TOKENS
      ? null
      : await findKeyFileFault({ db, origin, keyFolder: LEDGER_KEY_DIR });
    const sentences = sayFaults([...faults, ...(signing ? [signing] : [])]);
    return toFindings("keys", sentences, "the ones that the database was used with");
  });
}

/** Checks that the copy of opt-outs is there, on another disk, and that the database has all opt-outs of it. */
export async function checkOptOutCopy(settings: InstallationSettings): Promise<Finding[]> {
  const { DATABASE_URL, RINGFENCE_OPT_OUT_COPY: folder } = settings;
  if (folder === undefined) {
    const says =
      "RINGFENCE_OPT_OUT_COPY is not set: after a restore, nobody would know which opt-outs are lost.";
    return DATABASE_URL === undefined ? [] : [note("opt-out copy", says)];
  }
  const url = findDatabaseUrl(settings);
  if (url === undefined) return [note("opt-out copy", "compared with the database at each start.")];
  return withDatabase(settings, url, async (db) => {
    const notBegun = [note("opt-out copy", "begun at the next start.")];
    if (!(await hasTable(db, "ledger.opt_out_copy"))) return notBegun;
    const { copied, faults } = await compareOptOuts(db, folder);
    if (faults.some(({ key }) => key === "ledger.copy-empty")) return notBegun;
    const says = `${copied} opt-outs, all of them in the database`;
    return [
      ...toFindings("opt-out copy", sayFaults(faults), says),
      ...checkOtherDisk(folder, settings.stateFolder),
    ];
  });
}

function checkOtherDisk(folder: string, stateFolder: string): Finding[] {
  const [copy, own] = [folder, stateFolder].map((path) =>
    statSync(path, { throwIfNoEntry: false }),
  );
  if (copy === undefined || copy.dev !== own?.dev) return [];
  const says = `${folder} is on the same disk as ${stateFolder}: a copy on another disk survives the loss of this one.`;
  return [note("opt-out copy", says)];
}

/** Checks what the folder alone reveals: data of an embedded database with missing keys. */
function checkWithoutDatabase({
  stateFolder,
  RINGFENCE_KEY_DIR: keys,
}: InstallationSettings): Finding[] {
  if (!existsSync(path.join(stateFolder, "pg"))) return [];
  const missing = KEY_NAMES.map((name) => path.join(keys, keyFileName(name, 1))).filter(
    (file) => !existsSync(file),
  );
  if (missing.length === 0) {
    return [note("keys", "compared with the database while that runs, and at each start.")];
  }
  const faults = missing.map((file) => ({ key: "keys.missing", values: { file } }) as const);
  return faults.map((fault) => wrong("keys", say(readHostLocale(process.env), fault)));
}

type DeliverySettings = Pick<InstallationSettings, "SMS_URL" | "SMTP_URL" | "MAIL_FROM">;

/**
 * Checks that messages to people can go out. Ringfence works without, except for what sends them.
 */
export const checkDelivery = ({ SMS_URL, SMTP_URL, MAIL_FROM }: DeliverySettings): Finding[] => [
  SMS_URL === undefined
    ? note(
        "messages",
        "SMS_URL is not set: no codes for /my, and no forms that send text messages. Set it to send them.",
      )
    : fine("messages", "SMS_URL is set"),
  SMTP_URL === undefined || MAIL_FROM === undefined
    ? note(
        "mail",
        "SMTP_URL and MAIL_FROM are not both set: no alarms, links or receipts by mail, and no forms that send e-mail. Set both.",
      )
    : fine("mail", `SMTP_URL is set, from ${MAIL_FROM}`),
];
