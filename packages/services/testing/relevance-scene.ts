import { ContactId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { recordActivities } from "../src/people/activity/record-activities.ts";
import { recordCalls } from "../src/calling/call/record.ts";
import type { RootContext } from "../src/platform/context.ts";
import { recordContacts } from "../src/people/contact/record-contacts.ts";
import { aContext, db } from "./scenes.ts";

/** The same context on behalf of the worker's job `relevance.train`. */
export const asTrainer = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "relevance.train" },
});

type Told = { contact: string; at: string; outcome: string };

/** Creates an organization that called people of three cities equally often; `told` decides the outcomes. */
export async function calledOrganization(
  told: (index: number, city: string) => string,
  calls = 600,
) {
  const ctx = await aContext();
  await aSeller(db, ctx.organizationId);
  const cities = ["Omsk", "Tver", "Perm"];
  const people = Array.from({ length: calls }, (_, index) => ({
    externalId: `c${index}`,
    phones: [aNumber()],
    attributes: { city: cities[index % 3] ?? "", religion: told(index, cities[index % 3] ?? "") },
  }));
  await recordContacts(ctx, { rows: people });
  const outcomes = people.map(({ externalId, attributes }, index): Told => ({
    contact: externalId,
    at: new Date(Date.UTC(2026, 0, 1, index)).toISOString(),
    outcome: told(index, attributes.city),
  }));
  await recordCalls(ctx, {
    rows: outcomes.map(({ at, outcome }, index) => ({
      externalId: String(index),
      phone: people[index]?.phones[0] ?? "",
      seller: "acme",
      purpose: "marketing",
      at,
      outcome,
    })),
  });
  return { ctx, getPhone: (index: number): Phone => people[index]?.phones[0] ?? aNumber() };
}

/** Outcome by city: eight of ten people in Omsk accept, and one of ten elsewhere. */
export const byCity = (index: number, city: string) =>
  Math.floor(index / 3) % 10 < (city === "Omsk" ? 8 : 1) ? "accepted" : "refused";

/** Outcome that depends on nothing known about the person. */
export const byNothing = (index: number) => (Math.floor(index / 3) % 2 === 0 ? "sale" : "ni");

export async function loadContact({ organizationId }: RootContext, externalId: string) {
  const where = { organizationId, externalId };
  const { id, ordinal } = await db.prisma.contact.findFirstOrThrow({ where });
  return { id: ContactId.parse(id), ordinal };
}

/** Records a purchase of a contact ten days ago. */
export const boughtLately = (ctx: RootContext, contact: string) =>
  recordActivities(ctx, {
    rows: [
      {
        contact,
        type: "purchase",
        amount: 5,
        at: new Date(Date.now() - 864_000_000).toISOString(),
      },
    ],
  });
