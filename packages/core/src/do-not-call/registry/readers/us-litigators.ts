import { z } from "zod";
import type { Message } from "../../../platform/message/index.ts";
import { addChange } from "../numbers/change-list.ts";
import type { ReadPhone } from "./csv.ts";
import { type Draft, type FileReader, readJson, reportLine } from "./file-reader.ts";

const Phone = z.string().max(40);

/** What two services were seen to answer, in code that is public. */
const Answer = z.union([
  /** `match` holds the numbers of people who sue, `clean` those asked about who do not. */
  z.object({
    match: z.record(Phone, z.object({ phone_number: Phone })),
    clean: z.array(z.unknown()),
  }),
  z.array(z.object({ PhoneNumber: Phone, IsLitigator: z.boolean() })),
]);

const encoder = new TextEncoder();

/**
 * Reads answers about people who sue for calls; there is no common file. They say nothing of numbers
 * that were not asked about, which stay as they are.
 */
export function readUsLitigators(draft: Draft, file: string, readPhone: ReadPhone): FileReader {
  draft.kind = "change";
  const digitsOf = (phone: string) => {
    const bytes = encoder.encode(phone);
    return readPhone(bytes, 0, bytes.length, "US");
  };
  return readJson(draft, file, (said): Message | null => {
    const read = Answer.safeParse(said);
    if (!read.success) return { key: "registry.fault.no-litigators", values: { file } };

    const { listed, others } = saidIn(read.data);
    // First, so that of a number that is said to be both the worse counts; one that is not understood
    // stays as it is.
    for (const phone of others) {
      const digits = typeof phone === "string" ? digitsOf(phone) : 0;
      if (digits > 0) addChange(draft.changes, digits, 0, false);
    }
    for (const [index, phone] of listed.entries()) {
      const digits = digitsOf(phone);
      const values = { file, entry: index + 1 };
      if (digits > 0) addChange(draft.changes, digits, 0, true);
      else reportLine(draft, { key: "registry.fault.no-litigator", values });
    }
    draft.lines += listed.length + others.length;
    return draft.lines === 0 ? { key: "registry.fault.empty", values: { file } } : null;
  });
}

function saidIn(answer: z.infer<typeof Answer>): { listed: string[]; others: unknown[] } {
  if (!Array.isArray(answer)) {
    const listed = Object.values(answer.match).map((match) => match.phone_number);
    return { listed, others: answer.clean };
  }
  const { listed = [], others = [] } = Object.groupBy(answer, ({ IsLitigator }) =>
    IsLitigator ? "listed" : "others",
  );
  const phonesOf = (some: typeof answer) => some.map(({ PhoneNumber }) => PhoneNumber);
  return { listed: phonesOf(listed), others: phonesOf(others) };
}
