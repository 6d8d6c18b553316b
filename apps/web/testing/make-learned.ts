import { createHash } from "node:crypto";
import { recordCalls } from "@ringfence/services/calling/call";
import { recordContacts } from "@ringfence/services/people/contact";
import type { Installation } from "@ringfence/services/context";
import { trainRelevance } from "@ringfence/services/audience/relevance";
import { daysAgo } from "./example-phones";
import { makeMember } from "./make-caller";
import { makeShop } from "./make-shop";

/** Enough calls for the model to be used. */
const calls = 900;

/** Tells whether a call was accepted, by its index in time and by the person's city. */
type Accepts = (index: number, city: string) => boolean;

/** Mostly people of one city accept. */
export const byCity: Accepts = (index, city) =>
  Math.floor(index / 3) % 10 < (city === "Austin" ? 8 : 1);

/** Accepts at random, but the same way every time, whoever is called. */
export const byChance: Accepts = (index) =>
  createHash("sha256").update(String(index)).digest().readUInt8() < 128;

/** Creates a shop that called people in three cities and trained its model on the results. */
export async function makeLearned(installation: Installation, accepts: Accepts) {
  const ctx = await makeShop(installation);
  const people = Array.from({ length: calls }, (_, index) => ({
    externalId: `c${index}`,
    phones: [`+1202555${String(1_000 + index).slice(-4)}`],
    attributes: { city: ["Austin", "Boise", "Reno"][index % 3] ?? "" },
  }));
  await recordContacts(ctx, { rows: people });
  await recordCalls(ctx, {
    rows: people.map(({ phones: [phone = ""], attributes: { city } }, index) => ({
      externalId: String(index),
      phone,
      seller: "acme",
      purpose: "marketing",
      at: new Date(daysAgo(60).getTime() + index * 3_600_000).toISOString(),
      outcome: accepts(index, city) ? "accepted" : "refused",
    })),
  });
  await trainRelevance({ ...ctx, actor: { type: "job", name: "relevance.train" } });
  return makeMember(ctx, "marketer");
}
