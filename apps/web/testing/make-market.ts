import { recordActivities } from "@ringfence/services/people/activity";
import { recordContacts } from "@ringfence/services/people/contact";
import type { Installation } from "@ringfence/services/context";
import { daysAgo } from "./example-phones";
import { makeCaller } from "./make-caller";

const agreed = 60;
const visitors = 10;
const elsewhere = 12;

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

/**
 * Extends the shop of `makeCaller`: half of its sixty people bought something, and ten only looked
 * around. Twelve more, in Berlin, gave no consent. It also returns how many
 * people remain with no rule, without the twelve, and without the twelve and the ten.
 */
export async function makeMarket(installation: Installation) {
  const made = await makeCaller(installation);
  const { organizationId } = made;
  const actor = { type: "member", id: organizationId, role: "officer", sellerIds: [] } as const;
  const ctx = { ...installation, organizationId, actor };
  const abroad = times(elsewhere, (index) => ({
    externalId: `b${index}`,
    phones: [`+493023125${100 + index}`],
    addressRegion: "DE-BE",
  }));
  await recordContacts(ctx, { rows: abroad });
  const at = daysAgo(20).toISOString();
  const bought = times(agreed / 2, (n) => ({ contact: `p${n}`, type: "purchase", at, amount: 10 }));
  const looked = times(visitors, (n) => ({ contact: `p${agreed - 1 - n}`, type: "visit", at }));
  await recordActivities(ctx, { rows: [...bought, ...looked] });
  const people = { everybody: agreed + elsewhere, abroad: agreed, built: agreed - visitors };
  return { ...made, people };
}
