import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { aScene, asRefresher, buyers, livesIn } from "../../../testing/segment-scene.ts";
import type { RootContext } from "../../platform/context.ts";
import { recordActivities } from "../../people/activity/record-activities.ts";
import { openColumns } from "./columns/open-columns.ts";
import { byDatabase, readTouched } from "./read-touched.ts";
import { refreshSegment } from "./refresh-segment.ts";
import { refreshTouched } from "./refresh-touched.ts";
import { saveSegment } from "./save-segment.ts";

const fail = (error: unknown) => {
  throw error;
};

/** The buyers, found; Cy has bought since. */
async function scene() {
  const ctx = await aScene();
  const { id } = await saveSegment(ctx, { name: "Bought", rule: buyers });
  await refreshSegment(asRefresher(ctx), id);
  const rows = [{ contact: "cy", type: "purchase", at: "2026-01-06T00:00:00Z", amount: 7 }];
  await recordActivities(ctx, { rows });
  return { ctx, id };
}

const ordinalOf = async ({ organizationId }: RootContext, externalId: string) =>
  (await db.prisma.contact.findFirstOrThrow({ where: { organizationId, externalId } })).ordinal;

it("asks of those who are named alone, as often as it is told to", async () => {
  const { ctx, id } = await scene();
  const worker = asRefresher(ctx);
  const [cy, di] = [await ordinalOf(ctx, "cy"), await ordinalOf(ctx, "di")];
  expect(await refreshTouched(worker, id, byDatabase([di]))).toEqual({ size: 2 });
  expect(await refreshTouched(worker, id, byDatabase([cy, di]))).toEqual({ size: 3 });
  expect(await refreshTouched(worker, id, byDatabase([cy, di]))).toEqual({ size: 3 });
});

it("answers null where that does not do, and changes nothing", async () => {
  const { ctx, id } = await scene();
  const cy = await ordinalOf(ctx, "cy");
  const { id: elsewhere } = await saveSegment(ctx, { name: "Tver", rule: livesIn("Tver") });
  await refreshSegment(asRefresher(ctx), elsewhere);
  expect(await refreshTouched(asRefresher(ctx), elsewhere, byDatabase([cy]))).toBeNull();
  const changed = { segment: { id, version: 1 }, name: "Bought", rule: buyers };
  await saveSegment(ctx, changed);
  expect(await refreshTouched(asRefresher(ctx), id, byDatabase([cy]))).toBeNull();
});

it("is the worker's, and finds no segment of another organization", async () => {
  const { ctx, id } = await scene();
  const cy = await ordinalOf(ctx, "cy");
  await expect(refreshTouched(ctx, id, byDatabase([cy]))).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await refreshTouched(asRefresher(await aContext()), id, byDatabase([cy]))).toBeNull();
});

it("asks of those who were read at once, but of nobody later than all were found", async () => {
  const { ctx, id } = await scene();
  const worker = asRefresher(ctx);
  const columns = openColumns(db, { fewestPeople: 1, onError: fail });
  await columns.load(ctx.organizationId);
  const { organizationId } = ctx;
  const touched = await readTouched({ ...worker, columns }, [await ordinalOf(ctx, "cy")]);
  expect(touched).toMatchObject({ others: [], columns: expect.anything(), at: expect.any(Date) });
  expect(await refreshTouched(worker, id, touched)).toEqual({ size: 3 });
  const segment = await db.prisma.segment.findFirstOrThrow({ where: { organizationId, id } });
  expect(segment.followedAt).toEqual(touched.at);

  const phones = await db.prisma.contactPhone.findFirstOrThrow({
    where: { organizationId, contact: { externalId: "cy" } },
  });
  const at = new Date("2026-02-01T00:00:00Z");
  const refusal = { organizationId, phoneId: phones.phoneId, channel: "web", at } as const;
  await db.prisma.optOut.create({
    data: { ...refusal, scope: "profiling", recordedAt: at, reference: "AAAA0001", actor: {} },
  });
  expect(await refreshTouched(worker, id, touched)).toEqual({ size: 3 });
  await refreshSegment(worker, id);
  expect(await refreshTouched(worker, id, touched)).toEqual({ size: 2 });
});
