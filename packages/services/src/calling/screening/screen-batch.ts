import {
  type RootContext,
  ServiceError,
  allowSeller,
  computePhoneKey,
  mapInTurns,
  appendAudit,
  command,
  inTransaction,
} from "../../platform/internal.ts";
import {
  BatchItem,
  type ReasonCode,
  ScreenBatch,
  refuseInvalidNumber,
  refuseUnchecked,
} from "@ringfence/core/calling/screening";
import { type Message, toFaults } from "@ringfence/core/platform/message";
import { type ReadPhone, readPhone } from "@ringfence/core/people/phone";
import { z } from "zod";
import {
  type PermitTerms,
  type ResolvedCall,
  resolveNamedCall,
  resolvePurpose,
  resolveSeller,
  usualPermitTerms,
} from "./resolve-call.ts";
import { type ScreeningResult, toScreeningResult, toUnjudgedResult } from "./screening-result.ts";
import type { LoadedFacts, Settings } from "./facts-row.ts";
import { type FactsRequest, readFacts } from "./load-facts.ts";
import { type ScreenedCall, recordAll, toScreeningRecord } from "./record.ts";

/** Decides about many calls at one instant, as `screenMany` does. */
export const screenBatch = command({
  name: "screenBatch",
  action: "screening.run",
  input: ScreenBatch,
  transaction: "by run",
  run: async (ctx, batch): Promise<BatchResult> => {
    const result = await screenMany(ctx, batch);
    if (batch.defaults.at !== undefined) {
      const details = { listed: batch.items.length, whatIf: true };
      await inTransaction(ctx, (ctx) => appendAudit(ctx, "screening.run", details));
    }
    return result;
  },
  // `run` audits a what-if. Each live screening is a record of its own.
  audit: "by run",
});

export type BatchResult = {
  /** In the order of the items. */
  results: ScreeningResult[];
  /** `reasons` counts the calls that each reason refused. */
  counts: { allow: number; refuse: number; reasons: Partial<Record<ReasonCode, number>> };
};

/** An item with its resolved call. An item with a fault is refused, and does not affect the others. */
type Item = { reading: ReadPhone; resolved: { call: ResolvedCall } | { fault: Message } };

const timeoutMs = 30_000;
/** Number of screenings recorded at once. Small, so that a live call under the same cap does not wait long. */
const recordsAtOnce = 500;

/**
 * Decides about many calls at one instant, for a caller whose permission was checked, and who audits a what-if. The
 * sellers of the actor are checked here, item by item. Live verdicts are recorded before they are returned, except
 * those on items whose call is unknown, such as one with an unknown purpose. Throws for invalid defaults.
 */
export const screenMany = async (
  ctx: RootContext,
  batch: ScreenBatch,
  terms: PermitTerms = usualPermitTerms,
): Promise<BatchResult> => {
  const { keys, organizationId } = ctx;
  const at = batch.defaults.at ?? null;
  const noPhone: FactsRequest = { organizationId, phone: null, phoneKey: null, at };
  const [home] = await readFacts(ctx, [noPhone]);
  if (home === undefined) throw new Error("no facts about the organization");
  assertDefaults(ctx, batch, home.settings);

  const items = await mapInTurns(batch.items, (item) =>
    resolveItem(ctx, item, batch.defaults, home.settings, terms),
  );
  const { keyGeneration: generation } = home;
  const secret = home.settings.hasErasedPhones
    ? await keys.phoneSecret(organizationId, generation)
    : null;
  const requests = await mapInTurns(items, ({ reading, resolved }): FactsRequest => {
    if ("fault" in reading || "fault" in resolved) return noPhone;
    const { phone } = reading;
    const phoneKey = secret && { bytes: computePhoneKey(secret, phone), generation };
    return { organizationId, phone, phoneKey, at, campaign: resolved.call.campaign };
  });
  const facts = requests.length > 0 ? await readFacts(ctx, requests, timeoutMs) : [];

  const judged = await mapInTurns(items, (item, index) => ({
    ...screenItem(ctx, item, at, facts[index] ?? home),
    index,
  }));
  /** Screens the same calls at the same instant again, with the permits that were issued in the meantime. */
  const rescreen = async (some: readonly ScreenedCall[]): Promise<ScreenedCall[]> => {
    const indexes = some.map(({ index }) => index);
    const reread = await readFacts(
      ctx,
      indexes.flatMap((index) => requests[index] ?? []),
      timeoutMs,
    );
    return indexes.map((index, nth) => {
      const [item, newFacts] = [items[index], reread[nth]];
      if (item === undefined || newFacts === undefined) throw new Error("no facts about a call");
      const { now } = (facts[index] ?? home).row;
      const row = { ...newFacts.row, now };
      return { ...screenItem(ctx, item, at, { ...newFacts, row }), index };
    });
  };
  const results: ScreeningResult[] = [];
  for (let from = 0; from < judged.length; from += recordsAtOnce) {
    const some = judged.slice(from, from + recordsAtOnce);
    const answers =
      at === null
        ? await recordAll(ctx, some, rescreen, timeoutMs)
        : some.map(({ answer }) => answer);
    results.push(...answers);
  }
  return { results, counts: countVerdicts(results) };
};

