import ipaddr from "ipaddr.js";

/** The 16-bit groups of an IPv6 address that one customer of a provider has. */
const CUSTOMER_GROUPS = 4;

/**
 * Who sends, as far as an address tells: an IPv4 address itself, the /64 of an IPv6 address, of which one
 * customer has them all. An address that came over an IPv6 socket is the same address; null for what is
 * none.
 */
export function networkOfAddress(text: string): string | null {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const groups = address.parts.slice(0, CUSTOMER_GROUPS).map((group) => group.toString(16));
  return `${groups.join(":")}::/64`;
}
