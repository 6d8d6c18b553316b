import type { SellerId } from "@ringfence/core/ids";
import { PurposeKey } from "@ringfence/core/account/purpose";
import type { Rule } from "@ringfence/core/audience/segment";
import { aSeller } from "@ringfence/db/testing";
import type { RootContext } from "../src/platform/context.ts";
import { recordActivities } from "../src/people/activity/record-activities.ts";
import { recordContacts } from "../src/people/contact/record-contacts.ts";
import { aContext } from "./scenes.ts";

const person = (externalId: string, phone: string, attributes: object) => ({
  externalId,
  name: externalId,
  phones: [phone],
  attributes,
});
const bought = (contact: string) => ({
  contact,
  type: "purchase",
  at: "2026-01-05T00:00:00Z",
  amount: 5,
});
/**
 * Creates Ada in Omsk and Bo in Tver, who have bought, Cy in Tver, who has not, and Di, whose city is
 * unknown.
 */
export async function aScene(): Promise<RootContext> {
  const ctx = await aContext();
  await recordContacts(ctx, {
    rows: [
      person("ada", "+12025550101", { city: "Omsk", age: 36, joined: "2026-01-01", vip: true }),
      person("bo", "+12025550102", { city: "Tver", age: "40", joined: "2026-02-01", vip: false }),
      person("cy", "+12025550103", { city: "Tver", score: "7a" }),
      person("di", "+12025550104", {}),
    ],
  });
  await recordActivities(ctx, { rows: [bought("ada"), bought("bo")] });
  return ctx;
}

export const buyers: Rule = {
  is: "activity",
  did: { type: "purchase" },
  measure: "count",
  compare: { op: "at-least", value: 1 },
};

export const livesIn = (city: string): Rule => ({
  is: "attribute",
  field: "city",
  test: { test: "one-of", values: [city] },
});

/** The same context on behalf of the worker's job `segment.refresh`. */
export const asRefresher = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "segment.refresh" },
});

/** Rule for people who have agreed to calls of a seller. */
export const agreedTo = (seller: SellerId): Rule => ({
  is: "consent",
  standing: "granted",
  channel: "voice_live",
  seller,
  purpose: PurposeKey.parse("marketing"),
});

/** Creates two sellers, rules about them, and a marketer who is limited to the first. */
export async function twoSellers(ctx: RootContext) {
  const { db, organizationId } = ctx;
  const [mine, theirs] = [
    await aSeller(db, organizationId),
    await aSeller(db, organizationId, "b"),
  ];
  const actor = { type: "member", id: "mo", role: "marketer", sellerIds: [mine] } as const;
  const marketer: RootContext = { ...ctx, actor };
  return { mine: agreedTo(mine), theirs: agreedTo(theirs), marketer, sellerId: mine };
}
