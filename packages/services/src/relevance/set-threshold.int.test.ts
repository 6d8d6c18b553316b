import { expect, it } from "vitest";
import { aContext, as, db } from "../../testing/scenes.ts";
import { readRelevance } from "./read-relevance.ts";
import { setThreshold } from "./set-threshold.ts";

it("holds from when it was set, until another is, and each is on record", async () => {
  const ctx = as(await aContext(), "marketer");
  await setThreshold(ctx, { threshold: 0.04 });
  expect(await readRelevance(ctx)).toMatchObject({ threshold: 0.04, trainedAt: null });
  await setThreshold(ctx, { threshold: null });
  expect(await readRelevance(ctx)).toMatchObject({ threshold: null });

  const { organizationId } = ctx;
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "relevance.change" },
    orderBy: { at: "asc" },
  });
  expect(entries.map(({ details }) => details)).toEqual([{ threshold: 0.04 }, { threshold: null }]);
});

it("is no agent's, and nothing to another organization", async () => {
  const ctx = await aContext();
  await expect(setThreshold(as(ctx, "agent"), { threshold: 0.1 })).rejects.toMatchObject({
    code: "forbidden",
  });
  await setThreshold(ctx, { threshold: 0.1 });
  expect(await readRelevance(await aContext())).toMatchObject({ threshold: null });
});
