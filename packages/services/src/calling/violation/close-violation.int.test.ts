import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { aCalledPerson, called, scan } from "../../../testing/violations.ts";
import { closeViolation } from "./close-violation.ts";

async function scene() {
  const { ctx, phone } = await aCalledPerson();
  await called(ctx, phone);
  const [found] = await scan(ctx);
  if (!found) throw new Error("none was found");
  return { ctx, close: { violationId: found.id, reason: "mended", text: "Done" } as const };
}

it("settles it once, and for all who try at once", async () => {
  const { ctx, close } = await scene();
  const tried = await Promise.allSettled([closeViolation(ctx, close), closeViolation(ctx, close)]);
  expect(tried.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(closeViolation(ctx, close)).rejects.toMatchObject({ code: "conflict" });
  expect(await scan(ctx)).toEqual([]);
});

it("is for officers and owners, not for auditors", async () => {
  const { ctx, close } = await scene();
  await expect(closeViolation(as(ctx, "auditor"), close)).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("does not find one of another organization", async () => {
  const { close } = await scene();
  await expect(closeViolation(await aContext(), close)).rejects.toMatchObject({
    code: "not-found",
  });
});
