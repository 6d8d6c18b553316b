import { RecordConsent } from "@ringfence/core/consents/consent";
import { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { recordCalls } from "@ringfence/services/calling/call";
import { recordConsent } from "@ringfence/services/consents/consent";
import { recordContacts } from "@ringfence/services/people/contact";
import type { TransactionContext } from "@ringfence/services/context";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { consentingPeople, namedPeople, type Person } from "./people.ts";
import type { PlannedCall } from "./plan-calls.ts";

const dayMs = 86_400_000;
const disclosure = {
  text: "Demo Bank may call me, also with dialing software, about its offers. I can say no at any time.",
  language: "en",
};

/** Loads people and their consents. */
export async function loadPeople(ctx: TransactionContext, seller: string) {
  const { now } = ctx;
  const people: Person[] = [...Object.values(namedPeople), ...consentingPeople];
  await recordContacts(ctx, {
    rows: people.map(({ name, phone, addressRegion, locale }, index) => ({
      externalId: `demo-${index + 1}`,
      name,
      phones: [phone],
      ...(addressRegion && { addressRegion }),
      ...(locale && { locale }),
    })),
  });
  for (const person of people) await agree(ctx, person, seller, now);
}

/**
 * Loads an opt-out, and two weeks of calls including one violation. Runs outside the transaction of
 * the consents, because a consent recorded in the same instant as an opt-out is blocked by it.
 */
export async function loadCalls(
  ctx: TransactionContext,
  seller: string,
  planned: readonly PlannedCall[],
) {
  const { db, organizationId, now } = ctx;
  const refusedAt = new Date(now.getTime() - 3 * dayMs);
  const refusal = {
    phone: namedPeople.optedOut.phone,
    channel: "agent",
    at: refusedAt.toISOString(),
  };
  await recordOptOut(ctx, RecordOptOut.parse(refusal));
  await recordCalls(ctx, {
    rows: [...planned.map(({ call }) => call), violation(refusedAt, seller)],
  });
  const phones = await db.phone.findMany({ where: { organizationId } });
  const phoneIds = new Map(phones.map(({ e164, id }) => [e164, id]));
  await db.screening.createMany({
    data: planned.map(({ call, screening }) => ({
      organizationId,
      phoneId: phoneIds.get(call.phone) ?? null,
      ...screening,
    })),
  });
}

/** A call to a person who had opted out the day before, without screening. */
const violation = (refusedAt: Date, seller: string) => ({
  externalId: "demo-violation",
  phone: namedPeople.optedOut.phone,
  seller,
  purpose: "marketing",
  at: new Date(refusedAt.getTime() + dayMs).toISOString(),
  outcome: "reached",
});

async function agree(
  ctx: TransactionContext,
  { name, phone, consent }: Person,
  seller: string,
  now: Date,
) {
  if (consent === undefined) return;
  const { daysAgo, endedDaysAgo, ...given } = consent;
  const before = (days: number) => new Date(now.getTime() - days * dayMs).toISOString();
  const record = RecordConsent.parse({
    ...given,
    phone,
    contact: { name },
    seller,
    purposes: ["marketing"],
    channels: ["voice_live", "voice_autodialed"],
    disclosure,
    obtainedAt: before(daysAgo),
    ...(endedDaysAgo !== undefined && { validUntil: before(endedDaysAgo) }),
  });
  await recordConsent(ctx, record);
}
