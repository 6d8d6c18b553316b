import { expect, it } from "vitest";
import { anEmergency, inNewYork, recordOf } from "../../../testing/rule-scene.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { endEmergency } from "./end-emergency.ts";

it("bans calls no longer, ends once, and puts it on record", async () => {
  const { ctx, id, acts } = await anEmergency();
  await endEmergency(ctx, { id });
  expect(await acts()).toBe("is silent");
  await expect(endEmergency(ctx, { id })).rejects.toMatchObject({ code: "not-found" });
  expect((await recordOf(ctx, "emergency.declare")).at(-1)).toEqual({
    ...inNewYork,
    change: "over",
  });
});

it("ends none of another organization", async () => {
  const { id, acts } = await anEmergency();
  await expect(endEmergency(await aContext(), { id })).rejects.toMatchObject({ code: "not-found" });
  expect(await acts()).toBe("refuses");
});

it("is for owners and officers", async () => {
  const { ctx, id } = await anEmergency();
  await expect(endEmergency(as(ctx, "agent"), { id })).rejects.toMatchObject({ code: "forbidden" });
});
