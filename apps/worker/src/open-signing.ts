import { readFileSync } from "node:fs";
import type { Settings } from "@ringfence/core/settings";
import type { Db } from "@ringfence/db";
import { openSigningHouse, rootsIn } from "@ringfence/services/ledger";
import type { LedgerSigning } from "./ledger-loop.ts";

type SigningSettings = Settings<
  "LEDGER_ORIGIN" | "LEDGER_WITNESSES" | "LEDGER_TSA" | "LEDGER_TSA_ROOTS"
>;

/** What the one worker needs that signs the ledger. */
export function openSigning(db: Db, settings: SigningSettings, keyFolder: string): LedgerSigning {
  const { LEDGER_TSA_ROOTS: file } = settings;
  const roots = file === undefined ? [] : rootsIn(readFileSync(file, "utf8"));
  return {
    house: openSigningHouse({ db, origin: settings.LEDGER_ORIGIN, keyFolder }),
    witnesses: settings.LEDGER_WITNESSES,
    authorities: settings.LEDGER_TSA.map((url) => ({ url, roots })),
  };
}
