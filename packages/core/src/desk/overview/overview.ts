import { z } from "zod";
import { SellerKey } from "../../account/seller/index.ts";
import { EndStep, EndStepCounts } from "../../audience/segment/index.ts";
import type { GateFault } from "../../calling/violation/index.ts";
import { ConsentSource } from "../../consents/consent/index.ts";
import { ListContacts } from "../../people/contact/index.ts";

/** Contacts who ended at a step when a seller's overview was last counted. */
export const SellerStep = z.strictObject({ seller: SellerKey, step: EndStep });
export type SellerStep = z.infer<typeof SellerStep>;

/** Request for contacts: found by filters, or all that ended at a step (`ended`), without further filters. */
export const ListContactsByStep = ListContacts.extend({ ended: SellerStep.optional() });
export type ListContactsByStep = z.infer<typeof ListContactsByStep>;

/** Calls of a campaign by a kind of dialer, and how many opt-outs followed one within a day. */
const RefusalCount = z.object({
  /** Empty if the log names none. */
  campaign: z.string(),
  dialer: z.string(),
  calls: z.int(),
  refused: z.int(),
});
export type RefusalCount = z.infer<typeof RefusalCount>;

/** Counts of the overview for one seller. They identify nobody. */
export const OverviewFigures = z.object({
  /** Key of the purpose for which calls were screened. */
  purpose: z.string(),
  steps: EndStepCounts,
  /** `weak`: how many of the consents lack an element of proof, or were invalidated. */
  consents: z.array(z.object({ source: ConsentSource, consents: z.int(), weak: z.int() })),
  /** Calls and opt-outs are counted from then until the count. */
  from: z.iso.datetime(),
  refusals: z.array(RefusalCount),
});
export type OverviewFigures = z.infer<typeof OverviewFigures>;

/** Calls without permission in a span, and in the span of the same length before it. */
export type CauseCount = { cause: GateFault; count: number; before: number };

type RefusalSum = { name: string; calls: number; refused: number };

/** Adds up calls and opt-outs by campaign or by dialer, most opt-outs first. */
export function sumRefusals(
  counts: readonly RefusalCount[],
  by: "campaign" | "dialer",
): RefusalSum[] {
  const sums = new Map<string, RefusalSum>();
  for (const { [by]: name, calls, refused } of counts) {
    const sum = sums.get(name) ?? { name, calls: 0, refused: 0 };
    sums.set(name, { name, calls: sum.calls + calls, refused: sum.refused + refused });
  }
  return [...sums.values()].toSorted(
    (a, b) => b.refused - a.refused || b.calls - a.calls || (a.name < b.name ? -1 : 1),
  );
}
