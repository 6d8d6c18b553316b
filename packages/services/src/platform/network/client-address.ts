import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * The proxies whose `X-Forwarded-For` is trusted: a number of them (0 for none), or their addresses, networks and the
 * names in `namedNetworks`.
 */
export type TrustedProxies = number | readonly string[];

/** The names that Fastify and Express give to private networks. */
const namedNetworks: Record<string, readonly string[]> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  linklocal: ["169.254.0.0/16", "fe80::/10"],
  uniquelocal: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

/**
 * Finds who sent a request: from the socket outward, the first address that is not a trusted proxy's. Text
 * that is not an address ends the search, so the last trusted address counts and a caller cannot insert
 * text of their own. Empty if the socket has no address.
 */
export function findClientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
  trusted: TrustedProxies,
): string {
  const forwarded = [forwardedFor ?? []].flat().join(",").split(",");
  let client: Address | null = null;
  for (const [hop, text] of [...forwarded, socketAddress ?? ""].toReversed().entries()) {
    const address = parseAddress(withoutPort(text.trim()));
    if (address === null) break;
    client = address;
    if (!isTrusted(address, hop, trusted)) break;
  }
  return client?.toString() ?? "";
}

/** Some proxies write the port too: `203.0.113.7:4711`, `[2001:db8::7]:4711`. */
const withoutPort = (text: string) =>
  /^\[(?<v6>[^\]]*)\](:\d+)?$/.exec(text)?.groups?.v6 ?? text.replace(/^([\d.]+):\d+$/, "$1");

function isTrusted(address: Address, hop: number, trusted: TrustedProxies): boolean {
  if (typeof trusted === "number") return hop < trusted;
  return trusted
    .flatMap((name) => namedNetworks[name] ?? [name])
    .some((network) => {
      const [range, bits] = ipaddr.parseCIDR(network.includes("/") ? network : single(network));
      return range.kind() === address.kind() && address.match(range, bits);
    });
}

const single = (address: string) => `${address}/${address.includes(":") ? 128 : 32}`;

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

/** The bits of an IPv6 address before the IPv4 address that it holds. */
const MAPPED_BITS = 96;

/**
 * Writes an address or a network (CIDR) in one way, as a network. An IPv4 address or network in the form of IPv6 becomes
 * IPv4, because that is how `findClientAddress` returns such a sender. Throws for any other text.
 */
export function normalizeNetwork(text: string): string {
  const cidr = text.includes("/") ? text : single(text);
  const [address, bits] = ipaddr.parseCIDR(cidr);
  if (address instanceof ipaddr.IPv4) {
    return `${ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()}/${bits}`;
  }
  return address.isIPv4MappedAddress() && bits >= MAPPED_BITS
    ? normalizeNetwork(`${address.toIPv4Address().toString()}/${bits - MAPPED_BITS}`)
    : `${ipaddr.IPv6.networkAddressFromCIDR(cidr).toString()}/${bits}`;
}

/** Reads an IP address as text; one that came over an IPv6 socket is its IPv4 address. Null for anything else. */
function parseAddress(text: string): Address | null {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv6) delete address.zoneId; // of one host, and of no use elsewhere
  return address;
}
