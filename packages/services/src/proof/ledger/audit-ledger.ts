import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../../platform/internal.ts";
import { type KeyTaking, type Message, createMessage } from "@ringfence/core/platform/message";
import type { Db, Transaction } from "@ringfence/db";
import {
  type Hash,
  type NoteKey,
  TILE_WIDTH,
  type Tile,
  type TilePosition,
  type TreeHead,
  listEdgeTiles,
  emptyRoot,
  appendLeaves,
  hashLeaf,
  computeHeadFromTiles,
  isSameHash,
  createLeaf,
  openCheckpoint,
} from "@ringfence/core/proof/ledger";
import { isFiledAsStated } from "./plain-statement.ts";
import { readLogKeys } from "./signer/log-keys.ts";
import { HASH_BYTES, LOG_ID, createTileReader, loadTiles, tileKey } from "./tiles.ts";

export type LedgerAudit = {
  /** Number of entries that were read and hashed again. */
  size: number;
  checkpoints: number;
  /** Empty if the ledger is intact. */
  faults: Message[];
};

/**
 * Reads the whole ledger and reports what triggers cannot prevent: gaps, entries that are neither in the log
 * nor waiting, entries filed under another organization, kind or key than their statements name, tiles and checkpoints
 * that do not match the entries, and invalid signatures. Reads one snapshot, so that concurrent writes are not reported
 * as faults.
 */
export const auditLedger = ({ prisma }: Pick<Db, "prisma">): Promise<LedgerAudit> =>
  prisma.$transaction(
    async (tx) => {
      const queue = await auditQueue(tx);
      const tree = await rebuildTree(tx);
      const { count, faults } = await auditCheckpoints(tx, tree.roots);
      return {
        size: tree.size,
        checkpoints: count,
        faults: [...queue, ...tree.faults, ...faults],
      };
    },
    { isolationLevel: "RepeatableRead", timeout: 3_600_000 },
  );

/** Hours that an entry may wait for its position, as promised. */
const MAX_WAIT_HOURS = 24;

const QueueCounts = z.object({
  lost: z.number(),
  double: z.number(),
  orphans: z.number(),
  late: z.number(),
});
type QueueCounts = z.infer<typeof QueueCounts>;

/**
 * Finds entries that are neither in the log nor waiting, that wait although they are in it, or that wait too long, and
 * waiting rows without an entry or with a hash that is not their entry's.
 */
async function auditQueue(db: Transaction): Promise<Message[]> {
  const [counts] = await selectRows(
    { db },
    QueueCounts,
    sql`
    SELECT
      (SELECT count(*) FROM ledger.entry
        WHERE NOT EXISTS (SELECT FROM ledger.leaf WHERE leaf.entry_id = entry.entry_id)
          AND NOT EXISTS (SELECT FROM ledger.pending WHERE pending.entry_id = entry.entry_id))::float8 AS lost,
      (SELECT count(*) FROM ledger.pending JOIN ledger.leaf USING (entry_id))::float8 AS double,
      (SELECT count(*) FROM ledger.pending LEFT JOIN ledger.entry USING (entry_id)
        WHERE entry.entry_id IS NULL OR leaf_hash <> sha256('\\x00'::bytea || leaf))::float8 AS orphans,
      (SELECT count(*) FROM ledger.pending
        WHERE accepted_at < clock_timestamp() - make_interval(hours => ${MAX_WAIT_HOURS}))::float8 AS late`,
  );
  if (counts === undefined) throw new Error("the database counted nothing");
  const { lost, double, orphans, late } = counts;
  return [
    ...countFault("ledger.audit-lost", lost),
    ...countFault("ledger.audit-double", double),
    ...countFault("ledger.audit-orphans", orphans),
    ...countFault("ledger.audit-late", late),
  ];
}

const countFault = (key: KeyTaking<{ count: number }>, count: number): Message[] =>
  count === 0 ? [] : [createMessage(key, { count })];

type RebuiltTree = {
  size: number;
  faults: Message[];
  /** Roots computed from the entries alone, at the sizes that were signed. */
  roots: ReadonlyMap<number, Hash>;
};

