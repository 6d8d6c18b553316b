import type { Message } from "@ringfence/core/platform/message";
import {
  type OptOutChannel,
  RecordOptOut,
  type ScopeView,
  formatReference,
  resolveOptOut,
} from "@ringfence/core/do-not-call/opt-out";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { mendText } from "@ringfence/core/platform/text";
import {
  type SharedOutcome,
  type TransactionContext,
  appendAudit,
  appendAudits,
  command,
  holdLock,
  selectRows,
  toStoredActor,
  toTable,
} from "../../platform/internal.ts";
import {
  type RecordingSettings,
  loadRecordingSettings,
} from "../../account/organization/internal.ts";
import { findOrAddPhones, lockPhones, queueRejudgement } from "../../people/phone/internal.ts";
import { OptOutId, type PhoneId } from "@ringfence/core/ids";
import { lastStatements } from "../../proof/statement/internal.ts";
import { type NewOptOut, toScopeRow, toScopeView } from "./opt-out.ts";
import { type SavedOptOut, findExisting } from "./repeat.ts";
import { z } from "zod";
import { sql } from "kysely";
import { announceChanges } from "../outbox/internal.ts";
import { recordOptOutStatements } from "./statement.ts";

export type RecordedOptOut = RecordedForPhone & { phone: Phone };

type RecordOptOutResult =
  | { answer: RecordedOptOut; fault?: never }
  /** The number could not be read. The request waits for a compliance officer. */
  | { fault: Message; answer?: never };

/**
 * Records a person's opt-out. It is in force when the transaction commits, so before this returns unless a caller's
 * transaction is joined (`docs/contract.md`, 6). A request with the same phone, scope, channel and `at` as an earlier
 * one returns the first opt-out, unless that was corrected or a proven consent came since (`findExisting`). A request
 * without `at` is made now, and records an opt-out each time. A number that cannot be read is a `fault`, and the
 * request is saved for an officer.
 */
export const recordOptOut = command({
  name: "recordOptOut",
  action: "opt-out.record",
  input: RecordOptOut,
  transaction: "shared",
  runMany: async (ctx, inputs): Promise<SharedOutcome<RecordOptOutResult>[]> =>
    (await recordForWrittenNumbers(ctx, inputs)).map((result) => ({ result })),
  // One row for each (`recordForPhones`, `saveUnreadable`), which other verbs write the same way.
  audit: "by run",
});

/**
 * Records an opt-out for a number as somebody wrote it. If it cannot be read, the request is saved for an officer and
 * the result is a `fault`. Writes the audit row.
 */
export async function recordForWrittenNumber(
  ctx: TransactionContext,
  input: RecordOptOut,
  options: RecordOptions = {},
): Promise<RecordOptOutResult> {
  const [result] = await recordForWrittenNumbers(ctx, [input], options);
  if (result === undefined) throw new Error("an opt-out has no result");
  return result;
}

/** Records opt-outs as `recordForWrittenNumber` does, as if one came after the other. */
async function recordForWrittenNumbers(
  ctx: TransactionContext,
  inputs: readonly RecordOptOut[],
  options: RecordOptions = {},
): Promise<RecordOptOutResult[]> {
  const settings = await loadRecordingSettings(ctx);
  const readings = inputs.map(({ phone, region }) =>
    readPhone(phone, (region ?? settings.homeRegion).toUpperCase()),
  );
  const readable = inputs.flatMap((input, index) => {
    const reading = readings[index];
    return reading && "phone" in reading ? [{ input, index, phone: reading.phone }] : [];
  });
  const stored = await findOrAddPhones(
    ctx,
    readable.map(({ phone }) => phone),
  );
  const requests = readable.map(({ input, phone }) => {
    const { id: phoneId } = stored.get(phone) ?? {};
    if (!phoneId) throw new Error("a number was neither found nor put on record");
    return { ...input, phoneId };
  });
  const recorded = await recordForPhones(ctx, requests, settings, options);
  const answers = new Map(
    readable.map(({ index, phone }, nth) => {
      const one = recorded[nth];
      if (!one) throw new Error("an opt-out was not saved");
      return [index, { ...one, phone }];
    }),
  );
  const results: RecordOptOutResult[] = [];
  for (const [index, input] of inputs.entries()) {
    const answer = answers.get(index);
    results.push(answer ? { answer } : { fault: await saveUnreadable(ctx, input) });
  }
  return results;
}

