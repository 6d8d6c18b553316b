import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
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
import type { FileContext } from "../context.ts";
import { openFiles } from "../files/index.ts";
import { screenBatch } from "../screening/index.ts";
import { readScrub } from "./read-scrub.ts";
import { runScrub } from "./run-scrub.ts";
import { scrubResult } from "./scrub-result.ts";
import { startScrub } from "./start-scrub.ts";

const files = openFiles(mkdtempSync(path.join(tmpdir(), "ringfence-files-")));
const job = { type: "job", name: "scrub.run" } as const;

async function scene() {
  const ctx: FileContext = { ...(await aContext()), files };
  const scrub = async (content: Buffer | string, more: Partial<ScrubSettings> = {}) => {
    const { id } = await startScrub(ctx, {
      fileName: "list.csv",
      content: (async function* () {
        yield Buffer.from(content);
      })(),
      settings: { header: true, purpose: "marketing.loans", seller: "acme", ...more },
    });
    const onProgress = () => Promise.resolve();
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
    expect([view.rows, view.counts?.allow, view.counts?.refuse]).toEqual([
      phones.length,
      counts.allow,
      counts.refuse,
    ]);
  },
);
