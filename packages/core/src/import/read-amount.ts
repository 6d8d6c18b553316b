/**
 * A sum as spreadsheets and shops write it, to the hundredth: `1 234,56 ₽`, `$1,234.50`, `1234.5`.
 * Null for what is none.
 */
export function readAmount(cell: string): number | null {
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
