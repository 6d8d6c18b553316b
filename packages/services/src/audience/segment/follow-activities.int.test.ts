import { listOrdinals } from "@ringfence/core/audience/segment";
import { describe, expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { aScene, asRefresher, buyers, livesIn } from "../../../testing/segment-scene.ts";
import { recordActivities } from "../../people/activity/record-activities.ts";
import { type RootContext, type ServiceContext, inTransaction } from "../../platform/context.ts";
import {
  byDatabase,
  followActivities,
  loadTouchedPeople,
  updateMembership,
} from "./follow-activities.ts";
import { readSegment } from "./list.ts";
import { refreshSegment } from "./refresh.ts";
import { saveSegment } from "./save.ts";
import { openColumnStore } from "./columns/store.ts";

const asFollower = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "segment.follow" },
});

const buys = (ctx: ServiceContext, contact: string) =>
  recordActivities(ctx, {
    rows: [{ contact, type: "purchase", at: "2026-01-06T00:00:00Z", amount: 7 }],
  });

async function sizes(ctx: RootContext, segmentId: Parameters<typeof readSegment>[1]) {
  const { organizationId } = ctx;
  const blocks = await db.prisma.segmentBlock.findMany({ where: { organizationId, segmentId } });
  const members = blocks.flatMap(({ block, bits }) => [...listOrdinals(block, bits)]);
  return [(await readSegment(ctx, segmentId)).size, members.length];
}

/** Saves and refreshes a segment. */
async function found(ctx: RootContext, name: string, rule: typeof buyers) {
  const { id } = await saveSegment(ctx, { name, rule });
  await refreshSegment(asRefresher(ctx), id);
  return id;
}

it("does not make concurrent senders of activities wait for each other", async () => {
  const ctx = await aScene();
  await inTransaction(ctx, async (within) => {
    await buys(within, "cy");
    // The inner transaction commits before the outer one.
    await buys(ctx, "di");
  });
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 2 + 2 });
});

it("checks people with new activities again, and nobody else", async () => {
  const ctx = await aScene();
  const bought = await found(ctx, "Bought", buyers);
  const not = await found(ctx, "Not", { is: "none", of: [buyers] });
  const elsewhere = await found(ctx, "Elsewhere", livesIn("Tver"));
  expect(await sizes(ctx, bought)).toEqual([2, 2]);
  const { organizationId } = ctx;
  // People who are not followed stay as they were found: Di lives in Tver now, but did nothing.
  await db.prisma.contact.updateMany({
    where: { organizationId, externalId: "di" },
    data: { attributes: { city: "Tver" } },
  });

  await buys(ctx, "cy");
  const { rows } = await db.pool.query<{ key: string }>(
    "SELECT key FROM graphile_worker.jobs WHERE key = $1",
    [`segment.follow/${organizationId}`],
  );
  expect(rows).toHaveLength(1);
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 1 + 2 });

  expect(await sizes(ctx, bought)).toEqual([3, 3]);
  expect(await sizes(ctx, not)).toEqual([1, 1]);
  expect(await sizes(ctx, elsewhere)).toEqual([2, 2]);
  expect((await readSegment(ctx, bought)).followedAt).toBeInstanceOf(Date);
  expect((await readSegment(ctx, elsewhere)).followedAt).toBeNull();
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 0 });
});

it("is not queued by activities that were recorded already", async () => {
  const ctx = await aScene();
  await followActivities(asFollower(ctx));
  await buys(ctx, "cy");
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 1 });
  await buys(ctx, "cy");
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 0 });
});

it("leaves rankings and changed rules to a full refresh", async () => {
  const ctx = await aScene();
  const best = await found(ctx, "Best", {
    is: "ranking",
    type: "purchase",
    by: "money",
    end: "top",
    percent: 50,
  });
  const { id } = await saveSegment(ctx, { name: "Fresh", rule: buyers });
  const before = await sizes(ctx, best);
  await buys(ctx, "cy");
  await followActivities(asFollower(ctx));
  expect(await sizes(ctx, best)).toEqual(before);
  expect(await sizes(ctx, id)).toEqual([null, 0]);
  await refreshSegment(asRefresher(ctx), best);
  expect(await sizes(ctx, best)).not.toEqual(before);
});

it("is refused to members, and follows nothing of another organization", async () => {
  const ctx = await aScene();
  await expect(followActivities(ctx)).rejects.toMatchObject({ code: "forbidden" });
  expect(await followActivities(asFollower(await aContext()))).toEqual({ people: 0 });
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 2 });
});

