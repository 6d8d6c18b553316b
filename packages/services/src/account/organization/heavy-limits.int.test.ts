import { OrganizationId } from "@ringfence/core/ids";
import { anOrganization } from "@ringfence/db/testing";
import { expect, it, vi } from "vitest";
import { db } from "../../../testing/scenes.ts";
import { createHeavyLimitsReader, setHeavyLimits } from "./index.ts";

const none = { requests: null, jobs: null };

function aReader(reading: Parameters<typeof createHeavyLimitsReader>[0] = db) {
  let ms = 0;
  const report = vi.fn<(error: unknown) => void>();
  const read = createHeavyLimitsReader(reading, { now: () => ms, report });
  const wait = (seconds: number) => (ms += seconds * 1_000);
  return { read, report, wait };
}

it("sets each limit by itself, and removes it", async () => {
  const [id, other] = [await anOrganization(db), await anOrganization(db)];
  const find = async () => (await aReader().read())(id);
  expect(await find()).toEqual(none);
  await setHeavyLimits(db, id, { requests: 2 });
  await setHeavyLimits(db, id, { jobs: 1 });
  expect(await find()).toEqual({ requests: 2, jobs: 1 });
  expect((await aReader().read())(other)).toEqual(none);
  await setHeavyLimits(db, id, { requests: null });
  expect(await find()).toEqual({ requests: null, jobs: 1 });
  const unknown = OrganizationId.parse("0195a000-0000-7000-8000-000000000001");
  expect(await setHeavyLimits(db, unknown, { jobs: 1 })).toBe(false);
});

it("refuses a limit that would stop an organization", async () => {
  const id = await anOrganization(db);
  await expect(setHeavyLimits(db, id, { jobs: 0 })).rejects.toThrow("organization_heavy_limits");
});

it("reads the limits again after five seconds, and not before", async () => {
  const id = await anOrganization(db);
  const { read, wait } = aReader();
  expect((await read())(id)).toEqual(none);
  await setHeavyLimits(db, id, { jobs: 1 });
  wait(4.9);
  expect((await read())(id)).toEqual(none);
  wait(0.1);
  expect((await read())(id)).toEqual({ requests: null, jobs: 1 });
});

it("keeps the limits that were read last while the database is away", async () => {
  const id = await anOrganization(db);
  await setHeavyLimits(db, id, { jobs: 1 });
  let reading = db.prisma;
  const { read, report, wait } = aReader({
    get prisma() {
      return reading;
    },
  });
  await read();
  wait(5);
  // A client without a database.
  reading = Object.create(null);
  expect((await read())(id)).toEqual({ requests: null, jobs: 1 });
  expect(report).toHaveBeenCalledOnce();
});
