import { rmSync } from "node:fs";
import path from "node:path";
import { openDb } from "@ringfence/db";
import { aDatabase, aFolder, anOrganization, toOwnerUrl } from "@ringfence/db/testing";
import { openKeys } from "@ringfence/services/platform/keys";
import { checkCopy } from "@ringfence/services/proof/ledger";
import { expect, inject, it, onTestFinished } from "vitest";
import { readInstallationSettings } from "../supervisor/installation-settings.ts";
import { checkDatabase, checkKeys, checkOptOutCopy } from "./check-installation.ts";

const { base } = inject("postgres");

it("reports a role for all organizations that cannot be used or may do too much", async () => {
  const DATABASE_URL = await aDatabase();
  const check = (across: string) =>
    checkDatabase(readInstallationSettings({ DATABASE_URL, DATABASE_ACROSS_URL: across }));
  const mistyped = DATABASE_URL.replace(/:[^:@]+@/, ":guessed@");
  expect(await check(mistyped)).toContainEqual({
    state: "wrong",
    about: "database role",
    says: expect.stringMatching(
      /^the role for all organizations cannot be used: .*DATABASE_ACROSS_URL/,
    ),
  });
  expect(await check(toOwnerUrl(DATABASE_URL))).toContainEqual({
    state: "note",
    about: "database role",
    says: expect.stringMatching(/^the role for all organizations is a superuser: /),
  });
});

it("reads version and clock of the server that DATABASE_URL names", async () => {
  const DATABASE_URL = await aDatabase();
  expect(await checkDatabase(readInstallationSettings({ DATABASE_URL }))).toEqual([
    { about: "PostgreSQL", state: "fine", says: expect.stringMatching(/^\d+\.\d+/) },
    { about: "clocks", state: "fine", says: "database and this machine differ by 0.0 s" },
    {
      about: "connections",
      state: expect.stringMatching(/^(fine|note)$/),
      says: expect.stringMatching(/ open up to 144, and PostgreSQL lets \d+ in/),
    },
  ]);
});

it("reports a service that works with the power of an owner", async () => {
  expect(await checkDatabase(readInstallationSettings({ DATABASE_URL: base }))).toContainEqual({
    about: "database role",
    state: "note",
    says: expect.stringMatching(/^the role of DATABASE_URL is a superuser: give the service/),
  });
});

it("says that the role of the service does not exist before the first start", async () => {
  const url = new URL(await aDatabase());
  const DATABASE_OWNER_URL = toOwnerUrl(url.href);
  url.username = "not_there_yet";
  const settings = readInstallationSettings({ DATABASE_URL: url.href, DATABASE_OWNER_URL });
  expect(await checkDatabase(settings)).toEqual([
    {
      about: "database role",
      state: "note",
      says: "“not_there_yet” does not exist yet: npm start creates it.",
    },
  ]);
});

it("reports what is wrong with the server, and continues", async () => {
  const DATABASE_URL = base.replace(/:[^:@]+@/, ":guessed@");
  expect(await checkDatabase(readInstallationSettings({ DATABASE_URL }))).toMatchObject([
    { about: "PostgreSQL", state: "wrong", says: expect.stringContaining("refuses the password") },
  ]);
});

it("reports keys that do not belong to the database, and which file is missing", async () => {
  const DATABASE_URL = await aDatabase();
  const db = openDb(DATABASE_URL);
  const check = (folder: string) =>
    checkKeys(readInstallationSettings({ DATABASE_URL, RINGFENCE_KEY_DIR: folder }));
  const folder = aFolder();
  await openKeys(db, folder);
  await anOrganization(db);
  await db.close();
  expect(await check(folder)).toMatchObject([{ about: "keys", state: "fine" }]);
  rmSync(path.join(folder, "master.key"));
  const says = expect.stringContaining(`${path.join(folder, "master.key")} is missing`);
  expect(await check(folder)).toEqual([{ about: "keys", state: "wrong", says }]);
});

it("says whether the copy of opt-outs is there and fits the database", async () => {
  const DATABASE_URL = await aDatabase();
  const folder = aFolder();
  const check = (RINGFENCE_OPT_OUT_COPY?: string) =>
    checkOptOutCopy(readInstallationSettings({ DATABASE_URL, RINGFENCE_OPT_OUT_COPY }));
  const about = "opt-out copy";
  expect(await check()).toMatchObject([{ about, state: "note" }]);
  expect(await check(folder)).toMatchObject([{ state: "note", says: "begun at the next start." }]);
  expect(await check(path.join(folder, "away"))).toMatchObject([
    { about, state: "wrong", says: expect.stringContaining("There is no folder") },
  ]);
  const db = openDb(DATABASE_URL);
  onTestFinished(() => db.close());
  await checkCopy(db, folder);
  expect(await check(folder)).toContainEqual({
    about,
    state: "fine",
    says: "0 opt-outs, all of them in the database",
  });
});