describe("updateMembership", () => {
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

  const findOrdinal = async ({ organizationId }: RootContext, externalId: string) =>
    (await db.prisma.contact.findFirstOrThrow({ where: { organizationId, externalId } })).ordinal;

  it("checks only the given people, any number of times", async () => {
    const { ctx, id } = await scene();
    const worker = asRefresher(ctx);
    const [cy, di] = [await findOrdinal(ctx, "cy"), await findOrdinal(ctx, "di")];
    expect(await updateMembership(worker, { segmentId: id, touched: byDatabase([di]) })).toEqual({
      size: 2,
    });
    expect(
      await updateMembership(worker, { segmentId: id, touched: byDatabase([cy, di]) }),
    ).toEqual({ size: 3 });
    expect(
      await updateMembership(worker, { segmentId: id, touched: byDatabase([cy, di]) }),
    ).toEqual({ size: 3 });
  });

  it("returns null and changes nothing if that is not enough", async () => {
    const { ctx, id } = await scene();
    const cy = await findOrdinal(ctx, "cy");
    const { id: elsewhere } = await saveSegment(ctx, { name: "Tver", rule: livesIn("Tver") });
    await refreshSegment(asRefresher(ctx), elsewhere);
    expect(
      await updateMembership(asRefresher(ctx), { segmentId: elsewhere, touched: byDatabase([cy]) }),
    ).toBeNull();
    const changed = { segment: { id, version: 1 }, name: "Bought", rule: buyers };
    await saveSegment(ctx, changed);
    expect(
      await updateMembership(asRefresher(ctx), { segmentId: id, touched: byDatabase([cy]) }),
    ).toBeNull();
  });

  it("is refused to members, and finds no segment of another organization", async () => {
    const { ctx, id } = await scene();
    const cy = await findOrdinal(ctx, "cy");
    await expect(
      updateMembership(ctx, { segmentId: id, touched: byDatabase([cy]) }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(
      await updateMembership(asRefresher(await aContext()), {
        segmentId: id,
        touched: byDatabase([cy]),
      }),
    ).toBeNull();
  });

  it("checks people from loaded columns, unless a full refresh ran after loading", async () => {
    const { ctx, id } = await scene();
    const worker = asRefresher(ctx);
    const columns = openColumnStore(db, { minPeople: 1, onError: fail });
    await columns.load(ctx.organizationId);
    const { organizationId } = ctx;
    const touched = await loadTouchedPeople({ ...worker, columns }, [await findOrdinal(ctx, "cy")]);
    expect(touched).toMatchObject({
      incomplete: [],
      columns: expect.anything(),
      at: expect.any(Date),
    });
    expect(await updateMembership(worker, { segmentId: id, touched })).toEqual({ size: 3 });
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
    expect(await updateMembership(worker, { segmentId: id, touched })).toEqual({ size: 3 });
    await refreshSegment(worker, id);
    expect(await updateMembership(worker, { segmentId: id, touched })).toEqual({ size: 2 });
  });
});

describe("loadTouchedPeople", () => {
  const fail = (error: unknown) => {
    throw error;
  };

  async function scene() {
    const ctx = asRefresher(await aScene());
    const { organizationId } = ctx;
    const people = await db.prisma.contact.findMany({ where: { organizationId } });
    const ordinals = people.map(({ ordinal }) => ordinal);
    return { ctx, ordinals, columns: openColumnStore(db, { minPeople: 1, onError: fail }) };
  }

  it("uses columns where they are loaded, and leaves everyone to the database otherwise", async () => {
    const { ctx, ordinals, columns } = await scene();
    expect(await loadTouchedPeople(ctx, ordinals)).toEqual(byDatabase(ordinals));
    expect(await loadTouchedPeople({ ...ctx, columns }, ordinals)).toEqual(byDatabase(ordinals));
    await columns.load(ctx.organizationId);
    const touched = await loadTouchedPeople({ ...ctx, columns }, ordinals);
    expect(touched).toMatchObject({
      ordinals,
      incomplete: [],
      columns: { ordinals: { length: 4 } },
    });
  });

  it("is refused to members, and loads nobody of another organization", async () => {
    const { ctx, ordinals, columns } = await scene();
    await columns.load(ctx.organizationId);
    const other = { ...asRefresher(await aContext()), columns };
    await columns.load(other.organizationId);
    expect((await loadTouchedPeople(other, ordinals)).columns?.ordinals ?? []).toHaveLength(0);
    const marketer = { ...ctx, actor: (await aContext()).actor };
    await expect(loadTouchedPeople(marketer, ordinals)).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
