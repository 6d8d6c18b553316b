import { type Phone, readPhone } from "@ringfence/core/people/phone";
import type { Random } from "./random.ts";

/**
 * Prefixes of places where calls are capped, where consent expires by itself, and where the date of a
 * listing counts.
 */
const capped = ["+1305555", "+1850555", "+1503555", "+3361234"];
const expiring = ["+6141234", "+3461234"];
const dated = ["+39312345"];
/** Other states and countries, shared codes, and codes with an unknown time zone. */
const others =
  "+1207555 +1202555 +1214555 +1808555 +1928555 +1334555 +1416555 +1876555 +1464555 +7916123 +7999123 " +
  "+7914123 +7401234 +7701123 +491511234 +91987654 +552199876 +659123 +44740012 +4179555 +90532555";

/** Numbers of four plans, many of each, so that facts that look alike often meet. */
export function somePhones(count: number, { below, oneOf }: Random): Phone[] {
  const stems = [capped, expiring, dated, others.split(" ")].map((some) => oneOf(some));
  const phones = Array.from({ length: count }, () => {
    const written = oneOf(stems) + String(below(10_000)).padStart(4, "0");
    const reading = readPhone(written, "US");
    if ("fault" in reading) throw new Error(`${written} is no number`);
    return reading.phone;
  });
  return [...new Set(phones)];
}
