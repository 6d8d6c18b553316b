import {
  type ImportOutcome,
  readSuppressionCells,
  rejectedCells,
} from "@ringfence/core/desk/import";
import { internPhones } from "../../people/phone/intern-phones.ts";
import { appendSuppressions } from "../../do-not-call/suppression/append-suppressions.ts";
import type { RowPutter } from "./row-putter.ts";

export const putSuppressionRows: RowPutter = async (ctx, rows, { mapping }) => {
  const read = rows.map(({ line, cells }) => readSuppressionCells(line, cells, mapping, ctx.now));
  const sound = read.filter((row) => row.status === "read");
  const phones = await internPhones(
    ctx,
    sound.map(({ phone }) => phone),
  );
  const outcomes = await appendSuppressions(
    ctx,
    sound.flatMap(({ phone, reason, at, until }) => {
      const phoneId = phones.get(phone)?.id;
      return phoneId ? [{ phoneId, reason, at, until }] : [];
    }),
  );
  return [
    ...read.filter((row) => row.status === "rejected").map(rejectedCells),
    ...sound.map(({ line }, index): ImportOutcome => ({
      line,
      status: outcomes[index]?.status ?? "unchanged",
      remarks: [],
    })),
  ];
};
