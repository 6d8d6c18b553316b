import { z } from "zod";
import type { Message } from "../../message/index.ts";
import { addNumber } from "../number-set.ts";
import type { ReadPhone } from "./csv-row.ts";
import { type Draft, type FileReader, reportLine } from "./draft.ts";
import { readJson } from "./read-json.ts";

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

/** Reads answers about people who sue for calls; there is no common file. */
export function readUsLitigators(draft: Draft, file: string, readPhone: ReadPhone): FileReader {
  draft.kind = "full";
  return readJson(draft, file, (said): Message | null => {
    const read = Answer.safeParse(said);
    if (!read.success) return { key: "registry.fault.no-litigators", values: { file } };

    const phones = listedIn(read.data);
    for (const [index, phone] of phones.listed.entries()) {
      draft.lines++;
      const bytes = encoder.encode(phone);
      const digits = readPhone(bytes, 0, bytes.length, "US");
      if (digits > 0) addNumber(draft.numbers, digits);
      else
        reportLine(draft, {
          key: "registry.fault.no-litigator",
          values: { file, entry: index + 1 },
        });
    }
    draft.lines += phones.others;
    return draft.lines === 0 ? { key: "registry.fault.empty", values: { file } } : null;
  });
}

function listedIn(answer: z.infer<typeof Answer>) {
  if (!Array.isArray(answer)) {
    const listed = Object.values(answer.match).map((match) => match.phone_number);
    return { listed, others: answer.clean.length };
  }
  const listed = answer.flatMap((one) => (one.IsLitigator ? one.PhoneNumber : []));
  return { listed, others: answer.length - listed.length };
}
