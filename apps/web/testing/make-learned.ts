import { recordCalls } from "@ringfence/services/call";
import { recordContacts } from "@ringfence/services/contact";
import type { Installation } from "@ringfence/services/context";
import { trainRelevance } from "@ringfence/services/relevance";
import { daysAgo } from "./example-phones";
import { makeMember } from "./make-caller";
import { makeShop } from "./make-shop";

/** So many calls that a model of them is believed. */
const calls = 900;

/** A shop that called people of three cities, of one of which most accept, and learned from it. */
export async function makeLearned(installation: Installation) {
  const ctx = await makeShop(installation);
  const people = Array.from({ length: calls }, (_, index) => ({
    externalId: `c${index}`,
    phones: [`+1202555${String(1_000 + index).slice(-4)}`],
    attributes: { city: ["Austin", "Boise", "Reno"][index % 3] },
  }));
  await recordContacts(ctx, { rows: people });
  await recordCalls(ctx, {
    rows: people.map(({ phones: [phone = ""], attributes: { city } }, index) => ({
      externalId: String(index),
      phone,
      seller: "acme",
      purpose: "marketing",
      at: new Date(daysAgo(60).getTime() + index * 3_600_000).toISOString(),
      outcome: Math.floor(index / 3) % 10 < (city === "Austin" ? 8 : 1) ? "accepted" : "refused",
    })),
  });
  await trainRelevance({ ...ctx, actor: { type: "job", name: "relevance.train" } });
  return makeMember(ctx, "marketer");
}
