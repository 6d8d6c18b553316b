import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const Dependencies = z.record(z.string(), z.string()).default({});
const Linked = z.record(z.string(), z.object({ version: z.string() })).default({});

/** The parts of a pnpm lockfile (version 9) that we read. */
const Lockfile = z.object({
  lockfileVersion: z.literal("9.0"),
  importers: z.record(
    z.string(),
    z.object({ dependencies: Linked, optionalDependencies: Linked, devDependencies: Linked }),
  ),
  packages: z.record(z.string(), z.object({ resolution: z.object({ integrity: z.string() }) })),
  snapshots: z.record(
    z.string(),
    z.object({ dependencies: Dependencies, optionalDependencies: Dependencies }),
  ),
});

export type LockedPackage = {
  /** `name@version`. */
  id: string;
  name: string;
  version: string;
  /** SHA-512 of the tarball, in hexadecimal. */
  sha512: string;
  /** SPDX expression as the package states it; null if it states none, or is for another system than this. */
  license: string | null;
  isInstalled: boolean;
  /** True if the running program can load it; false if only builds, tests and tools do. */
  isRuntime: boolean;
  dependsOn: readonly string[];
};

/** Reads all packages of a lockfile, with the licenses of those that are installed. */
export function readLockedPackages(root: string): LockedPackage[] {
  const text = readFileSync(path.join(root, "pnpm-lock.yaml"), "utf8");
  const lockfile = Lockfile.parse(parse(text));
  const licenses = readLicenses(root);
  const { dependsOn, runtime } = resolveDependencies(lockfile);
  return Object.entries(lockfile.packages).map(([id, { resolution }]) => ({
    id,
    ...splitId(id),
    sha512: readSha512(id, resolution.integrity),
    license: licenses.get(id) ?? null,
    isInstalled: licenses.has(id),
    isRuntime: runtime.has(id),
    dependsOn: [...(dependsOn.get(id) ?? [])].toSorted(),
  }));
}

/** Splits `@scope/name@1.2.3`. */
function splitId(id: string) {
  const at = id.lastIndexOf("@");
  return { name: id.slice(0, at), version: id.slice(at + 1) };
}

/** Reads the SHA-512 of a package. Throws if there is none, because the package could then be replaced unnoticed. */
function readSha512(id: string, integrity: string): string {
  const [, base64] = /^sha512-([\w+/]{86}==)$/.exec(integrity) ?? [];
  if (base64 === undefined) throw new Error(`${id} has no SHA-512 in pnpm-lock.yaml`);
  return Buffer.from(base64, "base64").toString("hex");
}

/** `name@version` of a dependency: `1.2.3(peer@4)`, or an alias such as `other@1.2.3`. */
function toId(name: string, version: string): string {
  const [plain = ""] = version.split("(");
  return /^\d/.test(plain) ? `${name}@${plain}` : plain;
}

function resolveDependencies({ importers, snapshots }: z.infer<typeof Lockfile>) {
  const dependsOn = new Map<string, Set<string>>();
  for (const [key, { dependencies, optionalDependencies }] of Object.entries(snapshots)) {
    const [id = ""] = key.split("(");
    const ids = dependsOn.get(id) ?? new Set<string>();
    for (const [name, version] of Object.entries({ ...optionalDependencies, ...dependencies })) {
      ids.add(toId(name, version));
    }
    dependsOn.set(id, ids);
  }
  const runtime = new Set<string>();
  const waiting = Object.entries(importers).flatMap(([, { dependencies, optionalDependencies }]) =>
    Object.entries({ ...optionalDependencies, ...dependencies })
      .filter(([, { version }]) => !version.startsWith("link:"))
      .map(([name, { version }]) => toId(name, version)),
  );
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (runtime.has(id)) continue;
    runtime.add(id);
    waiting.push(...(dependsOn.get(id) ?? []));
  }
  return { dependsOn, runtime };
}

const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
});

/** Licenses by `name@version` of the packages that are installed; null where the package states none. */
function readLicenses(root: string): Map<string, string | null> {
  const licenses = new Map<string, string | null>();
  const files = globSync("node_modules/.pnpm/*/node_modules/{*,@*/*}/package.json", { cwd: root });
  for (const file of files) {
    const { data } = Manifest.safeParse(JSON.parse(readFileSync(path.join(root, file), "utf8")));
    if (data !== undefined) licenses.set(`${data.name}@${data.version}`, findLicense(data));
  }
  return licenses;
}

function findLicense({ license, licenses }: z.infer<typeof Manifest>): string | null {
  if (typeof license === "string") return license;
  if (license !== undefined) return license.type;
  return licenses?.map(({ type }) => type).join(" OR ") || null;
}
