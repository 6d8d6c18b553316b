import { aSeller } from "@ringfence/db/testing";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { random } from "../../../testing/random.ts";
import { addRandomFacts } from "../../../testing/random-facts.ts";
import { somePhones } from "../../../testing/random-phones.ts";
import { addRandomRegistries } from "../../../testing/random-registries.ts";
import { db } from "../../../testing/scenes.ts";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { screenBatch } from "../screening/index.ts";

const minute = 60_000;

/** Numbers of which an organization knows much, and some of which it knows nothing. */
async function scene(seed: number, { isPast }: { isPast: boolean }) {
  const chosen = random(seed);
  const { ctx, scrub } = await aScrubbingOrganization();
  const { organizationId } = ctx;
  const at = isPast
    ? new Date(Date.UTC(2026, 10, 25, chosen.oneOf([3, 14, 17, 17, 17]), 30))
    : new Date(Date.now() - minute);
  const sellers = [await aSeller(db, organizationId), await aSeller(db, organizationId, "other")];
  await db.prisma.seller.updateMany({
    where: { organizationId },
    data: { consentPolicy: chosen.oneOf(["opt_in", "opt_out_with_registry"]) },
  });
  const phones = somePhones(500, chosen);
  await addRandomFacts({ ctx, at, isPast, sellers }, phones.slice(0, 450), chosen);
  await addRandomRegistries(ctx, { phones, at, isPast }, chosen);
  const call = {
    seller: "acme",
    purpose: "marketing.loans",
    dialer: chosen.oneOf(["live_agent", "live_agent", "predictive", "prerecorded"] as const),
  };
  return { ctx, scrub, phones, call, at };
}

it.each([
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((seed) => ({ seed, isPast: true })),
  ...[9, 10, 11, 12].map((seed) => ({ seed, isPast: false })),
])(
  "gives every row the verdict of a single screening at its instant: $seed, in the past: $isPast",
  async ({ seed, isPast }) => {
    const { ctx, scrub, phones, call, at } = await scene(seed, { isPast });

    const content = ["phone", ...phones].join("\n");
    const { id, result, view } = await scrub(content, { ...call, ...(isPast && { at }) });

    const { results, counts } = await screenBatch(ctx, {
      defaults: { ...call, at: view.at ?? undefined },
      items: phones.map((phone) => ({ phone })),
    });
    const rows: Record<string, string>[] = parse(result, { columns: true });
    expect(rows).toEqual(
      results.map(({ phone, verdict, refusals, callableFrom }, index) => ({
        phone,
        verdict,
        reasons: [...new Set(refusals.map(({ reason }) => reason))].join(" "),
        callable_from: callableFrom?.toISOString() ?? "",
        screening_id: `${id}.${index + 1}`,
      })),
    );
    const callableLater = results.filter(({ callableFrom }) => callableFrom !== undefined).length;
    expect(view.counts).toEqual({ ...counts, callableLater });
  },
);
