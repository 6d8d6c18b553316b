// `pnpm law:sign FOLDER --key KEY.pem --summary TEXT --out FILE`: signs the law in a folder, in the form of
// `packages/core/data/law`, as an update. `pnpm law:sign --new-key KEY.pem` makes a key and prints what operators
// put into RINGFENCE_LAW_KEYS. Neither needs an installation.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { LawUpdate } from "@ringfence/core/people/jurisdiction";
import { CannotStart } from "@ringfence/db/postgres";
import { signLawUpdate } from "@ringfence/services/people/jurisdiction";
import { parseSigningKey } from "@ringfence/services/platform/keys";
import { writeSigningKey } from "./supply-chain/write-signing-key.ts";
import { stopWithError } from "./supervisor/shutdown.ts";

const usage = `pnpm law:sign FOLDER --key KEY.pem --summary TEXT --out FILE
pnpm law:sign --new-key KEY.pem`;

/** Files in the folder that are not places. */
const notPlaces = new Set(["about.json", "registries.json", "sources.json", "watch.json"]);

try {
  run();
} catch (error) {
  await stopWithError(error);
}

function run() {
  const { values, positionals } = parseArgs({
    options: {
      key: { type: "string" },
      summary: { type: "string" },
      out: { type: "string" },
      "new-key": { type: "string" },
    },
    allowPositionals: true,
  });
  const [folder] = positionals;
  const { key, summary, out, "new-key": newKey } = values;
  if (newKey !== undefined) createKey(newKey);
  else if (folder && key && summary && out) sign({ folder, key, summary, out });
  else throw new CannotStart(usage);
}

function createKey(file: string) {
  const publicKey = writeSigningKey(file);
  console.log(`${file} is a new key. Keep it secret, and give operators its public part:

  RINGFENCE_LAW_KEYS=${publicKey}`);
}

function sign({ folder, key, summary, out }: Record<"folder" | "key" | "summary" | "out", string>) {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), "utf8"));
  const places = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json") && !notPlaces.has(file))
    .toSorted()
    .map(read);
  const update = {
    format: "ringfence-law-update/1",
    summary,
    base: null,
    removed: [],
    ...Object(read("about.json")),
    jurisdictions: places,
    registries: read("registries.json"),
    sources: read("sources.json"),
    ...(existsSync(path.join(folder, "watch.json")) && { watch: read("watch.json") }),
  };
  const { error } = LawUpdate.safeParse(update);
  if (error) throw new CannotStart(`The law cannot be read:\n${error.message}`);
  const signed = signLawUpdate(parseSigningKey(readFileSync(key, "utf8")), update);
  writeFileSync(out, `${JSON.stringify(signed)}\n`);
  console.log(`${out} is signed. Install it with: pnpm law:update ${out}`);
}