/** Saves an opt-out whose number cannot be read, so that an officer can find out whose it is. */
async function saveUnreadable(
  ctx: TransactionContext,
  { phone, channel }: RecordOptOut,
): Promise<Message> {
  await saveUnreadableOptOuts(ctx, channel, [phone]);
  await appendAudit(ctx, "opt-out.record", { misread: true });
  return { key: "opt-out.number-unreadable", values: { input: mendText(phone) } };
}

/** The recorded opt-out, as it is returned to the requester. */
export type RecordedForPhone = {
  id: OptOutId;
  scope: ScopeView;
  effectiveAt: Date;
  reference: string;
  /** Messages about a scope or a time that was recorded differently from the request. */
  notes: readonly Message[];
  /** The signed statement (SD-JWT): proof that we accepted the opt-out, even if the ledger never gets it. */
  receipt: string;
  /** True if this request created the opt-out; false if an existing one is returned. */
  isNew: boolean;
};

type RecordOptions = {
  /**
   * True for requests that may arrive many times, such as clicks: an opt-out for the same phone and scope that is on
   * record is returned, whatever its channel and time (`findExisting`). The `at` of the request is ignored.
   */
  isRepeatable?: boolean;
  /** True if nobody has checked who makes the request. The audit row says so. */
  isAnonymous?: boolean;
};

type RequestForPhone = Omit<RecordOptOut, "phone" | "region">;

/** Records an opt-out for a known phone, even if its number was erased. Writes the audit row. */
export const recordForPhone = async (
  ctx: TransactionContext,
  phoneId: PhoneId,
  request: RequestForPhone,
  options: RecordOptions = {},
): Promise<RecordedForPhone> => {
  const settings = await loadRecordingSettings(ctx);
  const [recorded] = await recordForPhones(ctx, [{ ...request, phoneId }], settings, options);
  if (!recorded) throw new Error("an opt-out was not saved");
  return recorded;
};

/** Records opt-outs as `recordForPhone` does, as if one came after the other. */
async function recordForPhones(
  ctx: TransactionContext,
  requests: readonly (RequestForPhone & { phoneId: PhoneId })[],
  settings: RecordingSettings,
  { isRepeatable = false, isAnonymous = false }: RecordOptions,
): Promise<RecordedForPhone[]> {
  if (requests.length === 0) return [];
  const resolved = requests.map((request) => ({
    ...request,
    ...resolveOptOut(request, settings, ctx.now),
  }));
  const saved = await saveOptOuts(
    ctx,
    resolved.map(({ phoneId, scope, channel, at, note, recording }) => ({
      phoneId,
      scope,
      channel,
      // Null: it takes effect when it is recorded.
      at: isRepeatable ? null : at,
      isRepeatable,
      isSeparate: !isRepeatable && at >= ctx.now,
      note: note && mendText(note),
      recording: recording && mendText(recording),
    })),
  );
  const recorded = resolved.map((request, index) => {
    const onRecord = saved[index];
    if (!onRecord) throw new Error("an opt-out was not saved");
    return { ...request, ...onRecord };
  });
  await appendAudits(
    ctx,
    "opt-out.record",
    recorded.map(({ phoneId, id, isNew }) => ({
      phoneId,
      optOutId: id,
      // Only repeated clicks are marked: they keep the opt-out from being corrected (`loadCorrectionFacts`).
      isRepeat: isRepeatable && !isNew,
      ...(isAnonymous && { isAnonymous }),
    })),
  );
  const earlierReceipts = await lastStatements(
    ctx,
    recorded.flatMap(({ id, receipt }) => (receipt === null ? id : [])),
  );
  return recorded.map(({ id, reference, scope, at: effectiveAt, notes, isNew, ...one }) => {
    const receipt = one.receipt ?? earlierReceipts.get(id);
    if (receipt === undefined) throw new Error("an opt-out has no receipt");
    const scopeView = toScopeView(settings.sellers, scope);
    return { id, scope: scopeView, effectiveAt, reference, notes, receipt, isNew };
  });
}

