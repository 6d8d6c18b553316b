import { sql } from "kysely";
import { type TransactionContext, command, query, selectRows } from "../../platform/internal.ts";
import { z } from "zod";
import {
  MapDisposition,
  RecordDisposition,
  ReplyReading,
} from "@ringfence/core/do-not-call/inbound";
import { ownOutcomes, readDisposition } from "@ringfence/core/calling/call";
import { type RecordReplyResult, recordReply } from "./reply.ts";

/**
 * Records the code with which a dialer ended a call as a reply: with the meaning that the organization has mapped it
 * to, else with its usual one. Safe to repeat if the call has an id.
 */
export const recordDisposition = command({
  name: "recordDisposition",
  action: "opt-out.record",
  input: RecordDisposition.extend({ system: z.string() }),
  run: async (ctx, { system, phone, code, externalId }): Promise<RecordReplyResult> => {
    const { db, organizationId } = ctx;
    const mapping = await db.disposition.findFirst({ where: { organizationId, system, code } });
    const mapped = mapping === null ? {} : { [code]: ReplyReading.parse(mapping.reading) };
    return recordReply(ctx, {
      provider: `disposition ${system}`,
      externalId: externalId ?? null,
      channel: "disposition",
      phone,
      reading: readDisposition(system, code, mapped),
      text: `${system}: ${code}`,
    });
  },
  // `recordReply` writes the row.
  audit: "by run",
});

/** Sets the meaning of a dialer's code from now on. */
export const mapDisposition = command({
  name: "mapDisposition",
  action: "inbound.change",
  input: MapDisposition,
  run: async (ctx, { system, code, reading }) => {
    const { db, organizationId } = ctx;
    await db.disposition.createMany({
      data: { organizationId, system, code, reading },
      skipDuplicates: true,
    });
    await db.disposition.updateMany({
      where: { organizationId, system, code },
      data: { reading },
    });
  },
  audit: (_, { system, code, reading }) => ({ system, code, reading }),
});

/** Number of recent calls in which to look for codes. */
const LOOK_BACK_CALLS = 50_000;
const MAX_CODES_LISTED = 200;

/** A code of recent calls, read as a code of VICIdial, because a call does not say from which system its code is. */
export type SeenCode = { code: string; calls: number; reading: ReplyReading };

/** Lists the organization's meanings of dialer codes, and the recent codes that it has not mapped. */
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
    const mappedCodes = new Set(mapped.map(({ code }) => code));
    return { mapped, seen: await findSeenCodes(ctx, mappedCodes) };
  },
  audit: "none",
});

/**
 * Returns unmapped codes: opt-outs and possible ones first, then the others, each by frequency. Our own outcomes need
 * no meaning.
 */
async function findSeenCodes(
  { db, organizationId }: TransactionContext,
  mappedCodes: ReadonlySet<string>,
): Promise<SeenCode[]> {
  const rows = await selectRows(
    { db },
    z.object({ code: z.string(), calls: z.int() }),
    sql`
    SELECT outcome AS code, count(*)::int AS calls FROM (
      SELECT outcome FROM call WHERE organization_id = ${organizationId}::uuid
      ORDER BY at DESC LIMIT ${LOOK_BACK_CALLS}
    ) AS lately
    WHERE outcome <> ALL (${[...ownOutcomes]}) GROUP BY outcome ORDER BY calls DESC, code LIMIT ${MAX_CODES_LISTED}`,
  );
  const seen = rows
    .filter(({ code }) => !mappedCodes.has(code))
    .map((row) => ({ ...row, reading: readDisposition("vicidial", row.code, {}) }));
  return seen.toSorted((a, b) => toRank(a) - toRank(b));
}

const toRank = ({ reading }: SeenCode) => Number(reading === "other");
