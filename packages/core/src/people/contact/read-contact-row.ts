import { type Phone, readPhone } from "../phone/index.ts";
import { type RejectedRow, readRow, rejected } from "../../platform/rows/index.ts";
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
  for (const { text, path } of numbersOf(row)) {
    const read = readPhone(text, (row.region ?? region).toUpperCase());
    if ("fault" in read) return rejected(line, read.fault, path);
    phones.push(read.phone);
  }
  return { status: "read", line, row, phones };
}

const numbersOf = ({ phone, phones }: ContactRow) => [
  ...(phone?.trim() ? [{ text: phone, path: "/phone" }] : []),
  ...phones.map((text, index) => ({ text, path: `/phones/${index}` })),
];
