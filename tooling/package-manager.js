// @ts-check
// Downloads the pnpm that package.json pins, once, and unpacks it only if it has the hash that package.json states. The
// lockfile has the hashes of all other packages, and pnpm checks those. Plain JavaScript, because the Node of the machine
// may be too old for TypeScript.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";

/**
 * Reads `pnpm@10.34.9+sha512.f49b…`, the form that Corepack defined.
 * @param {string} packageManager
 */
export function readPin(packageManager) {
  const [, version, sha512] = /^pnpm@([\d.]+)\+sha512\.([\da-f]{128})$/.exec(packageManager) ?? [];
  if (version === undefined || sha512 === undefined) {
    throw new Error(`package.json has to pin pnpm by version and hash: ${packageManager}`);
  }
  return { version, sha512 };
}

/**
 * Returns the script of the pinned pnpm, and a folder for PATH, where turbo looks for `pnpm`.
 * @param {string} root
 * @param {(spec: string, folder: string) => void} download saves the tarball of a package in a folder
 */
export function openPackageManager(root, download = packFromRegistry) {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const { version, sha512 } = readPin(manifest.packageManager);
  const tools = path.join(root, "node_modules/.ringfence-pnpm");
  const folder = path.join(tools, `${version}-${sha512}`);
  if (!existsSync(folder)) {
    mkdirSync(tools, { recursive: true });
    const work = mkdtempSync(path.join(tools, "download-"));
    try {
      download(`pnpm@${version}`, work);
      unpack(work, sha512);
      // Another program may have been faster.
      if (!existsSync(folder)) renameSync(work, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return { script: path.join(folder, "package/bin/pnpm.cjs"), bin: path.join(folder, "bin") };
}

/** @param {string} spec @param {string} folder */
function packFromRegistry(spec, folder) {
  run("npm", ["pack", spec, "--silent", "--pack-destination", folder], folder);
}

/** Unpacks the tarball in a folder if it has the hash. @param {string} folder @param {string} sha512 */
function unpack(folder, sha512) {
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  const file = path.join(folder, tarball);
  const hash = createHash("sha512").update(readFileSync(file)).digest("hex");
  if (hash !== sha512) {
    throw new Error(
      `The registry's pnpm is not the one that package.json pins, so it was not unpacked: its hash is ${hash}.`,
    );
  }
  run("tar", ["-xzf", tarball], folder);
  mkdirSync(path.join(folder, "bin"));
  symlinkSync("../package/bin/pnpm.cjs", path.join(folder, "bin/pnpm"));
  rmSync(file);
}

/** @param {string} command @param {string[]} args @param {string} cwd */
function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) {
    throw new Error(`${command} ${args[0]} ended with ${status}. Is the registry reachable?`);
  }
}
