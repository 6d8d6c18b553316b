import { type Phone, readPhone } from "@ringfence/core/phone";
import type { Random } from "./random.ts";

/** Of many plans: states and countries, shared codes, and codes of which nobody knows the zone. */
const stems =
  "+1202555 +1214555 +1305555 +1503555 +1808555 +1928555 +1850555 +1334555 +1416555 +1876555 " +
  "+1464555 +7916123 +7999123 +7914123 +7401234 +7701123 +491511234 +3361234 +6141234 +3461234 " +
  "+91987654 +552199876 +659123 +39312345 +44740012";

/** Some of the plans, of each several numbers: few, so that facts that look alike often meet. */
export function somePhones(count: number, { below, oneOf }: Random): Phone[] {
  const chosen = Array.from({ length: 6 }, () => oneOf(stems.split(" ")));
  const phones = Array.from({ length: count }, () => {
    const written = oneOf(chosen) + String(below(10_000)).padStart(4, "0");
    const reading = readPhone(written, "US");
    if ("fault" in reading) throw new Error(`${written} is no number`);
    return reading.phone;
  });
  return [...new Set(phones)];
}
