import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { aScene, buyers, livesIn, twoSellers } from "../../../testing/segment-scene.ts";
import { everybody } from "../../../testing/waterfall-scene.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { spreadRule } from "./spread-rule.ts";

it("tells how many have which value, and how many have none", async () => {
  const ctx = await aScene();
  expect(await spreadRule(ctx, { rule: everybody, field: "city" })).toEqual({
    faults: [],
    spread: {
      values: [
        { value: "Tver", count: 2 },
        { value: "Omsk", count: 1 },
      ],
      others: 0,
      unknown: 1,
    },
  });
  expect((await spreadRule(ctx, { rule: livesIn("Tver"), field: "age" })).spread).toEqual({
    values: [{ value: "40", count: 1 }],
    others: 0,
    unknown: 1,
  });
});

it("names the six commonest, and counts the others together", async () => {
  const ctx = await aContext();
  const rows = Array.from({ length: 28 }, (_, index) => ({
    externalId: `c${index}`,
    // One of city 1, two of city 2, …, seven of city 7.
    attributes: { city: `city ${Math.ceil((Math.sqrt(8 * (index + 1) + 1) - 1) / 2)}` },
  }));
  await recordContacts(ctx, { rows });
  const { spread } = await spreadRule(ctx, { rule: everybody, field: "city" });
  expect(spread?.values.map(({ value, count }) => [value, count])).toEqual(
    [7, 6, 5, 4, 3, 2].map((n) => [`city ${n}`, n]),
  );
  expect(spread).toMatchObject({ others: 1, unknown: 0 });
});

it("says what is wrong with a rule, and is not for agents", async () => {
  const ctx = await aScene();
  const faulty = { ...livesIn("x"), field: "town" };
  expect(await spreadRule(ctx, { rule: faulty, field: "city" })).toMatchObject({
    faults: [{ path: "/field" }],
    spread: null,
  });
  const asked = { rule: buyers, field: "city" };
  await expect(spreadRule(as(ctx, "agent"), asked)).rejects.toMatchObject({ code: "forbidden" });
});

it("tells nothing of another organization, nor of a seller that is not the member's", async () => {
  await aScene();
  const none = await spreadRule(await aContext(), { rule: everybody, field: "city" });
  expect(none.spread).toEqual({ values: [], others: 0, unknown: 0 });
  const { theirs, marketer } = await twoSellers(await aScene());
  await expect(spreadRule(marketer, { rule: theirs, field: "city" })).rejects.toMatchObject({
    code: "forbidden",
  });
});
