import { expect, it } from "vitest";
import { aWrongRefusal } from "../../../testing/corrections.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { listCorrections } from "./list-corrections.ts";
import { readOptOut } from "./read-opt-out.ts";

it("lists what waits, with both numbers and the reason, and nothing that was answered", async () => {
  const { ctx, phone, optOut, propose, accept } = await aWrongRefusal();
  const { id } = await propose();
  const { reference } = optOut;
  expect(await listCorrections(ctx)).toMatchObject({
    items: [{ id, phone, reference, reason: "One digit was misheard.", answer: null }],
    count: 1,
  });
  await accept(id);
  expect(await listCorrections(ctx)).toEqual({ items: [], count: 0 });
});

it("lists a page of the last, and says how many wait", async () => {
  const { ctx, optOut, asked } = await aWrongRefusal();
  await asked(60);
  const { items, count } = await listCorrections(ctx);
  expect([items.length, count]).toEqual([50, 60]);
  const ids = items.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted().toReversed());
  expect((await readOptOut(ctx, { id: optOut.id })).corrections).toHaveLength(60);
});

it("lists nothing of another organization", async () => {
  const [{ propose }, theirs] = [await aWrongRefusal(), await aContext()];
  await propose();
  expect(await listCorrections(theirs)).toEqual({ items: [], count: 0 });
});

it("is for whoever may read refusals", async () => {
  const { ctx } = await aWrongRefusal();
  await expect(listCorrections(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