/** Rebuilds the tree from the entries in order, and compares every tile. */
async function rebuildTree(db: Transaction): Promise<RebuiltTree> {
  const faults: Message[] = [];
  const signed = await loadSignedSizes(db);
  const roots = new Map<number, Hash>([[0, emptyRoot]]);
  let edge: Tile[] = [];
  let size = 0;
  for await (const page of readLeafPages(db)) {
    const grown = appendLeaves(size, edge, concatHashes(page.leaves.map(hashLeaf)));
    const before = size;
    size = grown.head.size;
    const tiles = new Map([...edge, ...grown.tiles].map((tile) => [tileKey(tile), tile]));
    const readTile = (place: TilePosition) => tiles.get(tileKey(place))?.hashes ?? new Uint8Array();
    for (const at of signed.filter((at) => at > before && at <= size)) {
      roots.set(at, computeHeadFromTiles(at, readTile).root);
    }
    faults.push(...page.faults, ...(await compareTiles(db, grown.tiles)));
    edge = listEdgeTiles(size).map((place) => ({ ...place, hashes: readTile(place) }));
  }
  const readEdge = (place: TilePosition) =>
    edge.find((tile) => tileKey(tile) === tileKey(place))?.hashes ?? new Uint8Array();
  faults.push(...(await compareHead(db, computeHeadFromTiles(size, readEdge))));
  return { size, faults, roots };
}

async function loadSignedSizes(db: Transaction): Promise<number[]> {
  const rows = await selectRows(
    { db },
    z.object({ size: z.number() }),
    sql`
    SELECT size::float8 FROM ledger.checkpoint WHERE log_id = ${LOG_ID} ORDER BY size`,
  );
  return rows.map(({ size }) => size);
}

function concatHashes(hashes: readonly Hash[]): Uint8Array {
  const all = new Uint8Array(hashes.length * HASH_BYTES);
  for (const [index, hash] of hashes.entries()) all.set(hash, index * HASH_BYTES);
  return all;
}

const PAGE_SIZE = 8_192;

const LeafRow = z.object({
  index: z.number(),
  entryId: z.string(),
  organizationId: z.string().nullable(),
  kind: z.string().nullable(),
  idemKey: z.instanceof(Uint8Array).nullable(),
  statement: z.string().nullable(),
  leaf: z.instanceof(Uint8Array).nullable(),
});
type LeafRow = z.infer<typeof LeafRow>;
type LeafPage = { leaves: Uint8Array[]; faults: Message[] };

/** Reads the leaves of the log in order, page by page, with the faults of each leaf. */
async function* readLeafPages(db: Transaction): AsyncGenerator<LeafPage> {
  let next = 0;
  for (;;) {
    const rows = await selectRows(
      { db },
      LeafRow,
      sql`
      SELECT leaf_index::float8 AS index, entry_id AS "entryId", organization_id AS "organizationId", kind,
        idem_key AS "idemKey", statement, leaf
      FROM ledger.leaf LEFT JOIN ledger.entry USING (entry_id)
      WHERE leaf.log_id = ${LOG_ID} AND leaf_index >= ${BigInt(next)}
      ORDER BY leaf_index LIMIT ${PAGE_SIZE}`,
    );
    const faults: Message[] = [];
    for (const row of rows) {
      const { index, entryId, statement, leaf } = row;
      if (index !== next) faults.push({ key: "ledger.audit-gap", values: { index: next } });
      if (!isLeafOfStatement(statement, leaf))
        faults.push({ key: "ledger.audit-leaf", values: { index } });
      if (isMisfiled(row)) faults.push({ key: "ledger.audit-misfiled", values: { id: entryId } });
      next = index + 1;
    }
    if (rows.length > 0) yield { leaves: rows.map(({ leaf }) => leaf ?? new Uint8Array()), faults };
    if (rows.length < PAGE_SIZE) return;
  }
}

