import "server-only";
import type { Trust } from "@ringfence/core/proof/ledger";
import { readLogPolicy } from "@ringfence/services/proof/ledger";
import { installation } from "./db";

/** Returns the keys that this installation publishes, which verify its own certificates. */
export async function siteTrust(): Promise<Trust> {
  const { db, keys } = installation();
  const statementKeys = keys.statementKeys.map(({ x }) => ({ kty: "OKP", crv: "Ed25519", x }));
  return {
    policy: await readLogPolicy(db),
    keys: JSON.stringify({ keys: statementKeys }),
    from: "site",
  };
}
