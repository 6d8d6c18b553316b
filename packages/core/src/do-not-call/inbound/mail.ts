import { type ReplyReading, interpretReply } from "./reply.ts";

/** First line of a quoted message, in the formats of common mail programs. */
const QUOTED =
  /^(>|-{3,}|_{5,}|On .+ wrote:|.+ (пишет|писала?|написала?):?$|From: |От: |-+ ?(Original|Forwarded|Исходное|Пересылаемое))/;

/** Returns the text above the quoted message. */
export function removeQuotedText(text: string): string {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => QUOTED.test(line.trim()));
  return lines.slice(0, end === -1 ? lines.length : end).join("\n");
}

/**
 * Decides if a mail is an opt-out, as `interpretReply` reads the subject and the person's own text: an opt-out
 * in either counts, else a question in either. If the person wrote nothing above the quoted message, anything
 * but "other" in the whole text is a question.
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
