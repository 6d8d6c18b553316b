import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScene, asRefresher, buyers, livesIn } from "../../../testing/segment-scene.ts";
import { archiveSegment } from "./archive-segment.ts";
import { readSegment } from "./read-segment.ts";
import { refreshSegment } from "./refresh-segment.ts";
import { restoreSegment } from "./restore-segment.ts";
import { saveSegment } from "./save-segment.ts";

it("brings a segment back, and has its people found again before anybody uses it", async () => {
  const ctx = await aScene();
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await refreshSegment(asRefresher(ctx), id);
  await archiveSegment(ctx, id);
  expect(await refreshSegment(asRefresher(ctx), id)).toBeNull();

  await restoreSegment(as(ctx, "marketer"), id);
  expect(await readSegment(ctx, id)).toMatchObject({ archived: null, isCurrent: false });
  await refreshSegment(asRefresher(ctx), id);
  expect(await readSegment(ctx, id)).toMatchObject({ archived: null, isCurrent: true, size: 2 });
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId: ctx.organizationId, action: "segment.change" },
    orderBy: { at: "desc" },
  });
  expect(entries[0]?.details).toEqual({ segmentId: id, archived: false });
});

it("restores no segment whose rule names one that is still archived", async () => {
  const ctx = await aScene();
  const inner = await saveSegment(ctx, { name: "Tver", rule: livesIn("Tver") });
  const outer = await saveSegment(ctx, {
    name: "Outer",
    rule: { is: "segment", segment: inner.id },
  });
  await archiveSegment(ctx, outer.id);
  await archiveSegment(ctx, inner.id);
  await expect(restoreSegment(ctx, outer.id)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "segment.rests-on-archived", values: { name: "Tver" } },
  });
  await restoreSegment(ctx, inner.id);
  await restoreSegment(ctx, outer.id);
  expect(await readSegment(ctx, outer.id)).toMatchObject({ archived: null });
});

it("is no auditor's, restores nothing in use, and nothing of another organization", async () => {
  const [ctx, other] = [await aScene(), await aContext()];
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await expect(restoreSegment(ctx, id)).rejects.toMatchObject({ code: "not-found" });
  await archiveSegment(ctx, id);
  await expect(restoreSegment(as(ctx, "auditor"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(restoreSegment(other, id)).rejects.toMatchObject({ code: "not-found" });
});
