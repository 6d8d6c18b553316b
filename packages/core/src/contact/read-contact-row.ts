import { type Phone, readPhone } from "../phone/index.ts";
import { type RejectedRow, readRow, rejected } from "../rows/index.ts";
import { ContactRow } from "./contact.ts";

export type ReadContactRow = { status: "read"; line: number; row: ContactRow; phones: Phone[] };

/** A person as a row tells of them, or what is wrong with it. `region` is for numbers without `+`. */
export function readContactRow(
  line: number,
  sent: unknown,
  region: string,
): ReadContactRow | RejectedRow {
  const { row, fault } = readRow(ContactRow, sent);
  if (fault) return rejected(line, fault.message, fault.path);

  const phones: Phone[] = [];
  for (const [index, text] of row.phones.entries()) {
    const read = readPhone(text, (row.region ?? region).toUpperCase());
    if ("fault" in read) return rejected(line, read.fault, `/phones/${index}`);
    phones.push(read.phone);
  }
  return { status: "read", line, row, phones };
}
