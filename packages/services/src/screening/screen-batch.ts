import { faultsOf, type Message } from "@ringfence/core/message";
import { type ReadPhone, readPhone } from "@ringfence/core/phone";
import {
  BatchItem,
  cannotCheck,
  numberInvalid,
  type Reason,
  type ScreenBatch,
} from "@ringfence/core/screening";
import type { z } from "zod";
import { allow, allowSeller } from "../access/allow.ts";
import type { RootContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { type AskedCall, askedCall } from "./asked-call.ts";
import { judge, unjudged } from "./judge.ts";
import { type AnsweredFacts, type Ask, readFacts, type Settings } from "./read-facts.ts";
import { onRecord, recordScreenings } from "./record-screenings.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";

export type BatchAnswer = {
  /** In the order of the items. */
  results: ScreeningAnswer[];
  counts: { allow: number; refuse: number; reasons: Partial<Record<Reason, number>> };
};

/** An item as far as it can be understood: a bad one is refused, and spoils no other. */
type Item = { reading: ReadPhone; call: AskedCall } | { fault: Message; isOfNumber: boolean };

const timeoutMs = 30_000;

/** Decides about many calls, all of one instant. Live verdicts are on record before they are heard. */
export async function screenBatch(ctx: RootContext, batch: ScreenBatch): Promise<BatchAnswer> {
  allow(ctx, "screening.run");

  const { db, keys, organizationId } = ctx;
  const at = batch.defaults.at ?? null;
  const noPhone: Ask = { organizationId, phone: null, phoneKey: null, at };
  const [home] = await readFacts(db, [noPhone]);
  if (home === undefined) throw new Error("no answer about the organization");

  const items = batch.items.map((item) => understand(ctx, item, batch.defaults, home.settings));
  const asks = items.map((item): Ask => {
    if (!("call" in item) || !("phone" in item.reading)) return noPhone;
    const { phone } = item.reading;
    const phoneKey = home.settings.hasErasedPhones ? keys.phoneKey(organizationId, phone) : null;
    return { organizationId, phone, phoneKey, at };
  });
  const facts = asks.length > 0 ? await readFacts(db, asks, timeoutMs) : [];

  const judged = items.map((item, index) => answerTo(ctx, item, at, facts[index] ?? home));
  if (at === null)
    await recordScreenings(
      db,
      judged.flatMap(({ record }) => record ?? []),
    );
  const results = judged.map(({ answer }) => answer);
  return { results, counts: countsOf(results) };
}

function answerTo(ctx: RootContext, item: Item, at: Date | null, facts: AnsweredFacts) {
  if (!("call" in item)) {
    const verdict = item.isOfNumber ? numberInvalid(item.fault) : cannotCheck(item.fault);
    return { answer: unjudged(facts, at, verdict), record: null };
  }
  const answer = judge(ctx, item.reading, item.call, facts);
  return { answer, record: onRecord(ctx, item.call, facts, answer) };
}

function understand(
  ctx: RootContext,
  item: unknown,
  defaults: ScreenBatch["defaults"],
  settings: Settings,
): Item {
  const parsed = BatchItem.safeParse(item);
  if (!parsed.success) return faultOf(parsed.error, item);
  const { phone, region = defaults.region ?? settings.homeRegion, ...own } = parsed.data;
  const { purpose, ...named } = { ...defaults, ...own };
  if (purpose === undefined) return { fault: { key: "purpose.missing" }, isOfNumber: false };
  try {
    const call = askedCall({ ...named, purpose, at: defaults.at }, settings);
    allowSeller(ctx, call.seller.id);
    return { reading: readPhone(phone, region), call };
  } catch (error) {
    if (error instanceof ServiceError) return { fault: error.explanation, isOfNumber: false };
    throw error;
  }
}

/** An item without a number that can be read is no number, whatever else is wrong with it. */
function faultOf(error: z.ZodError, item: unknown): Item {
  const faults = faultsOf(error, item);
  const ofNumber = faults.find(({ path }) => path === "" || path === "/phone");
  const [first] = faults;
  const fault = ofNumber ?? first;
  if (fault === undefined) throw new Error("a fault that is none");
  return { fault: fault.message, isOfNumber: ofNumber !== undefined };
}

function countsOf(results: readonly ScreeningAnswer[]): BatchAnswer["counts"] {
  const counts: BatchAnswer["counts"] = { allow: 0, refuse: 0, reasons: {} };
  for (const { verdict, refusals } of results) {
    counts[verdict]++;
    for (const reason of new Set(refusals.map((refusal) => refusal.reason))) {
      counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
    }
  }
  return counts;
}
