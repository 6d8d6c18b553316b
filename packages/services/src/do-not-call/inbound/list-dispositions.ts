import { query } from "../../platform/verb.ts";
import { ownOutcomes } from "@ringfence/core/calling/call";
import { ReplyReading } from "@ringfence/core/do-not-call/inbound";
import { readDisposition } from "@ringfence/core/calling/call";
import type { TransactionContext } from "../../platform/context.ts";

/** The last so many calls say which codes are in use. */
const LOOK_BACK_CALLS = 50_000;
const MOST_LISTED = 200;

/** A code that came with calls lately, and how it is read where nobody has said. */
export type SeenCode = { code: string; calls: number; reading: ReplyReading };

/** What codes of dialers mean as the organization says, and those that came lately and stand for themselves. */
export const listDispositions = query({
  name: "listDispositions",
  action: "inbound.read",
  run: async (ctx) => {
    const { db, organizationId } = ctx;
    const rows = await db.disposition.findMany({
      where: { organizationId },
      orderBy: [{ system: "asc" }, { code: "asc" }],
    });
    const mapped = rows.map(({ system, code, reading }) => ({
      system,
      code,
      reading: ReplyReading.parse(reading),
    }));
    const known = new Set(mapped.map(({ code }) => code));
    return { mapped, seen: await seenCodes(ctx, known) };
  },
  audit: "by run",
});

/** What may be a refusal stands first, then the most frequent. Our own words for it need no meaning. */
async function seenCodes(
  { db, organizationId }: TransactionContext,
  known: ReadonlySet<string>,
): Promise<SeenCode[]> {
  const rows = await db.$queryRaw<{ code: string; calls: number }[]>`
    SELECT outcome AS code, count(*)::int AS calls FROM (
      SELECT outcome FROM call WHERE organization_id = ${organizationId}::uuid
      ORDER BY at DESC LIMIT ${LOOK_BACK_CALLS}
    ) AS lately
    WHERE outcome <> ALL (${[...ownOutcomes]}) GROUP BY outcome ORDER BY calls DESC, code LIMIT ${MOST_LISTED}`;
  const seen = rows
    .filter(({ code }) => !known.has(code))
    .map((row) => ({ ...row, reading: readDisposition("vicidial", row.code, {}) }));
  return seen.toSorted((a, b) => weight(a) - weight(b));
}

const weight = ({ reading }: SeenCode) => Number(reading === "other");
