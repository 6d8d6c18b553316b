import { cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { aFolder } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { addKeyedData, anInstallation } from "../../../testing/installation.ts";
import { keysIn } from "../../../testing/keys.ts";
import { asIntruder } from "../../../testing/ledger.ts";
import { findKeyFaults } from "./examine-keys.ts";
import { openKeys } from "./open-keys.ts";

const files = ["master.key", "permit.pem", "statement.pem", "vault.key"];

/** Creates an installation that has been working: a database with data, and its key folder. */
async function aUsedInstallation() {
  const installation = await anInstallation();
  const { db, open } = installation;
  await addKeyedData({ db, keys: await open() });
  return installation;
}

type UsedInstallation = Awaited<ReturnType<typeof aUsedInstallation>>;

const foreignFolder = () => {
  const folder = aFolder();
  keysIn(folder);
  return folder;
};
/** Removes the check values, as in a database of an older version. */
const forgetKeys = ({ db }: UsedInstallation) => asIntruder(db, "DELETE FROM installation_key");
const countRecordedKeys = ({ db }: UsedInstallation) => db.prisma.installationKey.count();

it("creates keys for an empty database, readable only by their owner, and finds them again", async () => {
  const { folder, open } = await anInstallation();
  const first = await open();
  const again = await open();
  expect([again.permit.id, again.statement.id, again.vault.id]).toEqual([
    first.permit.id,
    first.statement.id,
    first.vault.id,
  ]);
  expect(first.permit.id).not.toBe(first.statement.id);
  expect(readdirSync(folder).toSorted()).toEqual(files);
  const modes = files.map((file) => statSync(path.join(folder, file)).mode & 0o777);
  expect(new Set(modes)).toEqual(new Set([0o600]));
});

it.each(files)("refuses to start where %s was moved away, and makes none", async (file) => {
  const { folder, open } = await aUsedInstallation();
  rmSync(path.join(folder, file));
  await expect(open()).rejects.toThrow(`${path.join(folder, file)} is missing`);
  expect(readdirSync(folder).toSorted()).toEqual(files.filter((other) => other !== file));
});

it("refuses to start if the whole folder is gone, and names each file", async () => {
  const { db, folder } = await aUsedInstallation();
  const empty = aFolder();
  const refused = openKeys(db, empty);
  for (const file of files) {
    await expect(refused).rejects.toThrow(`${path.join(empty, file)} is missing`);
  }
  expect(readdirSync(empty)).toEqual([]);
  await openKeys(db, folder);
});

it.each(files)("refuses %s of another installation", async (file) => {
  const { folder, open } = await aUsedInstallation();
  cpSync(path.join(foreignFolder(), file), path.join(folder, file));
  await expect(open()).rejects.toThrow(`${path.join(folder, file)} is not the key`);
});

it("refuses two files that were swapped", async () => {
  const { folder, open } = await aUsedInstallation();
  const [master, vault] = ["master.key", "vault.key"].map((file) => path.join(folder, file));
  const text = readFileSync(master ?? "", "utf8");
  cpSync(vault ?? "", master ?? "");
  writeFileSync(vault ?? "", text);
  await expect(open()).rejects.toThrow(/master.key is not the key.*\n.*vault.key is not the key/);
});

it.each(files)("refuses %s that is empty or truncated, and does not change it", async (name) => {
  const { folder, open } = await aUsedInstallation();
  const file = path.join(folder, name);
  const whole = readFileSync(file, "utf8");
  for (const text of ["", whole.slice(0, 40), whole.slice(4), `${whole.slice(0, 43)}AA=`]) {
    writeFileSync(file, text);
    await expect(open()).rejects.toThrow(`${file} must hold`);
    expect(readFileSync(file, "utf8")).toBe(text);
  }
});

it("gives the same keys to processes that start at once on one folder", async () => {
  const { open } = await anInstallation();
  const keys = await Promise.all([open(), open(), open(), open()]);
  expect(new Set(keys.map(({ statement }) => statement.id)).size).toBe(1);
});

it("lets one of two hosts create keys, and refuses the other until it has them", async () => {
  const { db } = await anInstallation();
  const hosts = [aFolder(), aFolder()];
  const opened = await Promise.allSettled(hosts.map((folder) => openKeys(db, folder)));
  expect(opened.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const [made = "", other = ""] = opened[0]?.status === "fulfilled" ? hosts : hosts.toReversed();
  expect(readdirSync(other)).toEqual([]);
  cpSync(made, other, { recursive: true });
  await openKeys(db, other);
});

it("creates no key in a process that is already running", async () => {
  const { folder, open } = await aUsedInstallation();
  const keys = await open();
  rmSync(folder, { recursive: true });
  await expect(keys.refresh()).rejects.toThrow(/master.key is missing/);
  expect(() => readdirSync(folder)).toThrow(/ENOENT/);
});

it("adopts the keys of an older version that open its data", async () => {
  const installation = await aUsedInstallation();
  const before = await installation.open();
  await forgetKeys(installation);
  expect((await installation.open()).statement.id).toBe(before.statement.id);
  expect(await countRecordedKeys(installation)).toBe(4);
});

it.each(files)("takes up no %s that does not match an older version's data", async (file) => {
  const installation = await aUsedInstallation();
  await forgetKeys(installation);
  cpSync(path.join(foreignFolder(), file), path.join(installation.folder, file));
  await expect(installation.open()).rejects.toThrow(`${file} does not match`);
  expect(await countRecordedKeys(installation)).toBe(0);
});

it("creates no key beside the data of an older version", async () => {
  const installation = await aUsedInstallation();
  await forgetKeys(installation);
  rmSync(path.join(installation.folder, "master.key"));
  await expect(installation.open()).rejects.toThrow(/master.key is missing/);
  expect(await countRecordedKeys(installation)).toBe(0);
});

it("adopts keys of an older version if there is no data to try them on", async () => {
  const installation = await anInstallation();
  const { id } = (await installation.open()).vault;
  await installation.db.prisma.organization.create({ data: { name: "Acme", homeRegion: "US" } });
  await forgetKeys(installation);
  expect((await installation.open()).vault.id).toBe(id);
});

it("reports what is wrong without changing anything", async () => {
  const { db, folder } = await aUsedInstallation();
  expect(await findKeyFaults(db, folder)).toEqual([]);
  expect(await findKeyFaults(db, aFolder())).toHaveLength(4);
  const { db: fresh, folder: empty } = await anInstallation();
  expect(await findKeyFaults(fresh, empty)).toEqual([]);
  expect(readdirSync(empty)).toEqual([]);
});
