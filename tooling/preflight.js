// @ts-check
/**
 * Checks what would stop a start, before the long work. Plain JavaScript with the standard library
 * only, because nothing is installed yet and Node may be old.
 */
import { accessSync, constants, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

export const GIB = 1024 ** 3;

/**
 * @param {string} version as of `process.versions.node`
 * @returns {string[]} sentences, as of all here: what is wrong, and what to do
 */
export function nodeFaults(version) {
  const [major = 0] = version.split(".").map(Number);
  if (major >= 20) return [];
  return [`This is Node ${version}, and Ringfence needs 20 or newer: install one from nodejs.org.`];
}

/** @param {string} folder @param {number} neededBytes */
export function folderFaults(folder, neededBytes) {
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return [
      `${folder} cannot be written: start Ringfence as the user who owns it, or make it yours (chown).`,
    ];
  }
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= neededBytes) return [];
  return [
    `${folder} has ${inGib(bavail * bsize)} of free space left, and Ringfence needs ${inGib(neededBytes)}: free some, or move the folder to another disk.`,
  ];
}

/** @param {number} bytes */
const inGib = (bytes) => `${(bytes / GIB).toFixed(1)} GiB`;

/**
 * @param {string} host
 * @param {Record<string, number>} ports by the variable that sets each
 * @param {number} patienceMs how long the apps of a start that was killed may take to end
 */
export async function portFaults(host, ports, patienceMs = 3000) {
  const faults = [];
  const names = Object.keys(ports);
  if (new Set(Object.values(ports)).size < names.length) {
    faults.push(`${names.join(" and ")} are the same port: give each its own.`);
  }
  for (const [name, port] of Object.entries(ports)) {
    const fault = await portFault(host, port, patienceMs);
    if (fault === "EADDRINUSE") {
      faults.push(
        `Port ${port} is in use by another program: stop that, or choose another port, as in ${name}=${port + 1} npm start.`,
      );
    } else if (fault !== null) {
      faults.push(
        `Ringfence may not listen on ${host}, port ${port} (${fault}): set HOST or ${name} to another.`,
      );
    }
  }
  return faults;
}

/** @param {string} host @param {number} port @param {number} patienceMs */
async function portFault(host, port, patienceMs) {
  for (const begun = performance.now(); ; await wait(100)) {
    const fault = await listenFault(host, port);
    if (fault !== "EADDRINUSE" || performance.now() - begun > patienceMs) return fault;
  }
}

/** @param {string} host @param {number} port @returns {Promise<string | null>} a code of the system */
function listenFault(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve("code" in error ? String(error.code) : error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}