type AppendedOptOut = SavedOptOut & {
  isNew: boolean;
  /** The statement about it; null if it was on record before. */
  receipt: string | null;
};

/**
 * Locks the phones and saves opt-outs. Returns the opt-outs then on record, in the order of `optOuts`: for one that
 * repeats another, the earlier one. New ones are in force, and waiting for the feed, when the transaction commits.
 * `isNew` is false for repeats, also within `optOuts`. The caller writes the audit rows.
 */
export const saveOptOuts = async (
  ctx: TransactionContext,
  optOuts: readonly NewOptOut[],
): Promise<AppendedOptOut[]> => {
  const locked = await lockPhones(
    ctx,
    optOuts.map(({ phoneId }) => phoneId),
  );
  const repeated = await findExisting(ctx, optOuts);
  const notOnRecord = optOuts.filter((_, index) => !repeated[index]);
  const keys = new Map(optOuts.map((optOut, index) => [optOut, duplicateKey(optOut, index)]));
  // Reversed, so that the first of several duplicates is kept.
  const distinct = [
    ...new Map(notOnRecord.toReversed().map((optOut) => [keys.get(optOut), optOut])).values(),
  ];
  // An opt-out made now takes effect after the wait for the lock, not before it.
  const isNow = ({ at }: NewOptOut) => at !== null && at >= ctx.now;
  const inserted = await insertOptOuts(
    locked,
    distinct.map((optOut) => (isNow(optOut) ? { ...optOut, at: null } : optOut)),
  );
  const added = new Map(distinct.map((optOut, index) => [keys.get(optOut), inserted[index]]));

  const returned = new Set<string | undefined>();
  return optOuts.map((optOut, index) => {
    const key = keys.get(optOut);
    const earlier = repeated[index] && { ...repeated[index], receipt: null };
    const onRecord = earlier ?? added.get(key);
    if (!onRecord) throw new Error("an opt-out was neither found nor inserted");
    const isNew = !repeated[index] && !returned.has(key);
    returned.add(key);
    return { ...onRecord, isNew };
  });
};

/**
 * Creates the key under which two new opt-outs of one call count as duplicates. Without a time, the channel is ignored.
 */
const duplicateKey = ({ phoneId, scope, channel, at, isSeparate }: NewOptOut, index: number) =>
  JSON.stringify(isSeparate === true ? index : [phoneId, scope, at && [channel, at]]);

/**
 * Saves requests whose number could not be read, for an officer to resolve. If the same text already waits from the
 * same channel, it is not saved again, because nobody could tell the two apart. The caller writes the audit row.
 */
export async function saveUnreadableOptOuts(
  ctx: TransactionContext,
  channel: OptOutChannel,
  written: readonly string[],
) {
  const { db, organizationId, actor, now } = ctx;
  if (written.length === 0) return;
  await holdLock(ctx, "misreads");
  const inputs = [...new Set(written.map(mendText))];
  const waiting = await db.misreadOptOut.findMany({
    where: { organizationId, channel, input: { in: inputs }, discardedAt: null },
    select: { input: true },
  });
  const waitingInputs = new Set(waiting.map(({ input }) => input));
  const common = { organizationId, channel, recordedAt: now, actor: toStoredActor(actor) };
  await db.misreadOptOut.createMany({
    data: inputs
      .filter((input) => !waitingInputs.has(input))
      .map((input) => ({ ...common, input })),
  });
}

type IdentifiedOptOut = NewOptOut & SavedOptOut;

/**
 * Inserts new opt-outs with their notes, feed entries, statements and webhooks, and queues a check of earlier
 * calls to their phones.
 */
