// `pnpm law:update FILE [--yes]`: checks a signed update of the law and shows what it changes. With `--yes` it is put
// in force for the whole installation; programs that run judge by it from the next call on.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { LawChange } from "@ringfence/core/people/jurisdiction";
import { CannotStart } from "@ringfence/db/postgres";
import { updateLaw } from "@ringfence/services/people/jurisdiction";
import { openDatabaseForCommand } from "./supervisor/database.ts";
import { openInstallationKeys } from "./supervisor/installation-keys.ts";
import { readInstallationSettings } from "./supervisor/installation-settings.ts";
import { onShutdown, stop, stopOnSignals, stopWithError } from "./supervisor/shutdown.ts";

const usage = "pnpm law:update FILE [--yes]";

async function run() {
  const { file, isWanted } = parseCommand();
  const text = readUpdate(file);
  const settings = readInstallationSettings(process.env);
  const db = await openDatabaseForCommand(settings);
  onShutdown(() => db.close());
  const keys = await openInstallationKeys(db, settings);
  const trusted = settings.RINGFENCE_LAW_KEYS;
  const outcome = await updateLaw({ db, keys }, { text, trusted, isWanted });
  if (!("changes" in outcome)) {
    throw new CannotStart(`The update is refused; nothing changed.\n${outcome.faults.join("\n")}`);
  }
  const { asOf, hash, keyId, summary, changes, isApplied } = outcome;
  console.log(`${summary}

Law as of ${asOf}, ${hash}
signed with ${keyId}

${describeChanges(changes)}
${isApplied ? "It is in force now." : "Nothing changed yet. Add --yes to put it in force."}`);
  await stop(0);
}

function parseCommand() {
  const { values, positionals } = parseArgs({
    options: { yes: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new CannotStart(usage);
  return { file, isWanted: values.yes };
}

function readUpdate(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CannotStart(`${file} cannot be read. Check its name and who may read it.`, {
      cause: error,
    });
  }
}

const headings = {
  stricter: "Stricter, for every organization on its date:",
  looser:
    "Looser, or not provably stricter. The former rule also applies until two officers of the organization accept:",
  words: "Words and sources; no verdict depends on them:",
} as const;

function describeChanges(changes: readonly LawChange[]): string {
  if (changes.length === 0) return "Nothing differs from the law in force.\n";
  return (["stricter", "looser", "words"] as const)
    .map((effect) => ({ effect, found: changes.filter((change) => change.effect === effect) }))
    .filter(({ found }) => found.length > 0)
    .map(({ effect, found }) => `${headings[effect]}\n${found.map(describeChange).join("\n")}\n`)
    .join("\n");
}

const describeChange = ({ part, before, after }: LawChange) => {
  const change = before === null ? "new" : after === null ? "ends" : "changed";
  return `  ${part.padEnd(32)} ${change}`;
};

stopOnSignals();
await run().catch(stopWithError);
