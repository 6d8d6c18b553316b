import { expect, it } from "vitest";
import { aMember } from "../../testing/members.ts";
import { as } from "../../testing/scenes.ts";
import { listMembers } from "./list-members.ts";

it("names who works there, and nobody of another organization", async () => {
  const [{ ctx, memberId }] = [await aMember(), await aMember()];
  expect(await listMembers(ctx)).toEqual([{ id: memberId, name: "Ada", role: "officer" }]);
});

it("is not for agents", async () => {
  const { ctx } = await aMember();
  await expect(listMembers(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
