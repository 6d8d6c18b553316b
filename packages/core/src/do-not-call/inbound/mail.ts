import { type ReplyReading, interpretReply } from "./reply.ts";

/** Where what the person wrote ends, and what they answer begins, in the words of mail programs. */
const QUOTED =
  /^(>|-{3,}|_{5,}|On .+ wrote:|.+ (пишет|писала?|написала?):?$|From: |От: |-+ ?(Original|Forwarded|Исходное|Пересылаемое))/;

/** What the person wrote themselves, above what they answer. */
export function removeQuotedText(text: string): string {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => QUOTED.test(line.trim()));
  return lines.slice(0, end === -1 ? lines.length : end).join("\n");
}

/**
 * What a person means by a mail: a keyword in the subject or in their own words refuses all calls; what
 * may be one is a question. So is one below what is quoted, where they have written nothing above it.
 */
export function interpretMailText({
  subject,
  text,
}: {
  subject: string;
  text: string;
}): ReplyReading {
  const readings = new Set([subject, removeQuotedText(text)].map(interpretReply));
  if (readings.has("refusal")) return "refusal";
  const isBelow = removeQuotedText(text).trim() === "" && interpretReply(text) !== "other";
  return readings.has("question") || isBelow ? "question" : "other";
}
