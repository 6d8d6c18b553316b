// @ts-check
// The first step of `npm start` and `npm test`: reports what would stop them, and installs missing
// packages. Plain JavaScript, because it runs on whatever Node is there.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openPackageManager } from "./package-manager.js";
import { folderFaults, GIB, nodeFaults, portFaults } from "./preflight.js";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const stamp = path.join(root, "node_modules/.ringfence-installed");

/** Hash that changes when there is something else to install. */
function digest() {
  const workspaces = ["apps", "packages"].flatMap((folder) =>
    readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}/package.json`),
  );
  const hash = createHash("sha256");
  for (const name of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", ...workspaces]) {
    const file = path.join(root, name);
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.digest("hex");
}

const isInstalled = () => existsSync(stamp) && readFileSync(stamp, "utf8") === digest();

async function findMachineFaults() {
  const neededBytes = (existsSync(stamp) ? 0.5 : 3) * GIB;
  const faults = [...nodeFaults(process.versions.node), ...folderFaults(root, neededBytes)];
  if (!process.argv.includes("--ports")) return faults;

  const { HOST, WEB_PORT, API_PORT } = process.env;
  const ports = { WEB_PORT: Number(WEB_PORT || 3000), API_PORT: Number(API_PORT || 4000) };
  const areNumbers = Object.values(ports).every((port) => port >= 1 && port <= 65_535);
  return areNumbers ? [...faults, ...(await portFaults(HOST || "127.0.0.1", ports))] : faults;
}

const faults = await findMachineFaults();
for (const fault of faults) console.error(fault);
if (faults.length > 0) {
  process.exitCode = 1;
} else if (!isInstalled()) {
  try {
    const args = [openPackageManager(root).script, "install", "--frozen-lockfile"];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
    if (status !== 0) {
      throw new Error(
        "The packages could not be installed: what pnpm says is above. Is the registry reachable?",
      );
    }
    writeFileSync(stamp, digest());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
