import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Message } from "@ringfence/core/platform/message";
import type { Installation } from "@ringfence/services/context";
import {
  type LogSigner,
  type OpenTokens,
  type TimestampAuthority,
  type Witness,
  commitScreenings,
  openLogSigner,
  parseRootCertificates,
  sequenceBatch,
  setWitnesses,
  signCheckpoint,
  timestampCheckpoint,
  witnessCheckpoint,
} from "@ringfence/services/proof/ledger";
import type { Settings } from "@ringfence/core/platform/settings";
import type { Db } from "@ringfence/db";
import { createNewFaultReport } from "./new-faults.ts";
import { type Repeated, repeat } from "./repeat.ts";

/** Longest wait of an entry for its place, and then for a signature, while the machine keeps up. */
const PASS_MS = 500;
/** Pause between two batches of screenings. They are committed to in batches, because each costs a statement. */
const SCREENINGS_MS = 10_000;
/**
 * Pause before each witness and timestamp authority is asked again to vouch for the last checkpoint.
 */
const VOUCH_MS = 10_000;

/** The signer of the log, and who outside is asked to vouch for it. */
type LedgerSigning = {
  logSigner: LogSigner;
  witnesses: readonly Witness[];
  authorities: readonly TimestampAuthority[];
};

type Options = Pick<Installation, "db" | "keys"> & {
  /** Set for the one worker that signs; the others only give entries their places. */
  signing: LedgerSigning | null;
  /** Reports faults to the operator. */
  report: (fault: Message) => void;
};

/**
 * Puts accepted entries into the log and has it signed, until stopped (contract 10). These are
 * loops and not queue jobs: whoever holds the lock on the log's row works, and the others look
 * again later.
 */
export function startLedgerLoop({ signing, report, db, keys }: Options): Repeated {
  const signOnce = signing && createSignOnce(signing.logSigner, report);
  const loops = [
    repeat(PASS_MS, async (isStopped) => {
      while (!isStopped() && (await sequenceBatch(db))) await signOnce?.();
      await signOnce?.();
    }),
    repeat(SCREENINGS_MS, async () => void (await commitScreenings({ db, keys }))),
    ...(signing ? startVouching({ db, keys }, signing, report) : []),
  ];
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function createSignOnce(logSigner: LogSigner, report: Options["report"]) {
  const reportNew = createNewFaultReport(report);
  return async () => {
    const outcome = await signCheckpoint(logSigner);
    reportNew(outcome.outcome === "refused" ? outcome.fault : null);
  };
}

/** Asks each witness and authority separately, so that one that is away delays no other. */
function startVouching(
  { db, keys }: Pick<Options, "db" | "keys">,
  { witnesses, authorities }: LedgerSigning,
  report: Options["report"],
): Repeated[] {
  const startAsking = (ask: () => Promise<{ outcome: string; fault?: Message }>) => {
    const reportNew = createNewFaultReport(report);
    return repeat(VOUCH_MS, async () => reportNew((await ask()).fault ?? null));
  };
  return [
    repeat(
      VOUCH_MS,
      untilDone(() => setWitnesses(db, witnesses)),
    ),
    ...witnesses.map((witness) => startAsking(() => witnessCheckpoint(db, witness))),
    ...authorities.map((authority) =>
      startAsking(() => timestampCheckpoint({ db, keys }, authority)),
    ),
  ];
}

/** Returns work that is done again until it succeeds once: the database may be away at startup. */
function untilDone(work: () => Promise<unknown>) {
  let isDone = false;
  return async () => {
    if (isDone) return;
    await work();
    isDone = true;
  };
}

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
  const openTokens = module === undefined ? undefined : await loadTokenModule(module);
  const roots = file === undefined ? [] : parseRootCertificates(readFileSync(file, "utf8"));
  return {
    logSigner: await openLogSigner({ db, origin, keyFolder, openTokens }),
    witnesses: settings.LEDGER_WITNESSES,
    authorities: settings.LEDGER_TSA.map((url) => ({ url, roots })),
  };
}

/**
 * Loads `openTokens` from the operator's module. It uses `pkcs11js`, which has to be compiled on that machine and for
 * the token's own library (docs/examples/ledger-tokens.mjs).
 */
async function loadTokenModule(file: string): Promise<OpenTokens> {
  const module: { openTokens?: OpenTokens } = await import(pathToFileURL(path.resolve(file)).href);
  if (typeof module.openTokens !== "function") throw new Error(`${file} exports no openTokens`);
  return module.openTokens;
}
