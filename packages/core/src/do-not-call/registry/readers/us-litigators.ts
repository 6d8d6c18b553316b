import { z } from "zod";
import type { Message } from "../../../platform/message/index.ts";
import { addChange } from "../numbers/change-list.ts";
import type { ReadPhone } from "./csv.ts";
import { type Draft, type FileReader, createJsonReader, reportLine } from "./file-reader.ts";

const Phone = z.string().max(40);

/** Answers of two services, as found in public code. */
const Answer = z.union([
  /** `match` has the numbers of people who sue, `clean` the others that were asked about. */
  z.object({
    match: z.record(Phone, z.object({ phone_number: Phone })),
    clean: z.array(z.unknown()),
  }),
  z.array(z.object({ PhoneNumber: Phone, IsLitigator: z.boolean() })),
]);

const encoder = new TextEncoder();

/**
 * Creates a reader for answers about people who sue over calls, as a change list. There is no common format. Numbers
 * that were not asked about stay as they are.
 */
export function createUsLitigatorReader(
  draft: Draft,
  file: string,
  readPhone: ReadPhone,
): FileReader {
  draft.kind = "change";
  const readDigits = (phone: string) => {
    const bytes = encoder.encode(phone);
    return readPhone(bytes, 0, bytes.length, "US");
  };
  return createJsonReader(draft, file, (content): Message | null => {
    const read = Answer.safeParse(content);
    if (!read.success) return { key: "registry.fault.no-litigators", values: { file } };

    const { listed, others } = splitAnswer(read.data);
    // Removals first, so that a number with both answers is listed. An unreadable one removes nothing.
    for (const phone of others) {
      const digits = typeof phone === "string" ? readDigits(phone) : 0;
      if (digits > 0) addChange(draft.changes, digits, 0, false);
    }
    for (const [index, phone] of listed.entries()) {
      const digits = readDigits(phone);
      const values = { file, entry: index + 1 };
      if (digits > 0) addChange(draft.changes, digits, 0, true);
      else reportLine(draft, { key: "registry.fault.no-litigator", values });
    }
    draft.lines += listed.length + others.length;
    return draft.lines === 0 ? { key: "registry.fault.empty", values: { file } } : null;
  });
}

function splitAnswer(answer: z.infer<typeof Answer>): { listed: string[]; others: unknown[] } {
  if (!Array.isArray(answer)) {
    const listed = Object.values(answer.match).map((match) => match.phone_number);
    return { listed, others: answer.clean };
  }
  const { listed = [], others = [] } = Object.groupBy(answer, ({ IsLitigator }) =>
    IsLitigator ? "listed" : "others",
  );
  const listPhones = (some: typeof answer) => some.map(({ PhoneNumber }) => PhoneNumber);
  return { listed: listPhones(listed), others: listPhones(others) };
}
