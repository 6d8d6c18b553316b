import { type Element, elementAt, textAt } from "../soap/read-xml.ts";
import type { Said } from "./asked-service.ts";

const said = { Y: "listed", N: "free", I: "invalid" } as const;

/** What the Australian register says of a whole wash, and of each number. */
export type Washed = { code: string; said: Map<string, Said> };

/**
 * `<NumbersSubmitted><Number Result="N" ErrorCode="0">0412345678</Number></NumbersSubmitted>` was seen
 * in public code. That the code of the whole stands in an element `ErrorCode` is ASSUMED; where there
 * is none, numbers that were answered say that it went well.
 */
export function washedIn(given: Element): Washed {
  const numbers = elementAt(given, "NumbersSubmitted")?.elements ?? [];
  const washed = new Map<string, Said>();
  for (const { text, attributes } of numbers) {
    const digits = text.replace(/\D/g, "").replace(/^0/, "61");
    const result = attributes.get("Result");
    const isSaid = result === "Y" || result === "N" || result === "I";
    // Of one that it says two things of, nobody is called.
    if (!isSaid || washed.has(digits)) washed.set(digits, "invalid");
    else
      washed.set(
        digits,
        attributes.get("ErrorCode") === "0" || result !== "N" ? said[result] : "invalid",
      );
  }
  const code = textAt(given, "ErrorCode") ?? given.attributes.get("ErrorCode");
  return { code: code ?? (washed.size > 0 ? "0" : "—"), said: washed };
}
