import { expect, it } from "vitest";
import { anEmergency, emergency } from "../../../testing/rule-scene.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { endEmergency } from "./end-emergency.ts";
import { listEmergencies } from "./list-emergencies.ts";

it("tells those that are declared, by whom, until they are over", async () => {
  const { ctx, id } = await anEmergency();
  expect(await listEmergencies(as(ctx, "agent"))).toMatchObject([
    { id, jurisdiction: "US-NY", by: "Ada", reason: emergency.reason },
  ]);
  await endEmergency(ctx, { id });
  expect(await listEmergencies(ctx)).toEqual([]);
});

it("tells none of another organization", async () => {
  await anEmergency();
  expect(await listEmergencies(await aContext())).toEqual([]);
});
