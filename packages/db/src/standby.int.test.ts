import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openDb } from "./client.ts";
import { removeData } from "./postgres/data-folder.ts";
import { startPostgres } from "./postgres/index.ts";

it("reads nothing from a server that is a standby", async () => {
  const stateFolder = mkdtempSync(path.join(tmpdir(), "ringfence-standby-"));
  onTestFinished(async () => {
    await removeData(stateFolder);
    rmSync(stateFolder, { recursive: true });
  });
  const start = async () => {
    const server = await startPostgres({ stateFolder, isDurable: false });
    const { ownerUrl } = server.urls("postgres");
    const db = openDb(ownerUrl, ownerUrl);
    const read = async () => {
      const [pool] = (await db.pool.query<{ one: number }>("SELECT 1 AS one")).rows;
      const [prisma] = await db.prisma.$queryRaw<[{ one: number }]>`SELECT 1 AS one`;
      return [pool?.one, prisma.one];
    };
    const stop = () => db.close().then(() => server.stop());
    return { db, read, stop };
  };

  const primary = await start();
  expect(await primary.read()).toEqual([1, 1]);
  await primary.stop();
  writeFileSync(path.join(stateFolder, "pg/standby.signal"), "");

  const standby = await start();
  // The code by which the API answers that the database does not respond (503).
  const refusal = { code: "57P03", message: expect.stringContaining("is a standby") };
  const { pool, prisma } = standby.db;
  await expect(pool.query("SELECT 1")).rejects.toMatchObject(refusal);
  await expect(prisma.$queryRaw`SELECT 1`).rejects.toMatchObject(refusal);
  await expect(prisma.$transaction((tx) => tx.member.count())).rejects.toMatchObject(refusal);
  await standby.stop();
});
