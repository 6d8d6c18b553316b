import type { IncomingMessage } from "node:http";
import { BlockList, isIPv6 } from "node:net";
import type { Settings } from "@ringfence/core/settings";

type Trust = Settings<"TRUST_PROXY">["TRUST_PROXY"];

const HEADER = "x-forwarded-for";

/**
 * Leaves in a request the one address that may be believed. Next passes on whatever
 * `X-Forwarded-For` a caller has made up, and shows the socket to nobody.
 */
export function trustAddress(message: unknown, trust: Trust) {
  if (!startsRequest(message)) return;
  const { headers, socket } = message.request;
  headers[HEADER] = clientAddress(socket.remoteAddress ?? "", headers[HEADER], trust);
}

/** Whose request it is: from the right, the first address that no proxy of ours has. */
export function clientAddress(
  socketAddress: string,
  forwardedFor: string | string[] | undefined,
  trust: Trust,
): string {
  const said = [forwardedFor ?? []].flat().join(",").split(",");
  const hops = [
    ...said.map((address) => address.trim()).filter(Boolean),
    socketAddress,
  ].toReversed();
  const known = typeof trust === "number" ? null : networksOf(trust);

  const isOurs = (address: string, hop: number) =>
    known === null ? hop < Number(trust) : known.check(bare(address), familyOf(address));
  return bare(hops.find((address, hop) => !isOurs(address, hop)) ?? hops.at(-1) ?? socketAddress);
}

/** The names that Fastify gives to private networks, so that one setting means the same to both apps. */
const named: Record<string, readonly string[]> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  linklocal: ["169.254.0.0/16", "fe80::/10"],
  uniquelocal: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

function networksOf(trusted: readonly string[]) {
  const list = new BlockList();
  for (const network of trusted.flatMap((entry) => named[entry] ?? [entry])) {
    const [address = "", bits] = network.split("/");
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

/** An IPv4 address that came over an IPv6 socket is the same address. */
const bare = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, "");
const familyOf = (address: string) => (isIPv6(bare(address)) ? "ipv6" : "ipv4");

const startsRequest = (message: unknown): message is { request: IncomingMessage } =>
  typeof message === "object" && message !== null && "request" in message;
