import { ListContacts } from "@ringfence/core/people/contact";
import { expect, it } from "vitest";
import { recordForTwoSellers } from "../../../testing/two-sellers.ts";
import { listContacts } from "../../desk/contact/list-contacts.ts";
import { readContact } from "../../desk/contact/read-contact.ts";
import { readToday } from "../../desk/today/today.ts";
import type { RootContext } from "../context.ts";

// `verbs-of-sellers.int.test.ts` calls every verb for another seller.

const standings = async (ctx: RootContext) => {
  const { items } = await listContacts(ctx, ListContacts.parse({}));
  return items.map(({ externalId, standing }) => [externalId, standing]);
};

it("shows standings by consents to one's own sellers only", async () => {
  const { marketer, shop, bank, all } = await recordForTwoSellers();
  const ofBank = ["agreed-to-bank", "granted"];
  expect(await standings(all)).toEqual([ofBank, ["agreed-to-shop", "granted"]]);
  expect(await standings(marketer)).toEqual([ofBank, ["agreed-to-shop", null]]);
  expect(await readContact(marketer, shop.contactId)).toMatchObject({ standing: null });
  expect(await readContact(marketer, bank.contactId)).toMatchObject({ standing: "granted" });
});

const counts = async (ctx: RootContext) => {
  const { day, refusals, month } = await readToday(ctx, { zone: "UTC" });
  const ofHours = day.hours.map(({ allowed, refused }) => allowed + refused);
  const count = refusals.reasons[0]?.count;
  return {
    hours: ofHours.reduce((sum, hour) => sum + hour, 0),
    count,
    isMonthTold: month !== null,
  };
};

it("counts on Today only one's own sellers", async () => {
  const { marketer, all } = await recordForTwoSellers();
  expect(await counts(all)).toEqual({ hours: 2, count: 2, isMonthTold: true });
  expect(await counts(marketer)).toEqual({ hours: 1, count: 1, isMonthTold: false });
});
