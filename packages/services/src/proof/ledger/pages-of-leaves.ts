import { isSameHash, leafOf } from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import type { Transaction } from "@ringfence/db";
import { LOG_ID } from "./read-tiles.ts";

const PAGE = 8_192;

type Row = { index: number; statement: string | null; leaf: Uint8Array | null };
type Page = { leaves: Uint8Array[]; faults: Message[] };

/** What stands in the log, from its first place to its last, with what is wrong with it by itself. */
export async function* pagesOfLeaves(db: Transaction): AsyncGenerator<Page> {
  let next = 0;
  for (;;) {
    const rows = await db.$queryRaw<Row[]>`
      SELECT leaf_index::float8 AS index, statement, leaf
      FROM ledger.leaf LEFT JOIN ledger.entry USING (entry_id)
      WHERE leaf.log_id = ${LOG_ID} AND leaf_index >= ${BigInt(next)}
      ORDER BY leaf_index LIMIT ${PAGE}`;
    const faults: Message[] = [];
    for (const { index, statement, leaf } of rows) {
      if (index !== next) faults.push({ key: "ledger.audit-gap", values: { index: next } });
      if (!isOf(statement, leaf)) faults.push({ key: "ledger.audit-leaf", values: { index } });
      next = index + 1;
    }
    if (rows.length > 0) yield { leaves: rows.map(({ leaf }) => leaf ?? new Uint8Array()), faults };
    if (rows.length < PAGE) return;
  }
}

const isOf = (statement: string | null, leaf: Uint8Array | null) =>
  statement !== null && leaf !== null && isSameHash(leafOf(statement), leaf);
