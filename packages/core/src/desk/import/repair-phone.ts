import type { Message } from "../../platform/message/index.ts";

/** The text of a number as it was before, or why it is lost. The text need not be a number: `readPhone` decides. */
export type RepairedPhone = { text: string; fault?: never } | { fault: Message; text?: never };

/**
 * Restores a number that a spreadsheet changed: `79161234567.0`, `'79161234567`, `="79161234567"`,
 * `79,161,234,567`, and `7.9161234567E+10` if it has all digits. If digits are gone, the number is lost,
 * and the fault says how to avoid that.
 */
export function repairPhone(cell: string): RepairedPhone {
  const text = cell
    .trim()
    .replace(/^=?"?([^"]*)"?$/, "$1")
    .replace(/^['’`]/, "")
    .trim();
  const scientific = /^(\d)(?:[.,](\d+))?e\+?(\d{1,2})$/i.exec(text);
  if (scientific) return fromScientific(text, scientific);
  if (/^\+?\d{7,15}[.,]0+$/.test(text)) return { text: text.replace(/[.,]0+$/, "") };
  if (/^\+?\d{1,3}(,\d{3}){2,}$/.test(text)) return { text: text.replaceAll(",", "") };
  if (text.includes("@")) return { fault: { key: "import.email-not-phone" } };
  return { text };
}

function fromScientific(value: string, [, first = "", rest = "", exponent]: RegExpExecArray) {
  const isWhole = rest.length === Number(exponent);
  return isWhole
    ? { text: `${first}${rest}` }
    : { fault: { key: "import.phone-cut", values: { value } } as const };
}
