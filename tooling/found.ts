// `pnpm found`: creates an organization with a seller, purposes and an owner, in the configured
// database.
import "@ringfence/services/handlers";
import { parseArgs } from "node:util";
import type { CreateOrganization } from "@ringfence/core/account/organization";
import { readHostLocale } from "@ringfence/core/platform/settings";
import { CannotStart } from "@ringfence/db/postgres";
import {
  createFoundingContext,
  createOrganization,
} from "@ringfence/services/account/organization";
import { askForMissing } from "./found/ask.ts";
import { type Flag, type Given, flags, parseFounding } from "./found/founding.ts";
import { findPublicUrl } from "./supervisor/public-url.ts";
import { openDatabaseForCommand } from "./supervisor/database.ts";
import { openInstallationKeys } from "./supervisor/installation-keys.ts";
import { readInstallationSettings } from "./supervisor/installation-settings.ts";
import { onShutdown, stop, stopOnSignals, stopWithError } from "./supervisor/shutdown.ts";

const locale = readHostLocale(process.env);

stopOnSignals();
await found().catch(stopWithError);

async function found() {
  const settings = readInstallationSettings(process.env);
  const founding = await collectFounding();
  const db = await openDatabaseForCommand(settings);
  onShutdown(() => db.close());
  const ctx = await createFoundingContext({ db, keys: await openInstallationKeys(db, settings) });
  const { seller, purposes, firstPassword } = await createOrganization(ctx, founding);
  console.log(`${founding.name} was created.

  organization  ${ctx.organizationId}
  seller        ${seller}
  purposes      ${purposes.join(", ")}

${formatSignInPlace(findPublicUrl(settings, process.env.PUBLIC_URL))} as

  ${founding.owner.email}  ${firstPassword}

Keep the password now: it is shown this once. Whoever signs in with it chooses another.`);
  await stop(0);
}

function formatSignInPlace(address: string | null): string {
  return address === null
    ? "PUBLIC_URL is not set here, so this command does not know where the pages are. Sign in there"
    : `Sign in at ${address}`;
}

async function collectFounding(): Promise<CreateOrganization> {
  const given = parseFlags();
  const { stdin: input, stdout: output } = process;
  const answers = input.isTTY
    ? await askForMissing({ input, output }, given, suggestAnswer, locale)
    : given;
  const parsed = parseFounding(answers, locale);
  if ("founding" in parsed) return parsed.founding;
  const sentences = parsed.faults.map(({ flag, sentence }) => `--${flag}: ${sentence}`);
  throw new CannotStart(sentences.join("\n"));
}

function parseFlags(): Given {
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: "string" } as const]));
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    const usage = `pnpm found ${flags.map((flag) => `[--${flag} …]`).join(" ")}`;
    throw new CannotStart(`${reason}\n${usage}`, { cause: error });
  }
}

/** Returns the most likely answer of a person at this terminal. */
function suggestAnswer(flag: Flag, { name }: Given): string | undefined {
  if (flag === "zone") return Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (flag === "locale") return locale;
  if (flag === "seller") return name;
  return flag === "sector" ? "other" : undefined;
}
