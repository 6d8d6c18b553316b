import path from "node:path";
import { openDb } from "@ringfence/db";
import { aDatabase, anOrganization } from "@ringfence/db/testing";
import { openFiles, scrubResultFile } from "@ringfence/services/platform/files";
import { keysIn } from "@ringfence/services/testing/keys";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { readScrub, scrubResult, startScrub } from "@ringfence/services/calling/scrub";
import { afterAll, expect, it, vi } from "vitest";
import { aCallablePhone } from "../../../testing/callable-phone.ts";
import { aFolder } from "../../../testing/folder.ts";
import { aBlockedFile } from "../../../testing/blocked-file.ts";
import { silenceRun } from "../../../testing/silence-run.ts";
import { aWorkerProcess } from "../../../testing/worker-process.ts";

const databaseUrl = await aDatabase();
const db = openDb(databaseUrl);
afterAll(() => db.close());

/** On a busy machine the second worker starts late, and a last heartbeat of the first delays it by half a minute. */
const within = { timeout: 150_000, interval: 50 };
/** Just over a megabyte, so that the file is screened in threads. */
const rows = 80_000;

async function* toChunks(lines: readonly string[]) {
  for (let from = 0; from < lines.length; from += 1_000) {
    yield Buffer.from(lines.slice(from, from + 1_000).join(""));
  }
}

/**
 * A file with one callable number among many others, and a first attempt that is held in the middle
 * of it.
 */
async function scene() {
  const organizationId = await anOrganization(db);
  const actor = { type: "member", id: "ada", role: "officer", sellerIds: [] } as const;
  const filesFolder = await aFolder();
  const keyFolder = await aFolder();
  const keys = keysIn(keyFolder);
  const ctx = { db, keys, files: openFiles(filesFolder), organizationId, actor };
  const callable = await aCallablePhone(db, keys, organizationId);
  const phones = [callable, ...Array.from({ length: rows - 1 }, (_, n) => `+1${2122000000 + n}`)];
  const content = toChunks(["phone\n", ...phones.map((phone) => `${phone}\n`)]);
  const settings = { header: true, purpose: "marketing" } as const;
  const { id } = await startScrub(ctx, { fileName: "list.csv", content, settings });
  const run = await db.prisma.run.findFirstOrThrow({ where: { subjectId: id } });
  const firstAttempt = scrubResultFile(organizationId, id, 1);
  return {
    ctx,
    id,
    callable,
    phones,
    runId: run.id,
    held: await aBlockedFile(`${path.join(filesFolder, firstAttempt)}.draft`),
    worker: () =>
      aWorkerProcess({ databaseUrl, filesFolder, more: { RINGFENCE_KEY_DIR: keyFolder } }),
    shown: () => readScrub(ctx, id),
    result: async () => {
      const { content } = await scrubResult(ctx, id);
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      return Buffer.concat(chunks).toString().split("\n");
    },
  };
}

it(
  "starts over on another worker after a kill, and obeys an opt-out made meanwhile",
  { timeout: 360_000 },
  async () => {
    const { ctx, id, callable, phones, runId, held, worker, shown, result } = await scene();
    const first = await worker();
    // The first progress to be on record may be that of the header alone.
    const rowsDone = await vi.waitFor(async () => {
      const { status, rows: done } = await shown();
      expect(status).toBe("running");
      expect(done).toBeGreaterThan(0);
      return done;
    }, within);
    expect(rowsDone).toBeLessThan(rows);
    expect(await held.beginning(1_024)).toContain(`${callable},allow,,,${id}.1\n`);

    await recordOptOut(ctx, { phone: callable, channel: "agent" });
    await worker();
    first.signal("SIGKILL");
    await first.exited;
    await silenceRun(db, runId);
    await vi.waitFor(async () => expect((await shown()).status).toBe("done"), within);

    const [header, ...screened] = await result();
    expect(header).toBe("phone,verdict,reasons,callable_from,screening_id");
    expect(screened.pop()).toBe("");
    expect(screened.map((row) => [row.split(",")[0], row.split(",").at(-1)])).toEqual(
      phones.map((phone, n) => [phone, `${id}.${n + 1}`]),
    );
    expect(screened[0]).toBe(`${callable},refuse,opted-out,,${id}.1`);
    expect(await shown()).toMatchObject({ attempt: 2, counts: { allow: 0, refuse: rows } });
    expect(await db.prisma.scrubRecord.findMany({ where: { scrubId: id } })).toHaveLength(1);
    const { organizationId } = ctx;
    const { rowCount } = await db.pool.query(
      "SELECT FROM ledger.entry WHERE organization_id = $1 AND kind = 'scrub'",
      [organizationId],
    );
    expect(rowCount).toBe(1);
  },
);
