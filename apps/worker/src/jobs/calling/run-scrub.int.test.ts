import { aNumber, openTestDb } from "@ringfence/db/testing";
import { readScrub, scrubResult, startScrub } from "@ringfence/services/calling/scrub";
import { expect, it } from "vitest";
import { anOfficerAndWorker, once } from "../../../testing/run-scene.ts";
import { runScrub } from "./calling-jobs.ts";

const db = await openTestDb();

/** A file that waits to be screened, and a worker. */
async function scene(text: string) {
  const { ctx, perform } = await anOfficerAndWorker(db, runScrub);
  const settings = { header: true, purpose: "marketing" } as const;
  const { id } = await startScrub(ctx, { fileName: "list.csv", content: once(text), settings });
  const { id: runId } = await db.prisma.run.findFirstOrThrow({ where: { subjectId: id } });
  const result = async () => {
    const { content } = await scrubResult(ctx, id);
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  return {
    perform: (signal?: AbortSignal) => perform(runId, signal),
    shown: () => readScrub(ctx, id),
    result,
  };
}

it("screens a file, and shows its progress and outcome", async () => {
  const { perform, shown, result } = await scene(`phone\n${aNumber()}\nnobody\n`);

  await perform();

  expect(await shown()).toMatchObject({ status: "done", rows: 2, counts: { allow: 0, refuse: 2 } });
  expect((await result()).split("\n")).toHaveLength(4);
});

it("fails with a sentence when the file cannot be read to its end", async () => {
  const { perform, shown } = await scene(`phone,note\n1,"${"x".repeat(40_000_000)}`);

  await perform();

  expect(await shown()).toMatchObject({
    status: "failed",
    counts: null,
    error: { key: "error.scrub-row-endless" },
  });
});

it("lets another worker start over when it is asked to stop", async () => {
  const { perform, shown } = await scene(`phone\n${aNumber()}\n`);

  await expect(perform(AbortSignal.abort())).rejects.toThrow("asked to stop");
  expect(await shown()).toMatchObject({ status: "queued", error: { key: "run.stopped" } });

  await perform();
  expect(await shown()).toMatchObject({ status: "done", attempt: 2 });
});
