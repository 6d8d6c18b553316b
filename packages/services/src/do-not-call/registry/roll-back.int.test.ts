import { expect, it } from "vitest";
import { listPlainStatements } from "../../../testing/ledger.ts";
import {
  aRegistry,
  aRegistryThatLists,
  fullList,
  numbersInArea,
} from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { rollBackRegistry } from "./roll-back.ts";
import { listEditions } from "./edition-history.ts";
import { findPastListings } from "./past-listing.ts";

const reason = "The publisher withdrew it";
const [first, second, third] = [
  numbersInArea(818, 100),
  numbersInArea(818, 110, 5),
  numbersInArea(818, 120),
];
const bad = { sha256: "b".repeat(64), readAt: new Date("2026-03-03T02:00:00Z") };

/** A registry of three editions, of which the last is to be undone. */
async function scene() {
  const registry = await aRegistryThatLists(first);
  await registry.apply(fullList([...second, 2_135_550_100]), {
    readAt: new Date("2026-03-02T02:00:00Z"),
  });
  await registry.apply(fullList([...third, 2_135_550_100]), {
    ...bad,
    validators: { etag: '"3"' },
  });
  const { asOfficer, registryId } = registry;
  const rollBack = (number: number) => rollBackRegistry(asOfficer, { registryId, number, reason });
  return { ...registry, rollBack };
}

it("restores the numbers of an earlier edition as a new one with its old age", async () => {
  const { rollBack, listedNow, row, asOfficer, registryId } = await scene();

  expect(await rollBack(1)).toEqual({ number: 4 });

  expect(await listedNow()).toEqual(first);
  expect(await row()).toMatchObject({
    edition: 4,
    listed: 100n,
    areas: { "1818": 100 },
    verifiedAt: new Date("2026-03-01T02:00:00Z"),
    validators: null,
  });
  const { editions } = await listEditions(asOfficer, { registryId, limit: 1 });
  expect(editions).toMatchObject([
    { number: 4, kind: "return", listed: 100, added: 0, removed: 21, settled: { why: reason } },
  ]);
  const statements = await listPlainStatements(db, asOfficer.organizationId);
  expect(statements.at(-1)).toMatchObject({
    registryId,
    number: 4,
    returnsTo: 1,
    removed: 21,
    // The time of the file, not of the rollback.
    downloadedAt: "2026-03-01T02:00:00.000Z",
  });
});

it("keeps the history of past listings", async () => {
  const { rollBack, asOfficer, registryId } = await scene();
  await rollBack(2);
  const at = (from: Date) =>
    findPastListings(asOfficer, {
      registryId,
      phone: `+1${third[0]}`,
      from,
      until: new Date(from.getTime() + 1),
    });
  const on = (day: number) => at(new Date(Date.UTC(2026, 2, day, 3)));
  expect(await Promise.all([on(1), on(2), on(3), at(new Date("2100-01-01"))])).toMatchObject([
    { editions: [{ edition: 1, isListed: true }] },
    { editions: [{ edition: 2, isListed: false }] },
    { editions: [{ edition: 3, isListed: true }] },
    { editions: [{ edition: 4, isListed: false }] },
  ]);
});

it("holds the undone edition until an officer accepts it", async () => {
  const { rollBack, apply, listedNow, asOfficer, registryId } = await scene();
  await rollBack(1);
  expect(await apply(fullList([...third, 2_135_550_100]), bad)).toMatchObject({ outcome: "held" });
  expect(await listedNow()).toEqual(first);
  const { editions } = await listEditions(asOfficer, { registryId, limit: 1 });
  expect(editions[0]?.fault).toEqual({
    key: "registry.held.repeated",
    values: { number: 3, readAt: bad.readAt },
  });
  expect(await apply(fullList(numbersInArea(818, 101)))).toMatchObject({
    outcome: "applied",
    added: 1,
  });
});

it("holds changes after a rollback until a full list was read", async () => {
  const { apply, listedNow, row, asOfficer, registryId } = await aRegistryThatLists(first);
  const [four, five, six] = numbersInArea(213, 3).map((number, index) => ({
    number,
    text: `${number},2026-03-0${index + 4}T00:00:00,A\n`,
  }));
  if (!four || !five || !six) throw new Error("three days were asked for");
  await apply(four.text, { sha256: "4".repeat(64) });
  await apply(five.text, { sha256: "5".repeat(64) });
  await rollBackRegistry(asOfficer, { registryId, number: 1, reason });
  const { verifiedAt } = await row();

  const later = { readAt: new Date("2100-03-01T02:00:00Z") };
  const nothingNew = `${first[0]},2026-03-06T00:00:00,A\n`;
  for (const text of [six.text, nothingNew]) {
    expect(await apply(text, later)).toMatchObject({ outcome: "held" });
  }
  const { editions } = await listEditions(asOfficer, { registryId, limit: 1 });
  expect(editions[0]?.fault).toMatchObject({ key: "registry.held.no-full-list" });
  expect(await row()).toMatchObject({ edition: 4, verifiedAt });

  await apply(fullList([...first, four.number, five.number]), later);
  expect(await apply(six.text, later)).toMatchObject({ outcome: "applied" });
  const ofThreeDays = [four, five, six].map(({ number }) => number);
  expect(await listedNow()).toEqual([...ofThreeDays, ...first]);
});

it("applies changes again once a full list has verified the rollback", async () => {
  const { rollBack, apply, listedNow } = await scene();
  await rollBack(1);
  const readAt = new Date("2100-03-01T02:00:00Z");
  expect(await apply(fullList(first), { readAt })).toEqual({ outcome: "unchanged" });
  const changes = `${third.at(-1)},2026-03-06T00:00:00,A\n`;
  expect(await apply(changes, { readAt })).toMatchObject({ outcome: "applied", added: 1 });
  expect(await listedNow()).toHaveLength(first.length + 1);
});

it("rolls back to a rollback", async () => {
  const { rollBack, listedNow } = await scene();
  await rollBack(1);
  await rollBack(3);
  expect(await listedNow()).toEqual([2_135_550_100, ...third]);
  await rollBack(4);
  expect(await listedNow()).toEqual(first);
});

it.each([0, 3, 4])(
  "does not go back to edition %i, which is not an earlier one",
  async (number) => {
    const { rollBack, row } = await scene();
    await expect(rollBack(number)).rejects.toMatchObject({ code: "conflict" });
    expect(await row()).toMatchObject({ edition: 3 });
  },
);

it("rolls back no registry of another organization, and does not allow the job", async () => {
  const { registryId, ctx } = await scene();
  const other = await aRegistry();
  const input = { registryId, number: 1, reason };
  await expect(rollBackRegistry(other.asOfficer, input)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(rollBackRegistry(ctx, input)).rejects.toMatchObject({ code: "forbidden" });
});

it("puts nothing in force while the registry is disconnected", async () => {
  const { rollBack, row, registryId } = await scene();
  const data = { disconnectedAt: new Date() };
  await db.prisma.registry.updateMany({ where: { id: registryId }, data });
  await expect(rollBack(1)).rejects.toMatchObject({
    explanation: { key: "registry.disconnected-already" },
  });
  expect(await row()).toMatchObject({ edition: 3 });
});
