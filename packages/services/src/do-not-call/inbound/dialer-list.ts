import { z } from "zod";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import {
  type RootContext,
  type TransactionContext,
  appendAudit,
  command,
  inTransaction,
} from "../../platform/internal.ts";
import { type StoredPhone, findOrAddPhones } from "../../people/phone/internal.ts";
import { saveOptOuts, saveUnreadableOptOuts } from "../opt-out/internal.ts";
import { markAllReceived } from "./inbound.ts";

const DialerListEntry = z.strictObject({
  /** In international form. */
  phone: z.string(),
  /** Names the report of this refusal, so that it counts once. Null if the system does not tell two of them apart. */
  report: z.string().nullable(),
});

/** `isOurs` is true for a list that we write to: some of its numbers may be there because of us. */
const DialerList = z.strictObject({
  entries: z.array(DialerListEntry).readonly(),
  isOurs: z.boolean(),
});
type DialerList = z.infer<typeof DialerList>;

/** Numbers per transaction, which lasts five seconds at most. */
const NUMBERS_PER_BATCH = 250;

/**
 * Records opt-outs from all calls for the numbers on another system's do-not-call list. A number that is repeated, or
 * that this system reported before, is not new (`findExisting`); on a list that we write to, neither is one with an
 * opt-out from calls that was not corrected, because the list knows no scopes. A report that was recorded before is
 * left out, also after a consent or a correction: the person said nothing new. An unreadable number is saved once for an
 * officer. Returns how many opt-outs were new, and how many numbers unreadable.
 */
export const recordDialerList = command({
  name: "recordDialerList",
  action: "opt-out.record",
  input: DialerList,
  transaction: "by run",
  run: async (ctx, { entries, isOurs }) => {
    const counts = { added: 0, unreadable: 0 };
    for (let at = 0; at < entries.length; at += NUMBERS_PER_BATCH) {
      const batch = await recordBatch(ctx, {
        entries: entries.slice(at, at + NUMBERS_PER_BATCH),
        isOurs,
      });
      counts.added += batch.added;
      counts.unreadable += batch.unreadable;
    }
    return counts;
  },
  // One row for each batch that has new opt-outs.
  audit: "by run",
});

/**
 * Records one batch. Its opt-outs are in force when it commits, so a failure later in a long list does not lose
 * them.
 */
const recordBatch = (ctx: RootContext, { entries, isOurs }: DialerList) =>
  inTransaction(ctx, async (ctx) => {
    const readings = entries.map(({ phone: written, report }) => ({
      written,
      report,
      ...readPhone(written, ""),
    }));
    const readable = readings.flatMap((reading) => ("phone" in reading ? reading : []));
    const unreadable = readings.flatMap((reading) => ("fault" in reading ? reading.written : []));
    const stored = await findOrAddPhones(
      ctx,
      readable.map(({ phone }) => phone),
    );
    const optedOut = isOurs ? await findOptedOut(ctx, stored.values()) : new Set<string>();
    const known = readable.flatMap(({ phone, report }) => {
      const phoneId = stored.get(phone)?.id;
      return phoneId === undefined ? [] : { phone, phoneId, report };
    });
    // Also reports about people who have opted out: otherwise such a report would count once the opt-out is lifted.
    const unreported = await keepUnreported(ctx, known);
    const phoneIds = new Set(unreported.map(({ phoneId }) => phoneId));
    const remaining = [...phoneIds].filter((phoneId) => !optedOut.has(phoneId));
    const optOuts = remaining.map((phoneId) => ({
      phoneId,
      scope: { scope: "all" } as const,
      channel: "disposition" as const,
      at: null,
    }));
    const saved = optOuts.length === 0 ? [] : await saveOptOuts(ctx, optOuts);
    const added = saved.filter(({ isNew }) => isNew).length;
    // Last, so that whoever holds the lock for unreadable numbers waits for no phones.
    await saveUnreadableOptOuts(ctx, "disposition", unreadable);
    if (added > 0) await appendAudit(ctx, "opt-out.record", { listed: added });
    return { added, unreadable: unreadable.length };
  });

/**
 * Keeps the numbers whose report is not on record, and marks their reports as received. One without a report stays, for
 * `findExisting` to compare.
 */
async function keepUnreported<T extends { phone: Phone; report: string | null }>(
  ctx: TransactionContext,
  listed: readonly T[],
): Promise<T[]> {
  const { keys, organizationId } = ctx;
  const keyed = listed.map((entry) => {
    const { phone, report } = entry;
    const whose = Buffer.from(keys.phoneKey(organizationId, phone)).toString("base64url");
    return { entry, externalId: report && `${report} ${whose}` };
  });
  const reports = keyed.flatMap(({ externalId }) => externalId ?? []);
  const received = await markAllReceived(ctx, { provider: "dialer list", externalIds: reports });
  return keyed.flatMap(({ entry, externalId }) =>
    externalId === null || received.has(externalId) ? entry : [],
  );
}

/** Finds which of the phones have an opt-out that was not corrected, except one of profiling only. */
async function findOptedOut(
  { db, organizationId }: TransactionContext,
  phones: Iterable<StoredPhone>,
): Promise<Set<string>> {
  const rows = await db.optOut.findMany({
    where: {
      organizationId,
      phoneId: { in: [...phones].map(({ id }) => id) },
      scope: { not: "profiling" },
      answers: { none: { isAccepted: true } },
    },
    select: { phoneId: true },
  });
  return new Set(rows.map(({ phoneId }) => phoneId));
}
