import { homeZone, segmentNow } from "@ringfence/core/testing/segments";
import { sellerA, sellerB } from "@ringfence/core/testing";
import { PhoneId } from "@ringfence/core/ids";
import type { Person } from "@ringfence/core/testing/segment-reference";
import { insertActivities } from "../src/people/activity/record-activities.ts";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../src/platform/context.ts";

const longAgo = new Date("2025-01-01T00:00:00Z");
let serial = 0;
const aNumber = () => `+1202${String(5_550_000 + serial++).padStart(7, "0")}`;

/** Runs work as if it were the instant of `testing/segments` of core. */
export const atSegmentNow = <T>(ctx: RootContext, work: (ctx: TransactionContext) => Promise<T>) =>
  inTransaction(
    ctx,
    async (ctx) => {
      // As for every count of contacts: compiling a rule about few people takes longer than evaluating it.
      await ctx.db.$executeRaw`SELECT set_config('jit', 'off', true)`;
      return work({ ...ctx, now: segmentNow });
    },
    { timeoutMs: 600_000 },
  );

/** Keeps one of two events that the database cannot tell apart. */
const isOnce = <T extends object>(event: T, index: number, all: readonly T[]) => {
  const name = (one: T) => {
    const { type, sellerId, at, purposes, channels } = one as Record<string, unknown>;
    return JSON.stringify([type, sellerId, at, purposes, channels]);
  };
  return all.findIndex((other) => name(other) === name(event)) === index;
};

/** Saves people in an organization whose clock is London's and which has two more sellers. */
export async function keepPeople(
  ctx: RootContext,
  people: readonly Omit<Person, "ordinal">[],
): Promise<Person[]> {
  const { db, organizationId } = ctx;
  await db.prisma.organization.update({
    where: { id: organizationId },
    data: { zone: homeZone },
  });
  await db.prisma.seller.createMany({
    data: [sellerA, sellerB].map((id, index) => ({
      organizationId,
      id,
      key: `seller-${index}`,
      name: "Seller",
      sector: "other",
    })),
  });
  await db.prisma.contact.createMany({
    data: people.map(({ zone, fields }, index) => ({
      organizationId,
      externalId: `p${index}`,
      zone,
      attributes: fields,
      createdAt: longAgo,
      updatedAt: longAgo,
    })),
  });
  const contacts = await db.prisma.contact.findMany({
    where: { organizationId },
    select: { id: true, externalId: true, ordinal: true },
  });
  const kept: Person[] = [];
  for (const [index, sampled] of people.entries()) {
    const consents = sampled.consents.map((events) => events.filter(isOnce));
    const person = { ...sampled, consents };
    const contact = contacts.find(({ externalId }) => externalId === `p${index}`);
    if (!contact) throw new Error("a contact was not kept");
    const fields = { ...person.fields, ...(person.zone !== null && { "@zone": person.zone }) };
    kept.push({ ...person, fields, ordinal: contact.ordinal });
    await keepPhones(ctx, contact.id, person);
  }
  await atSegmentNow(ctx, (ctx) =>
    insertActivities(
      ctx,
      kept.flatMap(({ ordinal, activities }) =>
        activities.map((activity) => ({
          externalId: `${ordinal}-${activity.key}`,
          ordinal,
          activity,
        })),
      ),
    ),
  );
  return kept;
}

/** Saves the phones of a person with their events. */
async function keepPhones(
  { db, organizationId }: RootContext,
  contactId: string,
  { consents, calls, hasRefusedProfiling }: Omit<Person, "ordinal">,
) {
  const phoneIds: PhoneId[] = [];
  for (const events of consents) {
    const { id } = await db.prisma.phone.create({ data: { organizationId, e164: aNumber() } });
    const phoneId = PhoneId.parse(id);
    phoneIds.push(phoneId);
    await db.prisma.contactPhone.create({ data: { organizationId, contactId, phoneId } });
    await db.prisma.consentEvent.createMany({
      data: events.map(({ isImported, ...event }) => ({
        ...event,
        organizationId,
        phoneId,
        purposes: [...event.purposes],
        channels: [...event.channels],
        elements: [...event.elements],
        source: isImported ? "import" : "website_form",
        actor: {},
      })),
    });
  }
  await db.prisma.call.createMany({
    data: calls.map(({ at, outcome }, index) => ({
      organizationId,
      phoneId: phoneIds[index % phoneIds.length] ?? "",
      sellerId: sellerA,
      purpose: "marketing",
      at,
      outcome,
      recordedAt: segmentNow,
    })),
  });
  const [phoneId] = phoneIds;
  if (!hasRefusedProfiling || !phoneId) return;
  const said = { scope: "profiling", channel: "web", at: longAgo, recordedAt: longAgo } as const;
  await db.prisma.optOut.create({
    data: { organizationId, phoneId, ...said, reference: phoneId, actor: {} },
  });
}
