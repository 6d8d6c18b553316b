import type { SellerId } from "../../platform/ids.ts";
import type { Message } from "../../platform/message/index.ts";
import type { PurposeKey } from "../../account/purpose/index.ts";
import { isPlausible } from "../../platform/time/index.ts";
import type { OptOutScope } from "./opt-out.ts";
import type { RecordOptOut } from "./record-opt-out.ts";

/** What an organization can be refused. */
export type Refusable = {
  sellers: readonly { id: SellerId; key: string }[];
  purposes: readonly { key: PurposeKey }[];
};

/** A refusal as it goes on record; `notes` say where that is not what was sent. */
export type Refusal = { scope: OptOutScope; at: Date; notes: readonly Message[] };

/**
 * What a person refuses, and since when. It never says no: what names nothing that we know refuses
 * all calls, and a time that cannot be counts as now (contract 6).
 */
export function readRefusal(
  { scope, at }: Pick<RecordOptOut, "scope" | "at">,
  known: Refusable,
  now: Date,
): Refusal {
  const time = readTime(at, now);
  const refused = readScope(scope ?? {}, known);
  return { ...time, ...refused, notes: [...refused.notes, ...time.notes] };
}

function readTime(at: Date | undefined, now: Date): Pick<Refusal, "at" | "notes"> {
  if (at === undefined) return { at: now, notes: [] };
  if (isPlausible(at) && at <= now) return { at, notes: [] };
  return { at: now, notes: [{ key: "opt-out.time-impossible", values: { at, now } }] };
}

function readScope(
  scope: NonNullable<RecordOptOut["scope"]>,
  { sellers, purposes }: Refusable,
): Pick<Refusal, "scope" | "notes"> {
  const all = { scope: "all" } as const;
  if ("seller" in scope) {
    const seller = sellers.find(({ id, key }) => key === scope.seller || id === scope.seller);
    if (seller) return { scope: { scope: "seller", sellerId: seller.id }, notes: [] };
    return { scope: all, notes: [{ key: "opt-out.seller-unknown", values: scope }] };
  }
  if ("purpose" in scope) {
    const purpose = purposes.find(({ key }) => key === scope.purpose);
    if (purpose) return { scope: { scope: "purpose", purpose: purpose.key }, notes: [] };
    return { scope: all, notes: [{ key: "opt-out.purpose-unknown", values: scope }] };
  }
  if ("profiling" in scope) return { scope: { scope: "profiling" }, notes: [] };
  return { scope: all, notes: [] };
}
