import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import type { Db } from "@ringfence/db";
import type { ImportId } from "@ringfence/core/ids";
import { makeApiKey } from "@ringfence/services/account/api-key";
import type { FileContext } from "@ringfence/services/context";
import { readImport, startImport, uploadImport } from "@ringfence/services/desk/import";
import { usPhones } from "../generators/us-phones.ts";

/**
 * `list` is the file that is scrubbed again and again. `files` scrubs it and imports contacts, one file of each at a
 * time; `everything` sends more scrubs, rows and batches, as many as are let in.
 */
type Load = { kind: "files" | "everything"; list: string; importRows: number; origin: string };

/** Time until the load has begun everywhere, once the first scrub is running. */
const BEGIN_MS = 3_000;

/**
 * Keeps an organization busy while the work runs: requests from another process, and imports one after another. The
 * work begins once the first scrub is running. Returns how its requests were answered.
 */
export async function loadNeighbor<T>(
  ctx: FileContext,
  owner: Db,
  { kind, list, importRows, origin }: Load,
  work: () => Promise<T>,
): Promise<{ result: T; done: string }> {
  const imports = [await uploadContacts(ctx, importRows), await uploadContacts(ctx, importRows)];
  const { key } = await makeApiKey(ctx, {
    name: `bench ${Date.now()}`,
    reason: "It calls for us.",
    scopes: ["screen", "scrubs", "contacts:write"],
  });
  const sender = path.join(import.meta.dirname, "send-neighbor.ts");
  const child = spawn(process.execPath, [sender, origin, key, list, kind], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  // The first line says that its first scrub is running.
  await Promise.race([
    once(child.stdout, "data"),
    ended.then(() => Promise.reject(new Error("the other organization's requests ended early"))),
  ]);
  const answers = text(child.stdout);
  const stopping = new AbortController();
  const importing = keepImporting(ctx, imports, stopping.signal);
  try {
    await pause(BEGIN_MS);
    const result = await work();
    child.kill("SIGTERM");
    return { result, done: `the other organization: ${(await answers).trim()}` };
  } finally {
    child.kill("SIGTERM");
    stopping.abort();
    await Promise.all([ended, importing]);
    await endRuns(owner, ctx);
  }
}

let files = 0;

async function uploadContacts(ctx: FileContext, rows: number): Promise<ImportId> {
  files++;
  const name = `contacts-${files}.csv`;
  const { id } = await uploadImport(ctx, {
    kind: "contacts",
    fileName: name,
    content: writeContacts(rows),
  });
  return id;
}

/** The same people in each file, with new names, so that each import changes all of them and adds nobody. */
async function* writeContacts(rows: number): AsyncGenerator<Uint8Array> {
  const stamp = `${Date.now()}-${files}`;
  yield Buffer.from("id,phone,name\n");
  let lines: string[] = [];
  for (const digits of usPhones(rows, 41)) {
    lines.push(`n${digits},+${digits},Person ${stamp}\n`);
    if (lines.length < 10_000) continue;
    yield Buffer.from(lines.join(""));
    lines = [];
  }
  yield Buffer.from(lines.join(""));
}

/** Starts one of the imports whenever none runs. */
async function keepImporting(ctx: FileContext, imports: readonly ImportId[], signal: AbortSignal) {
  for (let nth = 0; !signal.aborted; nth++) {
    const id = imports[nth % imports.length];
    if (id === undefined) throw new Error("nothing to import");
    const { mapping } = await readImport(ctx, id);
    await startImport(ctx, { id, mapping, isDryRun: false });
    const isOver = async () => {
      const { run } = await readImport(ctx, id);
      return signal.aborted || run?.status === "done" || run?.status === "failed";
    };
    while (!(await isOver())) await pause(500);
  }
}

/** Ends what the organization left running, so that it does not disturb the next measurement. */
async function endRuns({ prisma }: Db, { organizationId }: FileContext) {
  await prisma.$executeRaw`
    UPDATE run SET status = 'failed', error = '{"key": "error.bug"}', ended_at = clock_timestamp(), outcome = '{}'
    WHERE organization_id = ${organizationId}::uuid AND status IN ('queued', 'running')`;
  const isBusy = async () => {
    const jobs = await prisma.$queryRaw<unknown[]>`
      SELECT FROM graphile_worker._private_jobs WHERE payload ->> 'organizationId' = ${organizationId}
        AND run_at <= now() AND attempts < max_attempts`;
    return jobs.length > 0;
  };
  while (await isBusy()) await pause(500);
}
