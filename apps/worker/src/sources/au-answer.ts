import { type Element, elementAt, textAt } from "../soap/read-xml.ts";
import type { Said } from "./asked-service.ts";

const said = { Y: "listed", N: "free", I: "invalid" } as const;

/** The Australian register's code for a whole wash, and its answer for each number. */
export type Washed = { code: string; said: Map<string, Said> };

/**
 * Reads the answer to a wash. `<NumbersSubmitted><Number Result="N"
 * ErrorCode="0">0412345678</Number></NumbersSubmitted>` was seen in public code. ASSUMED: the code
 * of the whole wash is in an element `ErrorCode`. Without one, answered numbers mean success.
 */
export function washedIn(given: Element): Washed {
  const numbers = elementAt(given, "NumbersSubmitted")?.elements ?? [];
  const washed = new Map<string, Said>();
  for (const { text, attributes } of numbers) {
    const digits = text.replace(/\D/g, "").replace(/^0/, "61");
    const result = attributes.get("Result");
    const isSaid = result === "Y" || result === "N" || result === "I";
    // A number about which the answer says two things is not called.
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
