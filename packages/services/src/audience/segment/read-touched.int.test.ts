import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { aScene, asRefresher } from "../../../testing/segment-scene.ts";
import { openColumns } from "./columns/open-columns.ts";
import { byDatabase, readTouched } from "./read-touched.ts";

const fail = (error: unknown) => {
  throw error;
};

async function scene() {
  const ctx = asRefresher(await aScene());
  const { organizationId } = ctx;
  const people = await db.prisma.contact.findMany({ where: { organizationId } });
  const ordinals = people.map(({ ordinal }) => ordinal);
  return { ctx, ordinals, columns: openColumns(db, { fewestPeople: 1, onError: fail }) };
}

it("tells of people in columns where these are held, and leaves all to the database where none are", async () => {
  const { ctx, ordinals, columns } = await scene();
  expect(await readTouched(ctx, ordinals)).toEqual(byDatabase(ordinals));
  expect(await readTouched({ ...ctx, columns }, ordinals)).toEqual(byDatabase(ordinals));
  await columns.load(ctx.organizationId);
  const touched = await readTouched({ ...ctx, columns }, ordinals);
  expect(touched).toMatchObject({ ordinals, others: [], columns: { ordinals: { length: 4 } } });
});

it("is the worker's, and tells nothing of people of another organization", async () => {
  const { ctx, ordinals, columns } = await scene();
  await columns.load(ctx.organizationId);
  const other = { ...asRefresher(await aContext()), columns };
  await columns.load(other.organizationId);
  expect((await readTouched(other, ordinals)).columns?.ordinals ?? []).toHaveLength(0);
  const marketer = { ...ctx, actor: (await aContext()).actor };
  await expect(readTouched(marketer, ordinals)).rejects.toMatchObject({ code: "forbidden" });
});
