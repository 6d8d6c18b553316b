import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Stand-in for a network namespace where the kernel grants none: every attempt to connect fails.
 */
const preload = `
import net from "node:net";
import dgram from "node:dgram";
import dns from "node:dns";
const refuse = () => { throw new Error("there is no network here"); };
net.Socket.prototype.connect = refuse;
dgram.Socket.prototype.send = refuse;
dns.lookup = dns.resolve = refuse;
`;

/**
 * Returns the words to put before the name of a program, and its further settings, so that it runs without network: in
 * an empty network namespace where the kernel allows one. `home` is a folder for a file of ours.
 */
export function disableNetwork(home: string) {
  for (const flags of [["--net"], ["--map-root-user", "--net"]]) {
    if (spawnSync("unshare", [...flags, "true"]).status === 0) {
      return { how: "in a network of its own", before: ["unshare", ...flags], env: {} };
    }
  }
  writeFileSync(path.join(home, "no-network.mjs"), preload);
  const env = { NODE_OPTIONS: `--import ${path.join(home, "no-network.mjs")}` };
  return { how: "with every connection refused", before: [], env };
}
