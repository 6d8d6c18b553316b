import {
  type ManyRows,
  type RowsSummary,
  isRejected,
  mergeSummaries,
  noRows,
  toRowsResponse,
} from "@ringfence/core/platform/rows";
import type { ServiceContext } from "@ringfence/services/context";
import type { FastifyReply, FastifyRequest } from "fastify";
import { answerChange } from "../answer-change.ts";
import { requestLocale } from "../answer-errors.ts";
import { ProblemError } from "../problem.ts";
import type { RowPart } from "./read-ndjson.ts";

/** A verb that takes many rows. */
export type RecordRows = (ctx: ServiceContext, rows: ManyRows) => Promise<RowsSummary>;

/** The most rows in an array; streams have no such limit. */
const MAX_ROWS = 10_000;

/** Records the rows of a request, whether an array or a stream, and answers what became of them. */
export function answerRows(request: FastifyRequest, reply: FastifyReply, record: RecordRows) {
  const parts = request.rowParts ?? [toPart(request.body)];
  return answerChange(request, reply, async (ctx) => ({
    status: 200,
    body: toRowsResponse(requestLocale(request), await recordParts(ctx, parts, record)),
  }));
}

function toPart(body: unknown): RowPart {
  const faults = new Map();
  if (Array.isArray(body) && body.length <= MAX_ROWS) return { firstLine: 1, rows: body, faults };
  if (Array.isArray(body)) {
    const values = { maximum: MAX_ROWS };
    throw new ProblemError("too-large", { key: "error.too-many-items", values });
  }
  const message = { key: "fault.type", values: { expected: "array" } } as const;
  throw new ProblemError("invalid-request", message, { faults: [{ path: "", message }] });
}

/**
 * Records part after part. Without an `Idempotency-Key`, each part is a transaction: what was recorded
 * stays, whatever happens to the rest. With one, all parts are one transaction.
 */
async function recordParts(
  ctx: ServiceContext,
  parts: AsyncIterable<RowPart> | Iterable<RowPart>,
  record: RecordRows,
): Promise<RowsSummary> {
  let answer: RowsSummary | null = null;
  for await (const { firstLine, rows, faults } of parts) {
    const part = await record(ctx, { rows, firstLine });
    const explained = part.rows.map((row) => explain(row, faults));
    answer = mergeSummaries(answer ?? noRows, { ...part, rows: explained });
  }
  // For a stream without rows, the verb still checks whether the key may do this.
  return answer ?? record(ctx, { rows: [] });
}

/** Gives a rejected row the fault that its reader found, if the row could not even be read. */
function explain(row: RowsSummary["rows"][number], faults: RowPart["faults"]) {
  const message = faults.get(row.line);
  return isRejected(row) && message !== undefined ? { ...row, path: "", message } : row;
}
