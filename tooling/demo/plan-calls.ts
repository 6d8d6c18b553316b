import { ScreenBatch } from "@ringfence/core/calling/screening";
import { inTransaction, type RootContext } from "@ringfence/services/context";
import { screenBatch } from "@ringfence/services/calling/screening";
import { consentingPeople } from "./people.ts";

const [hourMs, dayMs] = [3_600_000, 86_400_000];
const daysAgo = [2, 5, 9, 13] as const;
const purpose = "marketing";

export type PlannedCall = Awaited<ReturnType<typeof planCalls>>[number];

/**
 * Plans one call on each of four days to everybody who gave consent, at an hour at which the gate
 * would have allowed it.
 */
export async function planCalls(ctx: RootContext, seller: { id: string; key: string }) {
  const caller = ctx.actor.type === "member" ? ctx.actor.id : "";
  const now = await inTransaction(ctx, (ctx) => Promise.resolve(ctx.now));
  const planned = [];
  for (const days of daysAgo) {
    const waiting = new Set(consentingPeople.map(({ phone }) => phone));
    for (let hour = 0; hour < 24 && waiting.size > 0; hour++) {
      const at = new Date(now.getTime() - days * dayMs + hour * hourMs);
      const allowed = await allowedAt(ctx, seller.key, at, [...waiting]);
      for (const { phone, checked } of allowed) {
        waiting.delete(phone);
        planned.push(toCall({ phone, at, days, seller, caller, checked }));
      }
    }
  }
  return planned;
}

async function allowedAt(ctx: RootContext, seller: string, at: Date, phones: readonly string[]) {
  const items = phones.map((phone) => ({ phone }));
  const defaults = { purpose, seller, at: at.toISOString() };
  const { results } = await screenBatch(ctx, ScreenBatch.parse({ defaults, items }));
  return results.flatMap(({ phone, verdict, checked }) =>
    phone !== null && verdict === "allow" ? [{ phone: String(phone), checked }] : [],
  );
}

type Placed = Awaited<ReturnType<typeof allowedAt>>[number] & {
  at: Date;
  days: number;
  /** Id of the member who made the call. */
  caller: string;
  seller: { id: string; key: string };
};

/** The call as the dialer's log reports it, and the screening right before it. */
function toCall({ phone, at, days, seller, caller, checked }: Placed) {
  return {
    call: {
      externalId: `demo-${phone.slice(1)}-${days}`,
      phone,
      seller: seller.key,
      purpose,
      at: at.toISOString(),
      outcome: (Number(phone.at(-1)) + days) % 3 === 0 ? "reached" : "no_answer",
    },
    screening: {
      sellerId: seller.id,
      purpose,
      dialer: "live_agent",
      at,
      verdict: "allow" as const,
      refusals: [],
      warnings: [],
      checked: { ...checked, whatIf: false },
      permitUntil: new Date(at.getTime() + 60_000),
      actor: { type: "member", id: caller },
    },
  };
}
