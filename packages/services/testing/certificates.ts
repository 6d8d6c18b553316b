import type { OrganizationId } from "@ringfence/core/ids";
import { anOrganization } from "@ringfence/db/testing";
import type { RootContext } from "../src/platform/context.ts";
import { sequenceBatch } from "../src/proof/ledger/sequence-entries.ts";
import { aLedger } from "./ledger.ts";
import { keys, officer } from "./scenes.ts";

/** An officer of an organization in a ledger of their own, which `publish` brings up to date. */
export async function aLedgerOffice() {
  const { db, logSigner, sign, key, url } = await aLedger();
  const organizationId: OrganizationId = await anOrganization(db);
  const ctx: RootContext = { db, keys, organizationId, actor: officer };
  const publish = async () => {
    await sequenceBatch(db);
    await sign();
  };
  return { ctx, publish, logSigner, key, url };
}
