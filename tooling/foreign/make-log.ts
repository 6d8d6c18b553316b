import { OrganizationId } from "@ringfence/core/ids";
import { writeNoteKey } from "@ringfence/core/proof/ledger";
import type { Db } from "@ringfence/db";
import { makeApiKey } from "@ringfence/services/account/api-key";
import { openKeys } from "@ringfence/services/platform/keys";
import {
  appendStatements,
  openLogSigner,
  sequenceBatch,
  signCheckpoint,
} from "@ringfence/services/proof/ledger";

/**
 * Makes a log with this many entries of one organization, grown and signed in steps, and a key that
 * reads proofs.
 */
export async function makeLog(db: Db, keyFolder: string, size: number) {
  const keys = await openKeys(db, keyFolder);
  const { id } = await db.prisma.organization.create({ data: { name: "Test", homeRegion: "US" } });
  const organizationId = OrganizationId.parse(id);
  const house = await openLogSigner({ db, origin: "ledger.example/ringfence", keyFolder });
  const entryIds: string[] = [];
  for (const step of [1, 7, 248, 1, size]) {
    const from = entryIds.length;
    const statements = Array.from({ length: Math.min(step, size - from) }, (_, index) => ({
      organizationId,
      kind: "scrub" as const,
      idempotencyKey: `scrub/${from + index}`,
      statement: `e30.${Buffer.from(String(from + index)).toString("base64url")}.AAAA`,
    }));
    const appended = await db.prisma.$transaction((tx) => appendStatements(tx, statements));
    entryIds.push(...appended.map(({ entryId }) => entryId));
    while (await sequenceBatch(db));
    const { outcome } = await signCheckpoint(house);
    if (outcome !== "signed") throw new Error(`the log was ${outcome}`);
  }
  const actor = { type: "member", id: "test", role: "owner", sellerIds: [] } as const;
  const ctx = { db, keys, organizationId, actor };
  const { key } = await makeApiKey(ctx, {
    reason: "It calls for us.",
    name: "Auditor",
    scopes: ["proofs:read"],
  });
  const vkeys = house.signers().map(({ key }) => writeNoteKey(key));
  return { entryIds, authorization: `Bearer ${key}`, vkey: vkeys[0] ?? "" };
}
