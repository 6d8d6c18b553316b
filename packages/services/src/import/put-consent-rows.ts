import { readConsent } from "@ringfence/core/consent";
import { type ImportOutcome, readConsentCells, rejectedCells } from "@ringfence/core/import";
import { rejected } from "@ringfence/core/rows";
import { type PutConsent, putConsents } from "../consent/put-consents.ts";
import { purposesOf } from "../purpose/purposes-of.ts";
import { sellersOf } from "../seller/sellers-of.ts";
import type { RowPutter } from "./row-putter.ts";

/** Consents that come after a refusal are kept, held, and change no verdict (contract 6). */
export const putConsentRows: RowPutter = async (ctx, rows, { importId, mapping }) => {
  const world = {
    sellers: await sellersOf(ctx),
    purposes: await purposesOf(ctx),
    region: mapping.region,
    now: ctx.now,
  };
  const read = rows.map(({ line, cells }) => {
    const row = readConsentCells(line, cells, mapping, { import: importId, row: line });
    if (row.status === "rejected") return row;
    const { phone, sellerId, fault } = readConsent(row.consent, world);
    return fault ? rejected(line, fault.message, fault.path) : { ...row, phone, sellerId };
  });
  const sound = read.filter((row) => row.status === "read");
  const put = await putConsents(ctx, sound);
  return [
    ...read.filter((row) => row.status === "rejected").map(rejectedCells),
    ...sound.map(({ line }, index) => outcomeOf(line, put[index] ?? null)),
  ];
};

function outcomeOf(line: number, put: PutConsent | null): ImportOutcome {
  if (put === null) {
    return rejectedCells(rejected(line, { key: "disclosure.unknown" }, "/disclosure/id"));
  }
  const isHeld = put.standing.some(({ status }) => status === "held");
  const remarks = isHeld ? [{ field: null, message: { key: "import.consent-held" } as const }] : [];
  return { line, status: put.isNew ? "created" : "unchanged", remarks };
}
