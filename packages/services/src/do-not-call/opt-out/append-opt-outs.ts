import type { TransactionContext } from "../../platform/context.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { findRepeated, type OptOutOnRecord } from "./find-repeated.ts";
import { insertOptOuts } from "./insert-opt-outs.ts";
import type { NewOptOut } from "./new-opt-out.ts";

export type AppendedOptOut = OptOutOnRecord & { isNew: boolean };

/**
 * Puts refusals on record: in force, and on their way to the feed, when the transaction ends. One
 * that is on record already is answered with the first.
 */
export const appendOptOuts = async (
  ctx: TransactionContext,
  optOuts: readonly NewOptOut[],
): Promise<AppendedOptOut[]> => {
  const later = await lockPhones(
    ctx,
    optOuts.map(({ phoneId }) => phoneId),
  );
  const repeated = await findRepeated(ctx, optOuts);
  const unknown = optOuts.filter((_, index) => !repeated[index]);
  const distinct = [...new Map(unknown.toReversed().map((it) => [nameOf(it), it])).values()];
  // What is said now is of when it comes on record, though it had to wait.
  const isNow = ({ at }: NewOptOut) => at !== null && at >= ctx.now;
  const inserted = await insertOptOuts(
    later,
    distinct.map((optOut) => (isNow(optOut) ? { ...optOut, at: null } : optOut)),
  );
  const added = new Map(distinct.map((it, index) => [nameOf(it), inserted[index]]));

  const told = new Set<string>();
  return optOuts.map((optOut, index) => {
    const name = nameOf(optOut);
    const onRecord = repeated[index] ?? added.get(name);
    if (!onRecord) throw new Error("a refusal was neither found nor added");
    const isNew = !repeated[index] && !told.has(name);
    told.add(name);
    return { ...onRecord, isNew };
  });
};

/** What two of them have in common when they are one and the same. */
const nameOf = ({ phoneId, scope, channel, at }: NewOptOut) =>
  JSON.stringify([phoneId, scope, at && [channel, at]]);
