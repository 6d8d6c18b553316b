import {
  type Hash,
  isSameHash,
  type NoteKey,
  openCheckpoint,
  readNoteKey,
} from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import type { Transaction } from "@ringfence/db";
import { LOG_ID } from "./read-tiles.ts";

type Row = { size: number; root: Uint8Array; note: string; isAfter: boolean };

/** Checkpoints whose root is not what the entries make, whose signature does not hold, or out of order. */
export async function auditCheckpoints(
  db: Transaction,
  roots: ReadonlyMap<number, Hash>,
): Promise<{ count: number; faults: Message[] }> {
  const keys = await loadKeys(db);
  const rows = await db.$queryRaw<Row[]>`
    SELECT size::float8, root, note,
      signed_at >= coalesce(lag(signed_at) OVER (ORDER BY size), '-infinity') AS "isAfter"
    FROM ledger.checkpoint WHERE log_id = ${LOG_ID} ORDER BY size`;
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

async function loadKeys(db: Transaction): Promise<NoteKey[]> {
  const rows = await db.$queryRaw<{ vkey: string }[]>`
    SELECT vkey FROM ledger.log_key WHERE log_id = ${LOG_ID}`;
  return rows.flatMap(({ vkey }) => readNoteKey(vkey) ?? []);
}
