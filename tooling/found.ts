// `pnpm found`: makes an organization with a seller, purposes and an owner, in the configured
// database.
import { parseArgs } from "node:util";
import type { FoundOrganization } from "@ringfence/core/account/organization";
import { readHostLocale } from "@ringfence/core/platform/settings";
import { openDb } from "@ringfence/db";
import { CannotStart } from "@ringfence/db/postgres";
import { createFoundingContext, foundOrganization } from "@ringfence/services/account/organization";
import { ask } from "./found/ask.ts";
import { type Flag, flags, type Given, readFounding } from "./found/founding.ts";
import { findAddress } from "./supervisor/house-address.ts";
import { houseDatabase } from "./supervisor/house-database.ts";
import { openHouseKeys } from "./supervisor/house-keys.ts";
import { houseSettings } from "./supervisor/house-settings.ts";
import { atEnd, fail, stop, stopWhenTold } from "./supervisor/owned.ts";

const locale = readHostLocale(process.env);

stopWhenTold();
await found().catch(fail);

async function found() {
  const settings = houseSettings(process.env);
  const founding = await asked();
  const db = openDb(await houseDatabase(settings));
  atEnd(() => db.close());
  const ctx = await createFoundingContext({ db, keys: await openHouseKeys(db, settings) });
  const { seller, purposes, firstPassword } = await foundOrganization(ctx, founding);
  console.log(`${founding.name} is founded.

  organization  ${ctx.organizationId}
  seller        ${seller}
  purposes      ${purposes.join(", ")}

${whereToSignIn(findAddress(settings, process.env.PUBLIC_URL))} as

  ${founding.owner.email}  ${firstPassword}

Keep the password now: it is shown this once. Whoever signs in with it chooses another.`);
  await stop(0);
}

function whereToSignIn(address: string | null): string {
  return address === null
    ? "PUBLIC_URL is not set here, so this command does not know where the pages are. Sign in there"
    : `Sign in at ${address}`;
}

async function asked(): Promise<FoundOrganization> {
  const given = flagsGiven();
  const { stdin: input, stdout: output } = process;
  const whole = input.isTTY ? await ask({ input, output }, given, usual, locale) : given;
  const read = readFounding(whole, locale);
  if ("founding" in read) return read.founding;
  const sentences = read.faults.map(({ flag, sentence }) => `--${flag}: ${sentence}`);
  throw new CannotStart(sentences.join("\n"));
}

function flagsGiven(): Given {
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: "string" } as const]));
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const says = error instanceof Error ? error.message : "";
    const usage = `pnpm found ${flags.map((flag) => `[--${flag} …]`).join(" ")}`;
    throw new CannotStart(`${says}\n${usage}`, { cause: error });
  }
}

/** The most likely answer of a person at this terminal. */
function usual(flag: Flag, { name }: Given): string | undefined {
  if (flag === "zone") return Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (flag === "locale") return locale;
  if (flag === "seller") return name;
  return flag === "sector" ? "other" : undefined;
}
