import { type PurposeStanding, standingsOf } from "@ringfence/core/consents/consent";
import type { ConsentId, PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { readEvents } from "./read-events.ts";
import { readOptOuts } from "./read-opt-outs.ts";

export type ConsentOfPhone = { id: ConsentId; phoneId: PhoneId };

/** Where each consent stands now, against all that was said of its phone and by its person. */
export const standingsOfConsents = async (
  ctx: TransactionContext,
  consents: readonly ConsentOfPhone[],
): Promise<PurposeStanding[][]> => {
  const phoneIds = [...new Set(consents.map(({ phoneId }) => phoneId))];
  const events = Map.groupBy(await readEvents(ctx, { phones: phoneIds }), ({ phoneId }) => phoneId);
  const optOuts = Map.groupBy(await readOptOuts(ctx, phoneIds), ({ phoneId }) => phoneId);
  return consents.map(({ id, phoneId }) =>
    standingsOf(id, events.get(phoneId) ?? [], optOuts.get(phoneId) ?? [], ctx.now),
  );
};