const isMisfiled = ({ organizationId, kind, idemKey, statement }: LeafRow) =>
  organizationId !== null &&
  kind !== null &&
  idemKey !== null &&
  statement !== null &&
  !isFiledAsStated({ organizationId, kind, idemKey, statement });

const isLeafOfStatement = (statement: string | null, leaf: Uint8Array | null) =>
  statement !== null && leaf !== null && isSameHash(createLeaf(statement), leaf);

/** Compares tiles in the database with those computed from the entries. Stored ones may be longer. */
async function compareTiles(db: Transaction, tiles: readonly Tile[]): Promise<Message[]> {
  const stored = await loadTiles(db, tiles);
  const storedKeys = new Set(stored.map(tileKey));
  const readTile = createTileReader(stored);
  return tiles.flatMap(({ hashes, ...position }): Message[] => {
    const tile = tileKey(position);
    const isThere =
      storedKeys.has(tile) && isSameHash(readTile(position).slice(0, hashes.length), hashes);
    return isThere ? [] : [{ key: "ledger.audit-tile", values: { tile } }];
  });
}

/** Compares the log's head, and the number of hashes in its tiles, with those computed from the entries. */
async function compareHead(db: Transaction, head: TreeHead): Promise<Message[]> {
  const [log] = await selectRows(
    { db },
    z.object({ size: z.number(), root: z.instanceof(Uint8Array), hashes: z.number() }),
    sql`
    SELECT size::float8, root, coalesce((
      SELECT sum(octet_length(hashes)) FROM ledger.tile WHERE log_id = ${LOG_ID}
    ), 0)::float8 / ${HASH_BYTES} AS hashes
    FROM ledger.log WHERE log_id = ${LOG_ID}`,
  );
  if (log === undefined) return [{ key: "ledger.audit-no-log" }];

  const isHead = log.size === head.size && isSameHash(log.root, head.root);
  const values = { size: log.size, made: head.size };
  return [
    ...(isHead ? [] : [{ key: "ledger.audit-head", values } as const]),
    ...(log.hashes === countHashes(head.size) ? [] : [{ key: "ledger.audit-tiles" } as const]),
  ];
}

/** Counts the hashes in all tiles of a log of this size. */
const countHashes = (size: number): number =>
  size === 0 ? 0 : size + countHashes(Math.floor(size / TILE_WIDTH));

const CheckpointRow = z.object({
  size: z.number(),
  root: z.instanceof(Uint8Array),
  note: z.string(),
  isAfter: z.boolean(),
});
type CheckpointRow = z.infer<typeof CheckpointRow>;

/** Reports checkpoints with a wrong root or signature, and checkpoints out of order. */
async function auditCheckpoints(
  db: Transaction,
  roots: ReadonlyMap<number, Hash>,
): Promise<{ count: number; faults: Message[] }> {
  const keys = await readLogKeys(db);
  const rows = await selectRows(
    { db },
    CheckpointRow,
    sql`
    SELECT size::float8, root, note,
      signed_at >= coalesce(lag(signed_at) OVER (ORDER BY size), '-infinity') AS "isAfter"
    FROM ledger.checkpoint WHERE log_id = ${LOG_ID} ORDER BY size`,
  );
  const faults = rows.flatMap(({ size, root, note, isAfter }): Message[] => {
    const values = { size };
    const made = roots.get(size);
    const isRoot = made !== undefined && isSameHash(made, root);
    return [
      ...(isRoot ? [] : [{ key: "ledger.audit-root", values } as const]),
      ...(isSignedAs(note, { size, root }, keys)
        ? []
        : [{ key: "ledger.audit-note", values } as const]),
      ...(isAfter ? [] : [{ key: "ledger.audit-order", values } as const]),
    ];
  });
  return { count: rows.length, faults };
}

function isSignedAs(note: string, head: { size: number; root: Hash }, keys: readonly NoteKey[]) {
  const opened = openCheckpoint(note, keys);
  if (!opened.ok) return false;
  const { size, root } = opened.checkpoint;
  return size === head.size && isSameHash(root, head.root);
}
