import type { ReadCallRow } from "@ringfence/core/calling/call";
import { type RowOutcome, rejected } from "@ringfence/core/platform/rows";
import type { TransactionContext } from "../../platform/context.ts";
import { insertCalls } from "./insert-calls.ts";
import { unknownScreenings } from "./unknown-screenings.ts";

/** Writes calls whose screening, if they name one, is on record, and says what became of each. */
export async function putCalls(
  ctx: TransactionContext,
  calls: readonly ReadCallRow[],
): Promise<RowOutcome[]> {
  const unknown = await unknownScreenings(
    ctx,
    calls.flatMap(({ row }) => row.screening ?? []),
  );
  const isKnown = ({ row }: ReadCallRow) => !row.screening || !unknown.has(row.screening);
  const known = calls.filter(isKnown);
  const isNew = await insertCalls(ctx, known);
  return [
    ...known.map(
      ({ line }, index) => ({ line, status: isNew[index] ? "created" : "unchanged" }) as const,
    ),
    ...calls
      .filter((call) => !isKnown(call))
      .map(({ line }) => rejected(line, { key: "call.screening-unknown" }, "/screening")),
  ];
}
