import { ScreenCall } from "@ringfence/core/calling/screening";
import { inTransaction, type RootContext } from "@ringfence/services/context";
import { screenCall } from "@ringfence/services/calling/screening";
import type { DemoPhones } from "./demo.ts";
import { consentingPeople, namedPeople } from "./people.ts";

const halfHourMs = 30 * 60_000;

/** Chooses the phones of contract 12, and an instant at which each matches its name. */
export async function choosePhones(ctx: RootContext, seller: string): Promise<DemoPhones> {
  const now = await inTransaction(ctx, (ctx) => Promise.resolve(ctx.now));
  const allows = async (phone: string, at: Date) => {
    const call = ScreenCall.parse({ phone, seller, purpose: "marketing", at: at.toISOString() });
    return (await screenCall(ctx, call)).verdict === "allow";
  };
  const soon = new Date(now.getTime() + halfHourMs);
  for (const { phone } of consentingPeople) {
    // Check a later moment too, so that whoever tries the demo has time.
    if (!(await allows(phone, now)) || !(await allows(phone, soon))) continue;
    const { optedOut, listed, noConsent, expired, unknownZone } = namedPeople;
    return {
      at: now.toISOString(),
      phones: {
        callable: phone,
        optedOut: optedOut.phone,
        listed: listed.phone,
        noConsent: noConsent.phone,
        expired: expired.phone,
        unknownZone: unknownZone.phone,
      },
    };
  }
  throw new Error("Nobody in the demo can be called now, though there should always be somebody.");
}
