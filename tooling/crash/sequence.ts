// A sequencer of the crash test, which also signs if it gets a folder of keys. Runs until killed.
import { openDb } from "@ringfence/db";
import { openLogSigner, sequenceBatch, signCheckpoint } from "@ringfence/services/proof/ledger";

const [url = "", keyFolder] = process.argv.slice(2);
const db = openDb(url);
let logSigner: Awaited<ReturnType<typeof openLogSigner>> | null = null;

for (;;) {
  try {
    // The server may be starting again.
    if (keyFolder !== undefined) {
      logSigner ??= await openLogSigner({ db, origin: "ledger.example/crash", keyFolder });
    }
    await sequenceBatch(db);
    const signed = logSigner && (await signCheckpoint(logSigner));
    if (signed?.outcome === "refused") process.stdout.write(`${signed.fault.key}\n`);
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