function screenItem(
  ctx: RootContext,
  { reading, resolved }: Item,
  at: Date | null,
  facts: LoadedFacts,
) {
  if ("fault" in resolved) {
    const verdict =
      "fault" in reading ? refuseInvalidNumber(reading.fault) : refuseUnchecked(resolved.fault);
    return { answer: toUnjudgedResult(facts, at, reading, verdict), record: null };
  }
  const judged = toScreeningResult(reading, resolved.call, facts);
  return { answer: judged.answer, record: toScreeningRecord(ctx, resolved.call, facts, judged) };
}

function resolveItem(
  ctx: RootContext,
  item: unknown,
  defaults: ScreenBatch["defaults"],
  settings: Settings,
  terms: PermitTerms,
): Item {
  const reading = parseItemPhone(item, defaults.region ?? settings.homeRegion);
  const parsed = BatchItem.safeParse(item);
  if (!parsed.success) return { reading, resolved: { fault: findFirstFault(parsed.error, item) } };

  const { phone: _, ...own } = parsed.data;
  const { purpose, ...named } = { ...defaults, ...own };
  if (purpose === undefined) return { reading, resolved: { fault: { key: "purpose.missing" } } };
  try {
    const call = resolveNamedCall({ ...named, purpose, at: defaults.at }, settings, terms);
    allowSeller(ctx, call.seller.id);
    return { reading, resolved: { call } };
  } catch (error) {
    if (error instanceof ServiceError) return { reading, resolved: { fault: error.explanation } };
    throw error;
  }
}

/** An item without a readable number counts as an invalid number, whatever else is wrong with it. */
const ItemPhone = z.object({
  phone: BatchItem.shape.phone,
  region: BatchItem.shape.region.catch(undefined),
});

function parseItemPhone(item: unknown, defaultRegion: string): ReadPhone {
  const parsed = ItemPhone.safeParse(item);
  if (!parsed.success) return { fault: findFirstFault(parsed.error, item) };
  const { phone, region = defaultRegion } = parsed.data;
  return readPhone(phone, region);
}

function findFirstFault(error: z.ZodError, item: unknown): Message {
  const [first] = toFaults(error, item);
  if (first === undefined) throw new Error("an invalid item without a fault");
  return first.message;
}

function countVerdicts(results: readonly ScreeningResult[]): BatchResult["counts"] {
  const counts: BatchResult["counts"] = { allow: 0, refuse: 0, reasons: {} };
  for (const { verdict, refusals } of results) {
    counts[verdict]++;
    for (const reason of new Set(refusals.map((refusal) => refusal.reason))) {
      counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
    }
  }
  return counts;
}

const within = "/defaults";

/**
 * Refuses a whole batch if its defaults name something that does not exist or is not the caller's, or omit
 * what no item names either, because every item would fail in the same way. Items with values of their own
 * are checked one by one.
 */
function assertDefaults(
  ctx: RootContext,
  { defaults: { purpose, seller }, items }: ScreenBatch,
  settings: Settings,
) {
  if (purpose !== undefined) resolvePurpose(purpose, settings, within);
  else if (isMissingEverywhere(items, "purpose")) {
    throw new ServiceError("invalid-field", { key: "purpose.missing" }, `${within}/purpose`);
  }
  if (seller !== undefined || isMissingEverywhere(items, "seller")) {
    allowSeller(ctx, resolveSeller(seller, settings, within).id);
  }
}

const isMissingEverywhere = (items: readonly unknown[], name: string) =>
  items.length > 0 &&
  !items.some((item) => typeof item === "object" && item !== null && name in item);
