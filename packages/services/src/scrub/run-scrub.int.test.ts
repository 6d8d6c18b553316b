import type { ScrubSettings } from "@ringfence/core/scrub";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import {
  addRandomFacts,
  addRandomRegistries,
  aRandomPhone,
  random,
} from "../../testing/random-facts.ts";
import { aContext } from "../../testing/scenes.ts";
import { chunksOf, files, onProgress } from "../../testing/scrubs.ts";
import type { FileContext } from "../context.ts";
import { screenBatch } from "../screening/index.ts";
import { readScrub } from "./read-scrub.ts";
import { runScrub } from "./run-scrub.ts";
import { scrubResult } from "./scrub-result.ts";
import { startScrub } from "./start-scrub.ts";

const job = { type: "job", name: "scrub.run" } as const;

async function scene() {
  const ctx: FileContext = { ...(await aContext()), files };
  const scrub = async (content: Buffer | string, more: Partial<ScrubSettings> = {}) => {
    const { id } = await startScrub(ctx, {
      fileName: "list.csv",
      content: chunksOf(content),
      settings: { header: true, purpose: "marketing.loans", seller: "acme", ...more },
    });
    await runScrub({ ...ctx, actor: job }, { scrubId: id, attempt: 1, onProgress });
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await scrubResult(ctx, id)).content) chunks.push(chunk);
    return { id, result: Buffer.concat(chunks), view: await readScrub(ctx, id) };
  };
  return { ctx, scrub };
}

it.each([1, 2, 3])(
  "gives every row the verdict of a single screening at its instant (%i)",
  async (seed) => {
    const { ctx, scrub } = await scene();
    const chosen = random(seed);
    const at = new Date(Date.UTC(2026, 10, 25, chosen.oneOf([3, 14, 17, 17, 17]), 30));
    const phones = [...new Set(Array.from({ length: 150 }, () => aRandomPhone(chosen)))];
    for (const phone of phones.slice(0, 100)) await addRandomFacts(ctx, phone, at, chosen);
    await addRandomRegistries(ctx, phones, at, chosen);
    const dialer = chosen.oneOf(["live_agent", "predictive", "prerecorded"] as const);

    const { id, result, view } = await scrub(["phone", ...phones].join("\n"), { at, dialer });

    const rows: Record<string, string>[] = parse(result, { columns: true });
    const { results, counts } = await screenBatch(ctx, {
      defaults: { at, dialer, purpose: "marketing.loans", seller: "acme" },
      items: phones.map((phone) => ({ phone })),
    });
    expect(rows).toEqual(
      results.map(({ phone, verdict, refusals, callableFrom }, index) => ({
        phone,
        verdict,
        reasons: [...new Set(refusals.map(({ reason }) => reason))].join(" "),
        callable_from: callableFrom?.toISOString() ?? "",
        screening_id: `${id}.${index + 1}`,
      })),
    );
    const later = results.filter(({ callableFrom }) => callableFrom !== undefined).length;
    expect([view.rows, view.counts]).toEqual([
      phones.length,
      { allow: counts.allow, refuse: counts.refuse, callableLater: later, reasons: counts.reasons },
    ]);
  },
);

it("runs no scrub of another organization", async () => {
  const { ctx } = await scene();
  const { id } = await startScrub(ctx, {
    fileName: "list.csv",
    content: chunksOf("phone\n"),
    settings: { header: true, purpose: "marketing" },
  });
  const theirs: FileContext = { ...(await aContext(job)), files };
  const running = runScrub(theirs, { scrubId: id, attempt: 1, onProgress });
  await expect(running).rejects.toMatchObject({ code: "not-found" });
});
