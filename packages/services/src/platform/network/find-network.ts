import ipaddr from "ipaddr.js";
import { parseAddress } from "./parse-address.ts";

/** Number of 16-bit groups that identify one provider's customer in an IPv6 address. */
const CUSTOMER_GROUPS = 4;

/**
 * Returns the network that a sender belongs to: an IPv4 address itself, or the /64 of an IPv6 address, which
 * belongs to one customer. An IPv4 address received over an IPv6 socket counts as IPv4. Null for an invalid
 * address.
 */
export function findNetwork(text: string): string | null {
  const address = parseAddress(text);
  if (address === null) return null;
  if (address instanceof ipaddr.IPv4) return address.toString();
  const groups = address.parts.slice(0, CUSTOMER_GROUPS).map((group) => group.toString(16));
  return `${groups.join(":")}::/64`;
}
