import { execFile } from "node:child_process";
import { cpSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { openDb } from "@ringfence/db";
import { aDatabase, aFolder, anOrganization } from "@ringfence/db/testing";
import { toAcrossUrl } from "@ringfence/db/service-role";
import { openKeys } from "@ringfence/services/platform/keys";
import { openLogSigner, signCheckpoint } from "@ringfence/services/proof/ledger";
import { expect, it } from "vitest";
import { assertKeysUsable } from "./installation-keys.ts";
import { readInstallationSettings, root } from "./installation-settings.ts";

const run = promisify(execFile);
const origin = "ledger.test/keys";
const files = ["ledger-1.pem", "master.key", "permit.pem", "statement.pem", "vault.key"];

/** The files in the key folder, without the signer's memory. */
const keysIn = (folder: string) =>
  readdirSync(folder)
    .filter((file) => /\.(pem|key)$/.test(file))
    .toSorted();

/** A database that was used with the keys in a folder. */
async function aUsedDatabase() {
  const url = await aDatabase();
  const [keyFolder, db] = [aFolder(), openDb(url)];
  await openKeys(db, keyFolder);
  await anOrganization(db);
  await signCheckpoint(await openLogSigner({ db, origin, keyFolder }));
  await db.close();
  return { url, keyFolder };
}

/** One for all tests that change nothing in it. */
const shared = await aUsedDatabase();

/** An installation that has worked: its database, its own copy of the keys and the settings of its programs. */
function createInstallation({ url, keyFolder: original } = shared) {
  const keyFolder = aFolder();
  cpSync(original, keyFolder, { recursive: true });
  const settings = {
    LANG: "C",
    DATABASE_URL: url,
    PUBLIC_URL: "http://localhost:3000",
    API_URL: "http://localhost:4000",
    RINGFENCE_KEY_DIR: keyFolder,
    RINGFENCE_FILES: aFolder(),
    LEDGER_ORIGIN: origin,
  };
  const start = (...args: string[]) =>
    run(process.execPath, [path.join(root, args[0] ?? ""), ...args.slice(1)], {
      env: { ...process.env, ...settings },
    });
  return { url, keyFolder, settings, start };
}

it.each(files)("does not start if %s was moved away, and makes no new one", async (file) => {
  const { url, keyFolder, settings } = createInstallation();
  const missing = path.join(keyFolder, file);
  rmSync(missing);
  const urls = { url, acrossUrl: toAcrossUrl(url) };
  await expect(assertKeysUsable(urls, readInstallationSettings(settings))).rejects.toThrow(
    `${missing} is missing`,
  );
  expect(readdirSync(keyFolder)).not.toContain(file);
});

const founding =
  "--name=B --region=US --zone=UTC --locale=en --seller=B --owner=B --email=b@b.example";

it.each([
  ["apps/api/src/main.ts"],
  ["apps/worker/src/main.ts"],
  ["tooling/found.ts", ...founding.split(" ")],
  ["tooling/keys.ts", "rotate", "vault"],
])("does not start %s where a key was moved away", async (...program) => {
  const { keyFolder, start } = createInstallation();
  rmSync(path.join(keyFolder, "master.key"));
  await expect(start(...program)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^\S+master\.key is missing, but this database was used with it/),
  });
  expect(readdirSync(keyFolder)).not.toContain("master.key");
});

it("starts no worker that signs without the key of the ledger", async () => {
  const { keyFolder, start } = createInstallation();
  rmSync(path.join(keyFolder, "ledger-1.pem"));
  await expect(start("apps/worker/src/main.ts", "--signer")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^\S+ledger-1\.pem is missing, but the ledger was signed with it/,
    ),
  });
});

it.each([
  ["permit", "permit-2.pem"],
  ["ledger", "ledger-2.pem"],
])("rotates the %s key with a command", async (name, made) => {
  const { keyFolder, start } = createInstallation(await aUsedDatabase());
  await start("tooling/keys.ts", "rotate", name);
  expect(keysIn(keyFolder)).toEqual([...files, made].toSorted());
});

it("lists the keys with a command", async () => {
  const { start } = createInstallation();
  const { stdout } = await start("tooling/keys.ts");
  expect(stdout.match(/^(\S+) .* in use$/gm)).toHaveLength(4);
  expect(stdout.match(/^ledger /gm)).toHaveLength(1);
});

it("explains how to rotate keys when given another command", async () => {
  const { start } = createInstallation();
  await expect(start("tooling/keys.ts", "rotate", "unknown")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^pnpm keys, or pnpm keys rotate master\|vault/),
  });
});
