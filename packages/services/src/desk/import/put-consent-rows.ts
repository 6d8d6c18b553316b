import { readConsent } from "@ringfence/core/consents/consent";
import {
  type ImportOutcome,
  type Remark,
  readConsentCells,
  rejectedCells,
} from "@ringfence/core/desk/import";
import { rejected } from "@ringfence/core/platform/rows";
import { type PutConsent, putConsents } from "../../consents/consent/put-consents.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import type { RowPutter } from "./row-putter.ts";

/**
 * Consents that come after a refusal are kept, held, and change no verdict (contract 6). Those that
 * their file does not prove are kept too, and allow no call until it does.
 */
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
    ...put.map((one, index) => outcomeOf(sound[index]?.line ?? 0, one)),
  ];
};

const lacks = {
  act: { field: "act", message: { key: "import.consent-lacks-act" } },
  words: { field: "disclosureText", message: { key: "import.consent-lacks-words" } },
} as const satisfies Record<string, Remark>;

function outcomeOf(line: number, put: PutConsent): ImportOutcome {
  if (put.fault) return rejectedCells(rejected(line, put.fault.message, put.fault.path));
  const isHeld = put.standing.some(({ status }) => status === "held");
  const missing = new Set(put.standing.flatMap(({ missing = [] }) => missing));
  const remarks: Remark[] = [
    ...(isHeld ? [{ field: null, message: { key: "import.consent-held" } } as const] : []),
    ...(missing.has("affirmative_action") ? [lacks.act] : []),
    ...(missing.has("text_version") ? [lacks.words] : []),
  ];
  return { line, status: put.isNew ? "created" : "unchanged", remarks };
}
