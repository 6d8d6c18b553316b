import { expect, it } from "vitest";
import { aWrongRefusal } from "../../testing/corrections.ts";
import { aContext, as } from "../../testing/scenes.ts";
import { listCorrections } from "./list-corrections.ts";

it("lists what waits, with both numbers and the reason, and nothing that was answered", async () => {
  const { ctx, phone, optOut, propose, accept } = await aWrongRefusal();
  const { id } = await propose();
  expect(await listCorrections(ctx)).toMatchObject([
    { id, phone, reference: optOut.reference, reason: "One digit was misheard.", answer: null },
  ]);
  await accept(id);
  expect(await listCorrections(ctx)).toEqual([]);
});

it("lists nothing of another organization", async () => {
  const [{ propose }, theirs] = [await aWrongRefusal(), await aContext()];
  await propose();
  expect(await listCorrections(theirs)).toEqual([]);
});

it("is for whoever may read refusals", async () => {
  const { ctx } = await aWrongRefusal();
  await expect(listCorrections(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
