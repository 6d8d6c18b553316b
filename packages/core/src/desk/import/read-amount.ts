/**
 * A sum as spreadsheets and shops write it, to the hundredth: `1 234,56 ₽`, `$1,234.50`, `1234.5`.
 * Null for what is none, and for `1.2E+7`, which is what is shown of a longer one.
 */
export function readAmount(cell: string): number | null {
  if (/\dE[+-]?\d/i.test(cell)) return exactly(cell.trim());
  const bare = cell.replaceAll(/[\s'’\p{Sc}]|[a-zа-яё]+\.?/giu, "");
  const spelled = /^(\d[\d.,]*)$/.exec(bare)?.[1];
  if (spelled === undefined) return null;
  const point = decimalPointOf(spelled);
  const [whole = "", part = ""] =
    point === -1 ? [spelled] : [spelled.slice(0, point), spelled.slice(point + 1)];
  const digits = whole.replaceAll(/[.,]/g, "");
  const isGrouped = /^(\d+|\d{1,3}([.,]\d{3})+)$/.test(whole);
  if (!isGrouped || digits.length > 12 || /[.,]/.test(part)) return null;
  return Math.round(Number(`${digits}.${part || "0"}`) * 100) / 100;
}

/** An amount with the exponent that programs write, and that tells all of it: `1.25E7`. */
function exactly(text: string): number | null {
  const amount = Number(text);
  return /^\d(\.\d+)?E\d{1,2}$/i.test(text) && amount < 1e12
    ? Math.round(amount * 100) / 100
    : null;
}

/** The last mark parts the hundredths, unless it stands where thousands do, or stands twice. */
function decimalPointOf(text: string): number {
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (last === -1) return -1;
  const mark = text.charAt(last);
  const isRepeated = text.indexOf(mark) !== last;
  const isOnly = !text.includes(mark === "." ? "," : ".");
  const isThousands = mark === "," && isOnly && /,\d{3}$/.test(text);
  return isRepeated || isThousands ? -1 : last;
}
