import { readCallCells, rejectedCells } from "@ringfence/core/desk/import";
import { putCalls } from "../../calling/call/put-calls.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import type { RowPutter } from "./row-putter.ts";

/** Puts calls of a dialer's log on record. A call whose id is on record stays as it is. */
export const putCallRows: RowPutter = async (ctx, rows, { mapping }) => {
  const world = {
    sellers: await sellersOf(ctx),
    purposes: await purposesOf(ctx),
    region: mapping.region,
    now: ctx.now,
  };
  const read = rows.map(({ line, cells }) => readCallCells(line, cells, mapping, world));
  const put = await putCalls(
    ctx,
    read.filter((row) => row.status === "read"),
  );
  return [...read.filter((row) => row.status === "rejected"), ...put].map((row) =>
    row.status === "rejected"
      ? rejectedCells(row)
      : { line: row.line, status: row.status, remarks: [] },
  );
};
