import type { Rule } from "@ringfence/core/audience/segment";
import { recordActivities } from "@ringfence/services/people/activity";
import type { TransactionContext } from "@ringfence/services/context";
import { saveSegment } from "@ringfence/services/audience/segment";
import { namedPeople } from "./people.ts";

const dayMs = 86_400_000;
const named = Object.keys(namedPeople).length;
const categories = ["travel", "groceries", "garden", "electronics"];

/** Loads what the people of the demo did, and segments about it. */
export async function loadSegments(ctx: TransactionContext) {
  const { db, organizationId } = ctx;
  const contacts = await db.contact.findMany({
    where: { organizationId, externalId: { startsWith: "demo-" } },
    select: { externalId: true },
    orderBy: { ordinal: "asc" },
  });
  const rows = contacts.flatMap(({ externalId }, index) =>
    makeActivities(ctx, externalId ?? "", index),
  );
  await recordActivities(ctx, { rows });
  for (const segment of segments) await saveSegment(ctx, segment);
}

/**
 * Activities of one person: the further down the list, the more purchases and visits, the last ones recent. The people of
 * contract 12, who are the first, have bought nothing: registries spare customers.
 */
function makeActivities({ now }: TransactionContext, contact: string, index: number) {
  const at = (daysAgo: number) => new Date(now.getTime() - daysAgo * dayMs).toISOString();
  const purchases = Array.from({ length: index < named ? 0 : index % 4 }, (_, n) => ({
    externalId: `${contact}-purchase-${n}`,
    contact,
    type: "purchase",
    at: at(3 + index + n * 40),
    amount: 20 + index * 7 + n * 30,
    category: categories[(index + n) % categories.length],
  }));
  const visits = Array.from({ length: index % 3 }, (_, n) => ({
    externalId: `${contact}-visit-${n}`,
    contact,
    type: "visit",
    at: at(1 + index * 2 + n),
    properties: { page: n === 0 ? "/cards/travel" : "/loans" },
  }));
  return [...purchases, ...visits];
}

const bought = (days: number): Rule => ({
  is: "activity",
  did: { type: "purchase" },
  measure: "count",
  compare: { op: "at-least", value: 1 },
  during: { span: "last", days },
});

const segments: readonly { name: string; rule: Rule }[] = [
  {
    name: "Travels, and looked at the travel card",
    rule: {
      is: "all",
      of: [
        { is: "attribute", field: "@country", test: { test: "one-of", values: ["US"] } },
        {
          is: "any",
          of: [
            {
              is: "activity",
              did: {
                type: "visit",
                where: [{ property: "page", is: { test: "contains", text: "/cards" } }],
              },
              measure: "count",
              compare: { op: "at-least", value: 1 },
              during: { span: "last", days: 30 },
            },
            {
              is: "activity",
              did: {
                type: "purchase",
                where: [{ property: "category", is: { test: "one-of", values: ["travel"] } }],
              },
              measure: "count",
              compare: { op: "at-least", value: 1 },
            },
          ],
        },
      ],
    },
  },
  { name: "Bought in the last 90 days", rule: { is: "all", of: [bought(90)] } },
  { name: "Not seen for 30 days", rule: { is: "none", of: [bought(30)] } },
];
