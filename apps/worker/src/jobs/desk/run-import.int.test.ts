import { anOrganization, aNumber, openTestDb } from "@ringfence/db/testing";
import { openFiles } from "@ringfence/services/platform/files";
import {
  previewImport,
  readImport,
  startImport,
  uploadImport,
} from "@ringfence/services/desk/import";
import { expect, it } from "vitest";
import { aFolder } from "../../../testing/folder.ts";
import { someKeys } from "../../../testing/registry.ts";
import { noPost } from "../../../testing/no-post.ts";
import { runImport } from "./desk-jobs.ts";

const db = await openTestDb();

async function* once(text: string) {
  yield Buffer.from(text);
}

/** A file of opt-outs that waits to be imported, and a worker. */
async function scene(text: string) {
  const organizationId = await anOrganization(db);
  const actor = { type: "member", id: "ada", role: "officer", sellerIds: [] } as const;
  const keys = someKeys();
  const files = openFiles(await aFolder());
  const ctx = { db, keys, files, organizationId, actor };
  const upload = { kind: "opt_outs", fileName: "stop.csv", content: once(text) } as const;
  const { id } = await uploadImport(ctx, upload);
  const { mapping } = await previewImport(ctx, { id });
  const { runId } = await startImport(ctx, { id, mapping, isDryRun: false });
  const sources = { registriesFolder: null, privateHosts: [] };
  const perform = (signal = new AbortController().signal) =>
    runImport.perform(
      { organizationId, runId },
      { db, keys, files, sources, worker: "a", signal, ...noPost },
    );
  const shownRun = async () => (await readImport(ctx, id)).run;
  const refused = () => db.prisma.optOut.count({ where: { organizationId } });
  return { perform, shownRun, refused };
}

it("records the rows of a file, and shows the outcome", async () => {
  const { perform, shownRun, refused } = await scene(`phone\n${aNumber()}\nnobody\n`);

  await perform();

  expect(await shownRun()).toMatchObject({
    status: "done",
    outcome: { rows: 2, created: 1, rejected: 1, attempt: 1 },
  });
  expect(await refused()).toBe(1);
});

it("fails with a sentence when the file cannot be read to its end", async () => {
  const rows = Array.from({ length: 1_100 }, (_, n) => `+1212${2_000_000 + n},x\n`);
  const { perform, shownRun } = await scene(`phone,note\n${rows.join("")}1,"never closed\n`);

  await perform();

  expect(await shownRun()).toMatchObject({
    status: "failed",
    error: { key: "import.quote-open", values: { line: 1_102 } },
  });
});

it("lets another worker continue when it is asked to stop", async () => {
  const { perform, shownRun, refused } = await scene(`phone\n${aNumber()}\n`);

  await expect(perform(AbortSignal.abort())).rejects.toThrow("asked to stop");
  expect(await shownRun()).toMatchObject({ status: "queued" });

  await perform();
  expect(await shownRun()).toMatchObject({ status: "done", outcome: { rows: 1, attempt: 2 } });
  expect(await refused()).toBe(1);
});
