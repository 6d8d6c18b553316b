import { expect, it } from "vitest";
import { statementsOf } from "../../testing/ledger.ts";
import { aRegistry, aRegistryThatLists, fullList, numbersOf } from "../../testing/registries.ts";
import { db } from "../../testing/scenes.ts";
import { rollBackRegistry } from "./roll-back-registry.ts";
import { registryEditions } from "./registry-editions.ts";
import { wasListed } from "./was-listed.ts";
import { Phone } from "@ringfence/core/phone";

const reason = "The publisher withdrew it";
const [first, second, third] = [numbersOf(818, 100), numbersOf(818, 110, 5), numbersOf(818, 120)];
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

it("lists again what an earlier edition did, as a new one that is no fresher", async () => {
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
  const { editions } = await registryEditions(asOfficer, { registryId, limit: 1 });
  expect(editions).toMatchObject([
    { number: 4, kind: "return", listed: 100, added: 0, removed: 21, settled: { why: reason } },
  ]);
  const statements = await statementsOf(db, asOfficer.organizationId);
  expect(statements.at(-1)).toMatchObject({ registryId, number: 4, returnsTo: 1, removed: 21 });
});

it("keeps the history: what was listed on a day is known as before", async () => {
  const { rollBack, ctx, registryId } = await scene();
  await rollBack(2);
  const phone = Phone.parse(`+1${third[0]}`);
  const on = (day: number) =>
    wasListed(ctx, { registryId, phone, at: new Date(Date.UTC(2026, 2, day, 3)) });
  expect(await Promise.all([on(1), on(2), on(3)])).toEqual([
    { edition: 1, isListed: true },
    { edition: 2, isListed: false },
    { edition: 3, isListed: true },
  ]);
  expect(await wasListed(ctx, { registryId, phone, at: new Date("2100-01-01") })).toEqual({
    edition: 4,
    isListed: false,
  });
});

it("does not take the edition that it undid again, until an officer says so", async () => {
  const { rollBack, apply, listedNow, asOfficer, registryId } = await scene();
  await rollBack(1);
  expect(await apply(fullList([...third, 2_135_550_100]), bad)).toMatchObject({ outcome: "held" });
  expect(await listedNow()).toEqual(first);
  const { editions } = await registryEditions(asOfficer, { registryId, limit: 1 });
  expect(editions[0]?.fault).toEqual({
    key: "registry.held.repeated",
    values: { number: 3, readAt: bad.readAt },
  });
  expect(await apply(fullList(numbersOf(818, 101)))).toMatchObject({
    outcome: "applied",
    added: 1,
  });
});

it("goes back to what a return has brought", async () => {
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

it("does not roll back a registry of another organization, and is not for the job", async () => {
  const { registryId, ctx } = await scene();
  const other = await aRegistry();
  const input = { registryId, number: 1, reason };
  await expect(rollBackRegistry(other.asOfficer, input)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(rollBackRegistry(ctx, input)).rejects.toMatchObject({ code: "forbidden" });
});
