import ipaddr from "ipaddr.js";

/** Reads an IP address as text; one that came over an IPv6 socket is its IPv4 address. Null for anything else. */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv6) delete address.zoneId; // of one host, and of no use elsewhere
  return address;
}
