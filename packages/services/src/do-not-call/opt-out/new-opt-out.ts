import type { PhoneId } from "@ringfence/core/ids";
import type { OptOutChannel, OptOutScope } from "@ringfence/core/do-not-call/opt-out";

/** A refusal to go on record. `at` null: it does not say when. */
export type NewOptOut = {
  phoneId: PhoneId;
  scope: OptOutScope;
  channel: OptOutChannel;
  at: Date | null;
  note?: string | undefined;
  /** Where it can be heard. */
  recording?: string | undefined;
  /** The person's own, again and again perhaps: one on record that refuses as much is as good. */
  isClick?: boolean;
};

/** As columns, for `unnest`. */
export const columnsOf = (optOuts: readonly NewOptOut[]) => ({
  phoneIds: optOuts.map(({ phoneId }) => phoneId),
  scopes: optOuts.map(({ scope }) => scope.scope),
  sellerIds: optOuts.map(({ scope }) => (scope.scope === "seller" ? scope.sellerId : null)),
  purposes: optOuts.map(({ scope }) => (scope.scope === "purpose" ? scope.purpose : null)),
  channels: optOuts.map(({ channel }) => channel),
  times: optOuts.map(({ at }) => at),
  clicks: optOuts.map(({ isClick = false }) => isClick),
});
