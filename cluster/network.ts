import { execFileSync, spawnSync } from "node:child_process";

/** Network of the hosts. This machine has the address that ends in 1. */
export const network = "10.88.0";
const bridge = "ringfence0";
const prefix = "ringfence-";

/** Runs a program to its end, and throws its output if it fails. */
export const runTool = (command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });

/** Returns the name of the network namespace of a host. */
export const toNamespace = (host: string) => prefix + host;

const toCable = (host: string) => `rf-${host}`;

/** Creates the bridge that the hosts are connected to. */
export function createBridge() {
  runTool("ip", "link", "add", bridge, "type", "bridge");
  runTool("ip", "address", "add", `${network}.1/24`, "dev", bridge);
  runTool("ip", "link", "set", bridge, "up");
}

/** Creates a host in the network: a namespace with an address of its own. */
export function createNamespace(host: string, address: string) {
  const namespace = toNamespace(host);
  runTool("ip", "netns", "add", namespace);
  const inside = (...args: readonly string[]) => runTool("ip", "-n", namespace, ...args);
  const cable = toCable(host);
  runTool("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", namespace);
  runTool("ip", "link", "set", cable, "master", bridge, "up");
  inside("address", "add", `${address}/24`, "dev", "eth0");
  inside("link", "set", "lo", "up");
  inside("link", "set", "eth0", "up");
}

/** Lists the processes of a host. */
export const listProcesses = (host: string): number[] =>
  runTool("ip", "netns", "pids", toNamespace(host)).split("\n").filter(Boolean).map(Number);

/** Kills everything that runs on a host, and removes it from the network. */
export function removeNamespace(host: string) {
  for (const pid of listProcesses(host)) kill(pid);
  // Otherwise the kernel removes it some time after the namespace.
  spawnSync("ip", ["link", "delete", toCable(host)]);
  runTool("ip", "netns", "delete", toNamespace(host));
}

/** Removes all hosts and the bridge, also those that a killed run left behind. */
export function removeNetwork() {
  const lines = runTool("ip", "netns", "list").split("\n");
  for (const line of lines) {
    const [namespace = ""] = line.split(" ");
    if (namespace.startsWith(prefix)) removeNamespace(namespace.slice(prefix.length));
  }
  spawnSync("ip", ["link", "delete", bridge]); // fails if there is none
}

/** Kills a process without warning. It may have ended by itself. */
export function kill(pid: number, signal: NodeJS.Signals = "SIGKILL") {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
