import type { SegmentId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { refuseProfiling } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { asRefresher, buyers, twoSellers } from "../../../testing/segment-scene.ts";
import { aScreenedSegment, everybody, sixPeople } from "../../../testing/waterfall-scene.ts";
import { exportSegment } from "./export.ts";
import { refreshSegment } from "./refresh.ts";
import { saveSegment } from "./save.ts";

const reason = "Letters to those who asked for one";

it("exports numbers to members who may, after recording who it was and why", async () => {
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

it("refuses marketers, and records no export for them", async () => {
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

it("leaves out people who opted out of profiling since the refresh, if the rule uses behavior", async () => {
  const { ctx, ada } = await sixPeople();
  const { id: quiet } = await aScreenedSegment(ctx, { is: "none", of: [buyers] });
  const name = "No buyers, by another name";
  const rule = { is: "segment", segment: quiet } as const;
  const { id: nested } = await saveSegment(ctx, { name, rule });
  const { id: plain } = await saveSegment(ctx, { name: "Everybody", rule: everybody });
  for (const id of [nested, plain]) await refreshSegment(asRefresher(ctx), id);
  await refuseProfiling(ctx, ada.phoneId);

  const names = async (segmentId: SegmentId) => {
    const { read } = await exportSegment(ctx, { segmentId, reason });
    return (await read()).rows.map(({ name }) => name);
  };
  expect(await names(quiet)).toEqual(["bo", "cy", "di", "ed", "flo"]);
  expect(await names(nested)).toEqual(["bo", "cy", "di", "ed", "flo"]);
  expect(await names(plain)).toContain("ada");
  const { organizationId } = ctx;
  const kept = await db.prisma.segmentExport.findMany({
    where: { organizationId },
    orderBy: { id: "asc" },
  });
  expect(kept.map(({ people }) => people)).toEqual([5, 5, 6]);
});

it("exports nobody found by an older version of the rule, or before the first refresh", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const segment = await aScreenedSegment(ctx);
  await saveSegment(ctx, { segment, name: "All", rule: { is: "none", of: [buyers] } });
  const stale = { code: "conflict", explanation: { key: "segment.not-refreshed" } };
  const ask = () => exportSegment(ctx, { segmentId: segment.id, reason });
  await expect(ask()).rejects.toMatchObject(stale);
  const { id: segmentId } = await saveSegment(ctx, { name: "New", rule: everybody });
  await expect(exportSegment(ctx, { segmentId, reason })).rejects.toMatchObject(stale);
  expect(await db.prisma.segmentExport.count({ where: { organizationId } })).toBe(0);

  await refreshSegment(asRefresher(ctx), segment.id);
  expect((await (await ask()).read()).rows).toHaveLength(6);
});

it("refuses an officer who does not work for the sellers whose consents the rule asks about", async () => {
  const { ctx } = await sixPeople();
  const { theirs, sellerId } = await twoSellers(ctx);
  const { id: segmentId } = await aScreenedSegment(ctx, theirs);
  const actor = {
    type: "member",
    id: "ada",
    role: "officer",
    sellerIds: [sellerId],
    isProven: true,
  } as const;
  await expect(exportSegment({ ...ctx, actor }, { segmentId, reason })).rejects.toMatchObject({
    code: "forbidden",
  });
});
