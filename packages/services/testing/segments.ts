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

/** Filter that drops an event which the database cannot tell from an earlier one. */
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
  const kept = people.map((sampled, index) => {
    const consents = sampled.consents.map((events) => events.filter(isOnce));
    const contact = contacts.find(({ externalId }) => externalId === `p${index}`);
    if (!contact) throw new Error("a contact was not kept");
    const { zone, fields } = sampled;
    const withZone = { ...fields, ...(zone !== null && { "@zone": zone }) };
    const person: Person = { ...sampled, consents, fields: withZone, ordinal: contact.ordinal };
    return { contactId: contact.id, person };
  });
  await keepPhones(ctx, kept);
  await atSegmentNow(ctx, (ctx) =>
    insertActivities(
      ctx,
      kept.flatMap(({ person: { ordinal, activities } }) =>
        activities.map((activity) => ({
          externalId: `${ordinal}-${activity.key}`,
          ordinal,
          activity,
        })),
      ),
    ),
  );
  return kept.map(({ person }) => person);
}

type Kept = { contactId: string; person: Person };

/** Saves the phones of people with their events, each kind at once. */
async function keepPhones({ db, organizationId }: RootContext, people: readonly Kept[]) {
  const numbered = people.map(({ contactId, person }) => ({
    contactId,
    person,
    numbers: person.consents.map(() => aNumber()),
  }));
  const phones = await db.prisma.phone.createManyAndReturn({
    data: numbered.flatMap(({ numbers }) => numbers.map((e164) => ({ organizationId, e164 }))),
    select: { id: true, e164: true },
  });
  const ids = new Map(phones.map(({ id, e164 }) => [e164, id]));
  const owners = numbered.map(({ numbers, ...owner }) => ({
    ...owner,
    phoneIds: numbers.map((e164) => PhoneId.parse(ids.get(e164))),
  }));
  await db.prisma.contactPhone.createMany({
    data: owners.flatMap(({ contactId, phoneIds }) =>
      phoneIds.map((phoneId) => ({ organizationId, contactId, phoneId })),
    ),
  });
  await db.prisma.consentEvent.createMany({
    data: owners.flatMap(({ person: { consents }, phoneIds }) =>
      consents.flatMap((events, index) =>
        events.map(({ isImported, ...event }) => ({
          ...event,
          organizationId,
          phoneId: phoneIds[index] ?? "",
          purposes: [...event.purposes],
          channels: [...event.channels],
          elements: [...event.elements],
          source: isImported ? "import" : "website_form",
          actor: {},
        })),
      ),
    ),
  });
  await db.prisma.call.createMany({
    data: owners.flatMap(({ person: { calls }, phoneIds }) =>
      calls.map(({ at, outcome }, index) => ({
        organizationId,
        phoneId: phoneIds[index % phoneIds.length] ?? "",
        sellerId: sellerA,
        purpose: "marketing",
        at,
        outcome,
        recordedAt: segmentNow,
      })),
    ),
  });
  const said = { scope: "profiling", channel: "web", at: longAgo, recordedAt: longAgo } as const;
  await db.prisma.optOut.createMany({
    data: owners.flatMap(({ person: { hasRefusedProfiling }, phoneIds: [phoneId] }) =>
      hasRefusedProfiling && phoneId
        ? [{ organizationId, phoneId, ...said, reference: phoneId, actor: {} }]
        : [],
    ),
  });
}
