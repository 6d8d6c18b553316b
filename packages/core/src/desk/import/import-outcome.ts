import type { Message } from "../../platform/message/index.ts";
import type { RejectedRow, RowStatus } from "../../platform/rows/index.ts";
import type { Mapping } from "./mapping.ts";

/** What there is to say of a row, and of which field. */
export type Remark = { field: string | null; message: Message };

/** What became of a row of a file. One that is rejected says why; another may have remarks too. */
export type ImportOutcome = { line: number; status: RowStatus; remarks: readonly Remark[] };

/** A fault of what was made of a row, told of the field that its cell holds. */
export const rejectedCells = ({ line, path, message }: RejectedRow): ImportOutcome => ({
  line,
  status: "rejected",
  remarks: [{ field: fieldAt(path), message }],
});

const fieldNames: Record<string, string> = {
  phones: "phone",
  text: "disclosureText",
  language: "disclosureLanguage",
  id: "disclosureId",
  disclosure: "disclosureId",
  version: "disclosureVersion",
};

/** `/phones/1` is a phone, `/evidence/ip` an ip, `/attributes/city` an attribute. */
function fieldAt(path: string): string | null {
  const [, first, second] = path.split("/");
  if (first === undefined || first === "") return null;
  if (first === "attributes") return `attributes.${second}`;
  const isNested = first === "contact" || first === "evidence" || first === "disclosure";
  const name = isNested && second ? second : first;
  return fieldNames[name] ?? name;
}

/** A column as its file calls it: by name, or by number where it has no names. */
export function columnName(
  { columns, hasHeader }: Mapping,
  header: readonly string[],
  field: string,
): string {
  const index = columns.indexOf(field);
  if (index === -1) return field;
  const name = hasHeader ? header[index]?.trim() : undefined;
  return name || String(index + 1);
}