const insertOptOuts = async (
  ctx: TransactionContext,
  optOuts: readonly NewOptOut[],
): Promise<(SavedOptOut & { receipt: string })[]> => {
  if (optOuts.length === 0) return [];
  const created = await createIdsAndReferences(ctx, optOuts.length);
  const identified = optOuts.map((optOut, index): IdentifiedOptOut => {
    const idAndReference = created[index];
    if (!idAndReference) throw new Error("an opt-out got no id");
    return { ...optOut, ...idAndReference, at: optOut.at ?? ctx.now };
  });
  await insertRowsAndFeedEntries(ctx, identified);
  await insertNotes(ctx, identified);
  const receipts = await recordOptOutStatements(ctx, identified);
  await queueRejudgement(
    ctx,
    identified.map(({ phoneId, at }) => ({ phoneId, since: at })),
  );
  await announceChanges(
    ctx,
    "opt-out.recorded",
    identified.map(({ id }) => id),
  );
  return identified.map(({ id, at, reference }, index) => {
    const receipt = receipts[index];
    if (receipt === undefined) throw new Error("an opt-out has no receipt");
    return { id, at, reference, receipt };
  });
};

/**
 * Creates ids, and references that the organization has not used. If two concurrent transactions draw the same
 * reference (1 in 2^40), the later one fails.
 */
async function createIdsAndReferences(
  { db, organizationId, keys }: TransactionContext,
  count: number,
) {
  const byReference = new Map<string, IdAndReference>();
  while (byReference.size < count) {
    const drawn = Array.from({ length: count - byReference.size }, () =>
      formatReference(Buffer.from(keys.random(REFERENCE_BYTES)).toString("hex")),
    );
    const unused = await selectRows(
      { db },
      IdAndReference,
      sql`
      SELECT uuid7() AS id, reference FROM unnest(${drawn}::text[]) AS drawn (reference)
      WHERE NOT EXISTS (SELECT FROM opt_out
        WHERE organization_id = ${organizationId}::uuid AND opt_out.reference = drawn.reference)`,
    );
    for (const created of unused) byReference.set(created.reference, created);
  }
  return [...byReference.values()];
}

const REFERENCE_BYTES = 5;
const IdAndReference = z.object({ id: OptOutId, reference: z.string() });
type IdAndReference = z.infer<typeof IdAndReference>;

async function insertRowsAndFeedEntries(
  ctx: TransactionContext,
  optOuts: readonly IdentifiedOptOut[],
) {
  const { db, organizationId, actor, now } = ctx;
  const rows = optOuts.map(({ scope, ...optOut }) => ({ ...optOut, ...toScopeRow(scope) }));
  const table = toTable(rows, {
    id: "uuid",
    phoneId: "uuid",
    scope: "text",
    sellerId: "uuid",
    purpose: "text",
    channel: "text",
    at: "timestamptz",
    reference: "text",
  });
  await db.$executeRaw`
    WITH recorded AS (
      INSERT INTO opt_out (organization_id, id, phone_id, scope, seller_id, purpose, channel, at,
        reference, recorded_at, actor)
      SELECT ${organizationId}::uuid, id, phone_id, scope::"OptOutScope", seller_id, purpose, channel,
        at, reference, ${now}, ${JSON.stringify(toStoredActor(actor))}::jsonb
      FROM ${table} AS sent
      RETURNING organization_id, id
    )
    INSERT INTO opt_out_queue (organization_id, opt_out_id, change)
    SELECT organization_id, id, 'added' FROM recorded`;
}

/** Notes and recordings are personal, so they have a table of their own, which an erasure can clear. */
async function insertNotes(
  { db, organizationId }: TransactionContext,
  optOuts: readonly IdentifiedOptOut[],
) {
  const noted = optOuts.filter(({ note, recording }) => note || recording);
  if (noted.length === 0) return;
  await db.$executeRaw`
    INSERT INTO opt_out_note (organization_id, opt_out_id, text, recording)
    SELECT ${organizationId}::uuid, id, nullif(note, ''), nullif(recording, '')
    FROM ${toTable(noted, { id: "uuid", note: "text", recording: "text" })} AS noted`;
}
