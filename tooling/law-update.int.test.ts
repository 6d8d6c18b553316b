import { execFile } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { openDb } from "@ringfence/db";
import { aDatabase, aFolder } from "@ringfence/db/testing";
import { installBundledLaw } from "@ringfence/services/people/jurisdiction";
import { openKeys } from "@ringfence/services/platform/keys";
import { afterAll, expect, it } from "vitest";
import { root } from "./supervisor/installation-settings.ts";

const url = await aDatabase();
const db = openDb(url);
afterAll(() => db.close());
const folder = aFolder();
const [key, law, update] = ["publisher.pem", "law", "update.json"].map((name) =>
  path.join(folder, name),
);
const env = {
  ...process.env,
  LANG: "C",
  DATABASE_URL: url,
  RINGFENCE_KEY_DIR: aFolder(),
  RINGFENCE_STATE: aFolder(),
};

const run = (command: "law-sign" | "law-update", args: string[], trusted = "") =>
  promisify(execFile)(process.execPath, [path.join(root, `tooling/${command}.ts`), ...args], {
    env: { ...env, ...(trusted && { RINGFENCE_LAW_KEYS: trusted }) },
  });

/** Replaces text in a file of the law in the folder. */
function change(file: string, from: string, to: string) {
  const name = path.join(law ?? "", file);
  const before = readFileSync(name, "utf8");
  expect(before).toContain(from);
  writeFileSync(name, before.replace(from, to));
}

const findLaw = () => db.prisma.installedLaw.findFirst({ orderBy: { number: "desc" } });

it("signs a law with a new key, shows what it changes, and puts it in force only with --yes", async () => {
  await installBundledLaw({ db, keys: await openKeys(db, env.RINGFENCE_KEY_DIR) });
  const first = await findLaw();
  const made = await run("law-sign", ["--new-key", key ?? ""]);
  const trusted = /RINGFENCE_LAW_KEYS=(\S+)/.exec(made.stdout)?.[1] ?? "";
  cpSync(path.join(root, "packages/core/data/law"), law ?? "", { recursive: true });
  const { as_of: lawDate } = JSON.parse(readFileSync(path.join(law ?? "", "about.json"), "utf8"));
  change("about.json", lawDate, "2099-01-01");
  // Florida would allow one more hour.
  change("us-states/fl.json", '"20:00"', '"21:00"');
  change("us-states/fl.json", "T20:01:00-05:00", "T21:01:00-05:00");
  await run("law-sign", [law ?? "", `--key=${key}`, "--summary=Florida", `--out=${update}`]);

  const shown = await run("law-update", [update ?? ""], trusted);
  expect(shown.stdout).toMatch(/^Florida\n\nLaw as of 2099-01-01, [0-9a-f]{64}\n/);
  expect(shown.stdout).toMatch(/^Looser, .*:\n {2}rule US-FL\.hours +changed$/m);
  expect(shown.stdout).toContain("Nothing changed yet. Add --yes to put it in force.");
  expect(await findLaw()).toEqual(first);

  const { stdout } = await run("law-update", [update ?? "", "--yes"], trusted);
  expect(stdout).toContain("It is in force now.");
  expect(await findLaw()).toMatchObject({ previous: first?.ruleSet, summary: "Florida" });
  await expect(run("law-update", [update ?? "", "--yes"], trusted)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("This law is in force already. There is nothing to do."),
  });
});

it("explains in a sentence that no key is trusted, or that the file is missing", async () => {
  await expect(run("law-update", [update ?? ""])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("No publisher is trusted. Set RINGFENCE_LAW_KEYS"),
  });
  await expect(run("law-update", [path.join(folder, "none.json")])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/none\.json cannot be read\. Check its name/),
  });
});
