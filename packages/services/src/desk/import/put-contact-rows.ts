import { type ImportOutcome, readContactCells, rejectedCells } from "@ringfence/core/desk/import";
import { applyContacts } from "../../people/contact/apply-contacts.ts";
import type { RowPutter } from "./row-putter.ts";

export const putContactRows: RowPutter = async (ctx, rows, { mapping }) => {
  const read = rows.map(({ line, cells }) => readContactCells(line, cells, mapping));
  const { outcomes } = await applyContacts(
    ctx,
    read.filter((row) => row.status === "read"),
  );
  const all = [...read.filter((row) => row.status === "rejected"), ...outcomes];
  return all.map((outcome): ImportOutcome =>
    outcome.status === "rejected" ? rejectedCells(outcome) : { ...outcome, remarks: [] },
  );
};
