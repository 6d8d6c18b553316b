import { expect, it } from "vitest";
import { aSeller } from "@ringfence/db/testing";
import { aContext, db } from "../../../../testing/scenes.ts";
import { aScene } from "../../../../testing/segment-scene.ts";
import { recordActivities } from "../../../people/activity/record-activities.ts";
import { type RootContext, inTransaction } from "../../../platform/context.ts";
import { openColumnStore } from "./store.ts";
import { loadTouchedColumns } from "./touched-columns.ts";

const fail = (error: unknown) => {
  throw error;
};

/** All four of the scene, in columns that were read before anything of a test happens. */
async function aRead() {
  const scene = await aScene();
  const { organizationId } = scene;
  const columns = openColumnStore(db, { minPeople: 1, onError: fail });
  await columns.load(organizationId);
  const contacts = await db.prisma.contact.findMany({
    where: { organizationId },
    include: { phones: true },
  });
  const ctx = { ...scene, columns };
  const find = (externalId: string) => {
    const found = contacts.find((contact) => contact.externalId === externalId);
    if (found === undefined) throw new Error(`no ${externalId}`);
    return found;
  };
  const touched = () =>
    loadTouched(
      ctx,
      contacts.map(({ ordinal }) => ordinal),
    );
  const others = async () =>
    (await touched())?.incomplete.map(
      (ordinal) => contacts.find((contact) => contact.ordinal === ordinal)?.externalId,
    );
  return { ctx, find, touched, others };
}

const loadTouched = (ctx: RootContext, ordinals: number[]) =>
  inTransaction(ctx, (ctx) => loadTouchedColumns(ctx, ordinals));

const sent = (contact: string, more: object) => ({
  rows: [{ contact, at: "2026-01-06T00:00:00Z", ...more }],
});

it("knows activities from before and after loading, and preferences", async () => {
  const { ctx, find, touched, others } = await aRead();
  await recordActivities(ctx, sent("ada", { type: "purchase", amount: 7, category: "garden" }));
  const preference = { topic: "time", value: "evening" };
  await recordActivities(ctx, sent("cy", { type: "preference", properties: preference }));
  const { columns } = (await touched()) ?? {};
  const ada = columns?.ordinals.indexOf(find("ada").ordinal) ?? -1;
  const purchases = columns?.activities.get("purchase");
  const [from, to] = [purchases?.first[ada], purchases?.first[ada + 1]];
  expect([...(purchases?.amounts?.subarray(from, to) ?? [])]).toEqual([500, 700]);
  expect([...(purchases?.properties.get("category")?.codes ?? [])]).toHaveLength(3);
  const said = columns?.preferences.get("time");
  expect(said?.byCode[1]).toEqual([{ text: "evening", number: null }]);
  expect(said?.codes[columns?.ordinals.indexOf(find("cy").ordinal) ?? -1]).toBe(1);
  expect(await others()).toEqual([]);
});

it("leaves people to the database who changed otherwise or are new", async () => {
  const { ctx, find, touched, others } = await aRead();
  const { organizationId } = ctx;
  await db.prisma.contact.updateMany({
    where: { organizationId, externalId: "bo" },
    data: { attributes: { city: "Omsk" } },
  });
  expect(await others()).toEqual(["bo"]);
  const at = new Date("2026-02-01T00:00:00Z");
  const sellerId = await aSeller(db, organizationId);
  const phoneId = find("di").phones[0]?.phoneId ?? "";
  const call = { organizationId, sellerId, phoneId, purpose: "marketing", at, recordedAt: at };
  await db.prisma.call.create({ data: call });
  expect(await others()).toEqual(["bo", "di"]);
  expect((await touched())?.columns.ordinals).toHaveLength(2);
  const { ordinal } = await db.prisma.contact.create({
    data: { organizationId, externalId: "ed", createdAt: at, updatedAt: at },
  });
  expect((await loadTouched(ctx, [ordinal]))?.incomplete).toEqual([ordinal]);
});

it("leaves people to the database whose activities cannot be told apart by recording time", async () => {
  const { ctx, others } = await aRead();
  const early = new Date("2026-01-10T00:00:00Z");
  // Its transaction began before the columns were loaded and committed after.
  await inTransaction(ctx, (ctx) =>
    recordActivities({ ...ctx, now: early }, sent("cy", { type: "visit" })),
  );
  expect(await others()).toEqual(["cy"]);
  await recordActivities(ctx, sent("di", { type: "visit" }));
  expect(await others()).toEqual(["cy"]);
});

it("knows nobody of another organization, and nobody if no columns are loaded", async () => {
  const { ctx, find } = await aRead();
  const other = await aContext();
  const [{ ordinal }, { columns }] = [find("ada"), ctx];
  await columns.load(other.organizationId);
  const elsewhere = await loadTouched({ ...other, columns }, [ordinal]);
  expect(elsewhere?.columns.ordinals ?? []).toHaveLength(0);
  expect(elsewhere?.incomplete ?? [ordinal]).toEqual([ordinal]);
  expect(await loadTouched({ ...ctx, columns: undefined }, [ordinal])).toBeNull();
});
