import { expect, it } from "vitest";
import { aContext, as, db } from "../../testing/scenes.ts";
import { aScreenedSegment, sixPeople } from "../../testing/waterfall-scene.ts";
import { exportSegment } from "./export-segment.ts";

const reason = "Letters to those who asked for one";

it("gives the numbers to who may, and has put on record who it was and why", async () => {
  const { ctx, ada } = await sixPeople();
  const { organizationId } = ctx;
  const { id: segmentId } = await aScreenedSegment(ctx);
  const { read } = await exportSegment(ctx, { segmentId, reason });
  const { rows, next } = await read();
  expect(rows.map(({ name }) => name)).toEqual(["ada", "bo", "cy", "di", "ed", "flo"]);
  expect(rows[0]?.phones.map(({ number }) => number)).toEqual([ada.phone]);
  expect(next).toBeNull();

  const kept = await db.prisma.segmentExport.findFirstOrThrow({ where: { organizationId } });
  expect(kept).toMatchObject({
    segmentId,
    reason,
    people: 6,
    actor: { type: "member", id: "ada" },
  });
  const where = { organizationId, action: "segment.export" };
  const [entry, another] = await db.prisma.auditEntry.findMany({ where });
  expect(entry).toMatchObject({
    actor: { type: "member", id: "ada" },
    details: { segmentId, exportId: kept.id, people: 6 },
  });
  expect(another).toBeUndefined();
});

it("is not for marketers, and leaves no trace of numbers that went nowhere", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const { id: segmentId } = await aScreenedSegment(ctx);
  for (const role of ["marketer", "auditor", "agent"] as const) {
    await expect(exportSegment(as(ctx, role), { segmentId, reason })).rejects.toMatchObject({
      code: "forbidden",
    });
  }
  expect(await db.prisma.segmentExport.count({ where: { organizationId } })).toBe(0);
});

it("exports nothing of another organization", async () => {
  const { ctx } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  await expect(exportSegment(await aContext(), { segmentId, reason })).rejects.toMatchObject({
    code: "not-found",
  });
});
