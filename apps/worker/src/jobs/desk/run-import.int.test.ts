import { aNumber, openTestDb } from "@ringfence/db/testing";
import {
  previewImport,
  readImport,
  startImport,
  uploadImport,
} from "@ringfence/services/desk/import";
import { expect, it } from "vitest";
import { anOfficerAndWorker, once } from "../../../testing/run-scene.ts";
import { runImport } from "./desk-jobs.ts";

const db = await openTestDb();

/** A file of opt-outs that waits to be imported, and a worker. */
async function scene(text: string) {
  const { ctx, perform } = await anOfficerAndWorker(db, runImport);
  const upload = { kind: "opt_outs", fileName: "stop.csv", content: once(text) } as const;
  const { id } = await uploadImport(ctx, upload);
  const { mapping } = await previewImport(ctx, { id });
  const { runId } = await startImport(ctx, { id, mapping, isDryRun: false });
  const shownRun = async () => (await readImport(ctx, id)).run;
  const refused = () => db.prisma.optOut.count({ where: { organizationId: ctx.organizationId } });
  return { perform: (signal?: AbortSignal) => perform(runId, signal), shownRun, refused };
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
