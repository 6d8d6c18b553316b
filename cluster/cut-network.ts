import { runTool, toNamespace } from "./network.ts";

/** Direction in which packets of a host are dropped. */
export type Direction = "in" | "out" | "both";

/**
 * Drops packets of a host, from and to these addresses, without telling anybody, as a broken cable or switch does.
 * Connections stay open on both sides.
 */
export function cutNetwork(host: string, others: readonly string[], direction: Direction) {
  const set = `{ ${others.join(", ")} }`;
  const toRules = (chain: string, hook: string, rule: string) => [
    `add chain ip cut ${chain} { type filter hook ${hook} priority 0; }`,
    `add rule ip cut ${chain} ip ${rule} ${set} drop`,
  ];
  runNft(host, [
    "add table ip cut",
    ...(direction === "out" ? [] : toRules("incoming", "input", "saddr")),
    ...(direction === "in" ? [] : toRules("outgoing", "output", "daddr")),
  ]);
}

/** Ends every cut of a host. */
export const mendNetwork = (host: string) =>
  runNft(host, ["add table ip cut", "delete table ip cut"]);

const runNft = (host: string, rules: readonly string[]) =>
  runTool("ip", "netns", "exec", toNamespace(host), "nft", rules.join("\n"));
