import { OrganizationId } from "@ringfence/core/ids";
import {
  TILE_WIDTH,
  countTileHashes,
  formatTilePath,
  writeNoteKey,
} from "@ringfence/core/proof/ledger";
import type { Db } from "@ringfence/db";
import { makeApiKey } from "@ringfence/services/account/api-key";
import { openKeys } from "@ringfence/services/platform/keys";
import {
  appendStatements,
  openLogSigner,
  sequenceBatch,
  signCheckpoint,
} from "@ringfence/services/proof/ledger";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Makes a log with this many entries of one organization, grown and signed in steps, and a key that
 * reads proofs.
 */
export async function createLog(db: Db, keyFolder: string, size: number) {
  const keys = await openKeys(db, keyFolder);
  const { id } = await db.prisma.organization.create({ data: { name: "Test", homeRegion: "US" } });
  const organizationId = OrganizationId.parse(id);
  const logSigner = await openLogSigner({ db, origin: "ledger.example/ringfence", keyFolder });
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
    const { outcome } = await signCheckpoint(logSigner);
    if (outcome !== "signed") throw new Error(`the log was ${outcome}`);
  }
  const actor = {
    type: "member",
    id: "test",
    role: "owner",
    sellerIds: [],
    isProven: true,
  } as const;
  const ctx = { db, keys, organizationId, actor };
  const { key } = await makeApiKey(ctx, {
    reason: "It calls for us.",
    name: "Auditor",
    scopes: ["proofs:read"],
  });
  const vkeys = logSigner.signers().map(({ key }) => writeNoteKey(key));
  return { entryIds, authorization: `Bearer ${key}`, vkey: vkeys[0] ?? "" };
}

/** Saves the log in a folder as the API serves it to the public: its checkpoint and every tile. */
export async function downloadLog(origin: string, folder: string, size: number) {
  for (const name of ["checkpoint", ...listTiles(size)]) {
    const response = await fetch(`${origin}/ledger/${name}`);
    if (!response.ok) throw new Error(`${name} answered ${response.status}`);
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, new Uint8Array(await response.arrayBuffer()));
  }
}

function listTiles(size: number): string[] {
  const names: string[] = [];
  for (let level = 0; countTileHashes({ level, index: 0 }, size) > 0; level++) {
    for (let index = 0; countTileHashes({ level, index }, size) > 0; index++) {
      const width = countTileHashes({ level, index }, size);
      names.push(formatTilePath({ level, index, width }));
      if (level === 0) names.push(formatTilePath({ level: "entries", index, width }));
      // A full tile was partial once, and readers who are behind ask for that part.
      if (width === TILE_WIDTH) names.push(formatTilePath({ level, index, width: width - 1 }));
    }
  }
  return names;
}
