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
 * around. Two more, in Texas and New Jersey, bought something and gave no consent, and twelve in Berlin gave
 * none either. It also returns how many people remain with no rule, without Berlin, and without those who only
 * looked around, and how many of the latter may be called.
 */
export async function makeMarket(installation: Installation) {
  const made = await makeCaller(installation);
  const { organizationId } = made;
  const actor = {
    type: "member",
    id: organizationId,
    role: "officer",
    sellerIds: [],
    isProven: true,
  } as const;
  const ctx = { ...installation, organizationId, actor };
  const abroad = times(elsewhere, (index) => ({
    externalId: `b${index}`,
    phones: [`+493023125${100 + index}`],
    addressRegion: "DE-BE",
  }));
  const inStates = [
    { externalId: "tx", phones: ["+12145550100"], addressRegion: "US-TX" },
    { externalId: "nj", phones: ["+12015550100"], addressRegion: "US-NJ" },
  ];
  await recordContacts(ctx, { rows: [...abroad, ...inStates] });
  const at = daysAgo(20).toISOString();
  const buyers = [...times(agreed / 2, (n) => `p${n}`), ...inStates.map((one) => one.externalId)];
  const bought = buyers.map((contact) => ({ contact, type: "purchase", at, amount: 10 }));
  const looked = times(visitors, (n) => ({ contact: `p${agreed - 1 - n}`, type: "visit", at }));
  await recordActivities(ctx, { rows: [...bought, ...looked] });
  const callable = agreed - visitors;
  const inCountries = agreed + inStates.length;
  const people = {
    everybody: inCountries + elsewhere,
    abroad: inCountries,
    built: callable + inStates.length,
  };
  return { ...made, people, callable };
}
