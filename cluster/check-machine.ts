import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The programs that a cluster needs, each with its Debian package. */
const programs = [
  ["etcd", "etcd-server"],
  ["patroni", "patroni"],
  ["haproxy", "haproxy"],
  ["pgbouncer", "pgbouncer"],
  ["faketime", "faketime"],
  ["nft", "nftables"],
  ["ip", "iproute2"],
] as const;

/** Ends this program with a sentence if the machine cannot run a cluster. */
export function checkMachine() {
  // Debian has servers where only root looks for them.
  process.env.PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
  const missing = programs.filter(([program]) => spawnSync("which", [program]).status !== 0);
  const packages: string[] = missing.map(([, name]) => name);
  if (!existsSync("/usr/lib/postgresql")) packages.push("postgresql");
  // Patroni speaks to etcd with it, and only recommends it.
  if (!existsSync("/usr/lib/python3/dist-packages/etcd")) packages.push("python3-etcd");
  if (process.getuid?.() !== 0)
    stop("A cluster creates network namespaces and disks: run this as root on Linux.");
  if (packages.length > 0)
    stop(
      `A cluster needs packages of Debian: apt-get install --no-install-recommends ${packages.join(" ")}`,
    );
}

function stop(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
