import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { OrganizationId } from "@ringfence/core/ids";
import { openDb } from "@ringfence/db";
import { aDatabase, aFolder } from "@ringfence/db/testing";
import { openKeys } from "@ringfence/services/platform/keys";
import { startSession } from "@ringfence/services/account/member";
import { expect, it } from "vitest";
import { root } from "../supervisor/installation-settings.ts";

const url = await aDatabase();
const db = openDb(url);
const [keyFolder, stateFolder] = [aFolder(), aFolder()];
const run = promisify(execFile);

const flags = {
  name: "Acme Calls",
  region: "US",
  zone: "America/Chicago",
  locale: "en",
  seller: "Acme & Co.",
  owner: "Ada",
  email: "ada@example.com",
};

function found(more: Partial<typeof flags> = {}, settings: Record<string, string> = {}) {
  const given = Object.entries({ ...flags, ...more }).map(([flag, value]) => `--${flag}=${value}`);
  const env = {
    ...process.env,
    LANG: "C",
    DATABASE_URL: url,
    RINGFENCE_KEY_DIR: keyFolder,
    RINGFENCE_STATE: stateFolder,
    ...settings,
  };
  return run(process.execPath, [path.join(root, "tooling/found.ts"), ...given], { env });
}

const count = () => db.prisma.organization.count();

it("makes an organization, and says how its owner signs in", async () => {
  const { stdout, stderr } = await found();
  expect(stderr).toBe("");
  expect(stdout).toContain("  seller        acme-co\n");
  expect(stdout).toContain("marketing, service, survey");
  const [, email = "", password = ""] = /^ {2}(\S+@\S+) {2}(\S+)$/m.exec(stdout) ?? [];

  const installation = { db, keys: await openKeys(db, keyFolder) };
  const signedIn = await startSession(installation, { email, password }, null);
  const id = OrganizationId.parse(/organization +(\S+)/.exec(stdout)?.[1]);
  expect(signedIn).toMatchObject({ outcome: "started", session: { organizationId: id } });
});

it("makes another organization when run again", async () => {
  await found({ name: "Beta" });
  const before = await count();
  await found({ name: "Beta" });
  expect(await count()).toBe(before + 1);
});

it("says what is wrong with each value, and makes nothing", async () => {
  const before = await count();
  await expect(found({ region: "UK", zone: "Mars", email: "ada" })).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^--region: “UK” .*\n--zone: “Mars” .*\n--email: .*\n$/),
  });
  await expect(
    run(process.execPath, ["tooling/found.ts", "--nme=x"], { cwd: root }),
  ).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/--nme.*pnpm found \[--name …\]/s),
  });
  expect(await count()).toBe(before);
});

it("uses the configured address of the pages, and invents none", async () => {
  const email = "b@b.example";
  const configured = await found({ email }, { PUBLIC_URL: "https://calls.example.com" });
  expect(configured.stdout).toContain("Sign in at https://calls.example.com as");
  const unset = await found({ email: "c@c.example" }, { PUBLIC_URL: "" });
  expect(unset.stdout).toContain("PUBLIC_URL is not set here");
  expect(unset.stdout).not.toMatch(/localhost/);
});
