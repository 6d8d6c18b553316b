import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { aFolder } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aHouseWithData, anInstallation } from "../../testing/installation.ts";
import { keysIn } from "../../testing/keys.ts";
import { asIntruder } from "../../testing/ledger.ts";
import { findKeyFaults } from "./examine-keys.ts";
import { openKeys } from "./open-keys.ts";

const files = ["master.key", "permit.pem", "statement.pem", "vault.key"];

/** A house that worked until now: its data, and the folder of its keys. */
async function aHouse() {
  const installation = await anInstallation();
  const { db, open } = installation;
  await aHouseWithData({ db, keys: await open() });
  return installation;
}

type House = Awaited<ReturnType<typeof aHouse>>;

const foreignFolder = () => {
  const folder = aFolder();
  keysIn(folder);
  return folder;
};
/** As it was before there were check values. */
const forgetKeys = ({ db }: House) => asIntruder(db, "DELETE FROM installation_key");
const recorded = ({ db }: House) => db.prisma.installationKey.count();

it("makes keys on an empty database, for nobody else to read, and finds them again", async () => {
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
  const { folder, open } = await aHouse();
  rmSync(path.join(folder, file));
  await expect(open()).rejects.toThrow(`${path.join(folder, file)} is missing`);
  expect(readdirSync(folder).toSorted()).toEqual(files.filter((other) => other !== file));
});

it("refuses to start where the whole folder was moved away, and names each file", async () => {
  const { db, folder } = await aHouse();
  const empty = aFolder();
  const refused = openKeys(db, empty);
  for (const file of files) {
    await expect(refused).rejects.toThrow(`${path.join(empty, file)} is missing`);
  }
  expect(readdirSync(empty)).toEqual([]);
  await openKeys(db, folder);
});

it.each(files)("refuses %s of another installation", async (file) => {
  const { folder, open } = await aHouse();
  cpSync(path.join(foreignFolder(), file), path.join(folder, file));
  await expect(open()).rejects.toThrow(`${path.join(folder, file)} is not the key`);
});

it("refuses two files that were swapped", async () => {
  const { folder, open } = await aHouse();
  const [master, vault] = ["master.key", "vault.key"].map((file) => path.join(folder, file));
  const text = readFileSync(master ?? "", "utf8");
  cpSync(vault ?? "", master ?? "");
  writeFileSync(vault ?? "", text);
  await expect(open()).rejects.toThrow(/master.key is not the key.*\n.*vault.key is not the key/);
});

it.each(files)("refuses %s that is empty or cut, and leaves it as it is", async (name) => {
  const { folder, open } = await aHouse();
  const file = path.join(folder, name);
  const whole = readFileSync(file, "utf8");
  for (const text of ["", whole.slice(0, 40), whole.slice(4), `${whole.slice(0, 43)}AA=`]) {
    writeFileSync(file, text);
    await expect(open()).rejects.toThrow(`${file} must hold`);
    expect(readFileSync(file, "utf8")).toBe(text);
  }
});

it("gives processes that start at once on one folder the same keys", async () => {
  const { open } = await anInstallation();
  const keys = await Promise.all([open(), open(), open(), open()]);
  expect(new Set(keys.map(({ statement }) => statement.id)).size).toBe(1);
});

it("lets one of two hosts make keys, and refuses the other until it has them", async () => {
  const { db } = await anInstallation();
  const hosts = [aFolder(), aFolder()];
  const opened = await Promise.allSettled(hosts.map((folder) => openKeys(db, folder)));
  expect(opened.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const [made = "", other = ""] = opened[0]?.status === "fulfilled" ? hosts : hosts.toReversed();
  expect(readdirSync(other)).toEqual([]);
  cpSync(made, other, { recursive: true });
  await openKeys(db, other);
});

it("makes no key in a process that runs already", async () => {
  const { folder, open } = await aHouse();
  const keys = await open();
  rmSync(folder, { recursive: true });
  await expect(keys.refresh()).rejects.toThrow(/master.key is missing/);
  expect(() => readdirSync(folder)).toThrow(/ENOENT/);
});

it("takes up the keys of an older version that open its data", async () => {
  const house = await aHouse();
  const before = await house.open();
  await forgetKeys(house);
  expect((await house.open()).statement.id).toBe(before.statement.id);
  expect(await recorded(house)).toBe(4);
});

it.each(files)("takes up no %s that opens nothing of an older version's data", async (file) => {
  const house = await aHouse();
  await forgetKeys(house);
  cpSync(path.join(foreignFolder(), file), path.join(house.folder, file));
  await expect(house.open()).rejects.toThrow(`${file} opens nothing`);
  expect(await recorded(house)).toBe(0);
});

it("makes no key beside the data of an older version", async () => {
  const house = await aHouse();
  await forgetKeys(house);
  rmSync(path.join(house.folder, "master.key"));
  await expect(house.open()).rejects.toThrow(/master.key is missing/);
  expect(await recorded(house)).toBe(0);
});

it("takes up keys of an older version where no data could tell", async () => {
  const house = await anInstallation();
  const { id } = (await house.open()).vault;
  await house.db.prisma.organization.create({ data: { name: "Acme", homeRegion: "US" } });
  await forgetKeys(house);
  expect((await house.open()).vault.id).toBe(id);
});

it("says what is wrong without changing anything", async () => {
  const { db, folder } = await aHouse();
  expect(await findKeyFaults(db, folder)).toEqual([]);
  expect(await findKeyFaults(db, aFolder())).toHaveLength(4);
  const { db: fresh, folder: empty } = await anInstallation();
  expect(await findKeyFaults(fresh, empty)).toEqual([]);
  expect(readdirSync(empty)).toEqual([]);
});
