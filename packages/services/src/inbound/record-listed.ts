import { readPhone } from "@ringfence/core/phone";
import { mendText } from "@ringfence/core/text";
import { actorOnRecord } from "../access/actor-on-record.ts";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { type InternedPhone, internPhones } from "../phone/intern-phones.ts";
import { appendOptOuts } from "../opt-out/append-opt-outs.ts";

/** `isOurs`: some may stand on that list because we said so. */
export type Listed = { phones: readonly string[]; isOurs: boolean };

/**
 * Takes numbers that another system's own list refuses, in international form. One that has refused
 * all calls already is nothing new, however often the list says so; nor is, on a list that we write to,
 * one that has refused any, for the list knows no scopes. What is no number is kept once for an officer.
 * Answers how many were new.
 */
export async function recordListed(ctx: ServiceContext, { phones, isOurs }: Listed) {
  allow(ctx, "opt-out.record");

  return inTransaction(ctx, async (ctx) => {
    const readings = phones.map((written) => ({ written, ...readPhone(written, "") }));
    const read = readings.flatMap((reading) => ("phone" in reading ? reading.phone : []));
    const misread = readings.flatMap((one) => ("fault" in one ? one.written : []));
    await keepMisread(ctx, misread);
    const ids = await internPhones(ctx, read);
    const known = isOurs ? await refusingAlready(ctx, ids.values()) : new Set();
    const unknown = [...ids.values()].filter(({ id }) => !known.has(id));
    const optOuts = unknown.map(({ id: phoneId }) => ({
      phoneId,
      scope: { scope: "all" } as const,
      channel: "disposition" as const,
      at: null,
    }));
    const appended = optOuts.length === 0 ? [] : await appendOptOuts(ctx, optOuts);
    const added = appended.filter(({ isNew }) => isNew).length;
    if (added > 0) await appendAudit(ctx, "opt-out.record", { listed: added });
    return { added, unreadable: misread.length };
  });
}

/** The list says the same every time it is asked. */
async function keepMisread(
  { db, organizationId, actor, now }: TransactionContext,
  written: readonly string[],
) {
  const inputs = [...new Set(written.map(mendText))];
  const waiting = await db.misreadOptOut.findMany({
    where: { organizationId, input: { in: inputs } },
    select: { input: true },
  });
  const known = new Set(waiting.map(({ input }) => input));
  const misread = { organizationId, channel: "disposition", recordedAt: now };
  await db.misreadOptOut.createMany({
    data: inputs
      .filter((input) => !known.has(input))
      .map((input) => ({ ...misread, input, actor: actorOnRecord(actor) })),
  });
}

async function refusingAlready(
  { db, organizationId }: TransactionContext,
  phones: Iterable<InternedPhone>,
): Promise<Set<string>> {
  const rows = await db.optOut.findMany({
    where: {
      organizationId,
      phoneId: { in: [...phones].map(({ id }) => id) },
      scope: { not: "profiling" },
    },
    select: { phoneId: true },
  });
  return new Set(rows.map(({ phoneId }) => phoneId));
}
