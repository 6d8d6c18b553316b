import { readFileSync } from "node:fs";
import type { Settings } from "@ringfence/core/platform/settings";
import type { Db } from "@ringfence/db";
import { openLogSigner, parseRootCertificates } from "@ringfence/services/proof/ledger";
import type { LedgerSigning } from "./ledger-loop.ts";
import { openTokens } from "./open-tokens.ts";

type SigningSettings = Settings<
  "LEDGER_ORIGIN" | "LEDGER_TOKENS" | "LEDGER_WITNESSES" | "LEDGER_TSA" | "LEDGER_TSA_ROOTS"
>;

/** Opens the keys, witnesses and authorities of the one worker that signs the ledger. */
export async function openSigning(
  db: Db,
  settings: SigningSettings,
  keyFolder: string,
): Promise<LedgerSigning> {
  const { LEDGER_TSA_ROOTS: file, LEDGER_ORIGIN: origin, LEDGER_TOKENS: module } = settings;
  const tokens = module === undefined ? [] : await openTokens(module);
  const roots = file === undefined ? [] : parseRootCertificates(readFileSync(file, "utf8"));
  return {
    house: await openLogSigner({ db, origin, keyFolder, tokens }),
    witnesses: settings.LEDGER_WITNESSES,
    authorities: settings.LEDGER_TSA.map((url) => ({ url, roots })),
  };
}
