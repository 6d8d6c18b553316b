import type { ScrubId } from "@ringfence/core/ids";
import { ScrubSettings } from "@ringfence/core/calling/scrub";
import { aFolder } from "@ringfence/db/testing";
import type { FileContext, RootContext } from "../src/platform/context.ts";
import { openFiles } from "../src/platform/files/index.ts";
import { readScrub, scrubResult } from "../src/calling/scrub/list.ts";
import { runScrub } from "../src/calling/scrub/run.ts";
import { startScrub } from "../src/calling/scrub/start.ts";
import { aContext } from "./scenes.ts";

export const files = openFiles(aFolder());

export async function* toChunks(...texts: (string | Buffer)[]) {
  for (const text of texts) yield Buffer.from(text);
}

/** Progress callback for tests that do not watch progress. */
export const onProgress = () => Promise.resolve();

/** Creates an organization that screens files, and functions for each step of a scrub, from upload to result. */
export async function aScrubbingOrganization(given?: RootContext) {
  const ctx: FileContext = { ...(given ?? (await aContext())), files };
  const start = async (content: string | Buffer, more: Partial<ScrubSettings> = {}) => {
    const settings = { ...ScrubSettings.parse({ purpose: "marketing.loans" }), ...more };
    return (await startScrub(ctx, { fileName: "list.csv", content: toChunks(content), settings }))
      .id;
  };
  const run = (scrubId: ScrubId, attempt = 1) => {
    const worker = { ...ctx, actor: { type: "job", name: "scrub.run" } } as const;
    return runScrub(worker, { scrubId, attempt, onProgress });
  };
  const readResultBytes = async (id: ScrubId) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await scrubResult(ctx, id)).content) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const readResult = async (id: ScrubId) => (await readResultBytes(id)).toString();
  const scrub = async (content: string | Buffer, more: Partial<ScrubSettings> = {}) => {
    const id = await start(content, more);
    await run(id);
    return { id, result: await readResultBytes(id), view: await readScrub(ctx, id) };
  };
  return { ctx, start, run, readResultBytes, readResult, scrub };
}
