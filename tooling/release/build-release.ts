import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { copyPackages } from "./copy-packages.ts";

/** Workspace folders whose programs run from source, and what those use. The pages are built instead. */
const workspaces = [
  "apps/api",
  "apps/worker",
  "packages/capture",
  "packages/core",
  "packages/db",
  "packages/services",
  "packages/verify",
];

/** Commands of `bin/ringfence`, without their ending. */
const commands = [
  "check-form",
  "doctor",
  "found",
  "health",
  "keys",
  "law-update",
  "ledger",
  "migrate",
  "run-app",
  "serve",
];

/** Files and folders in git that a release has. */
const shipped = [
  ...workspaces,
  "CHANGELOG.md",
  "LICENSE",
  "SECURITY.md",
  "deploy",
  "docs",
  "package.json",
  ...commands.map((name) => `tooling/${name}.ts`),
  ...["check-form", "doctor", "found", "supervisor"].map((name) => `tooling/${name}`),
  "tooling/package-manager.js",
  "tooling/preflight.js",
];

/** Files in those folders that only builds and tests read. */
const NOT_SHIPPED = /\.test\.ts$|\/testing\/|\/assembly\/|\/build\.mjs$/;

/** Folders of generated and built code beside the sources. */
const generated = [
  "packages/capture/src/generated",
  "packages/db/src/generated",
  "packages/services/src/generated",
  "packages/verify/dist",
];

/** Files that the server of the pages reads: the build, and the packages that Next traced for it. */
const pageFiles = [
  "apps/web/.next",
  "apps/web/node_modules",
  "apps/web/package.json",
  "apps/web/server.js",
  "node_modules",
  "packages",
];

/** Folder in which Next puts built pages with their server. */
export const standalone = "apps/web/.next/standalone";

export type ReleaseSource = {
  /** A clone in which this commit is installed, generated and built. */
  root: string;
  version: string;
  commit: string;
  committedAt: Date;
};

/** Names the version of a commit by its day in UTC and its hash: `20261203-d165f38bd4a1`. */
export const nameVersion = ({
  commit,
  committedAt,
}: Pick<ReleaseSource, "commit" | "committedAt">) =>
  `${committedAt.toISOString().slice(0, 10).replaceAll("-", "")}-${commit.slice(0, 12)}`;

/**
 * Collects in `folder`, which must be empty or new, everything that an installation of this commit runs: programs,
 * packages and Node itself, with a list of hashes (`SHA256SUMS`). Throws if something was not built; `hasPages: false`
 * leaves out the pages, which take minutes to build.
 */
export function collectRelease(
  { root, version, commit, committedAt }: ReleaseSource,
  folder: string,
  { hasPages = true } = {},
) {
  for (const file of listShipped(root)) copy(file, root, folder);
  for (const name of generated) copy(name, root, folder);
  copyPackages(root, folder, [".", ...workspaces]);
  if (hasPages) {
    for (const name of pageFiles) {
      copy(name, path.join(root, standalone), path.join(folder, standalone));
    }
  }
  const script = path.join(folder, "bin/ringfence");
  mkdirSync(path.dirname(script));
  copyFileSync(path.join(import.meta.dirname, "ringfence.sh"), script);
  chmodSync(script, 0o755);
  const about = { version, commit, committedAt, platform: process.platform, arch: process.arch };
  writeFileSync(path.join(folder, "release.json"), `${JSON.stringify(about, null, 2)}\n`);
  // Every user may read it, and only its owner may change it, whatever the clone allows.
  execFileSync("chmod", ["-R", "u=rwX,go=rX", folder]);
  const hash = "find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum";
  execFileSync("sh", ["-c", `${hash} > SHA256SUMS`], { cwd: folder, env: plainEnvironment() });
}

/**
 * Packs a folder whose last part is the name of the release. Two archives of the same files are the same: names are
 * sorted, all times are the commit's, and all files belong to root.
 */
export function packRelease(folder: string, archive: string, committedAt: Date) {
  execFileSync(
    "tar",
    [
      "--create",
      "--sort=name",
      `--mtime=@${Math.floor(committedAt.getTime() / 1000)}`,
      "--owner=root:0",
      "--group=root:0",
      "--use-compress-program=gzip -9n",
      `--file=${archive}`,
      `--directory=${path.dirname(folder)}`,
      path.basename(folder),
    ],
    { env: plainEnvironment() },
  );
}

function listShipped(root: string): string[] {
  const list = execFileSync("git", ["ls-files", "-z", "--error-unmatch", "--", ...shipped], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return list.split("\0").filter((file) => file !== "" && !NOT_SHIPPED.test(file));
}

/** Copies a file or folder to the same place below another folder, with links as they are. */
function copy(name: string, from: string, to: string) {
  const source = path.join(from, name);
  if (!existsSync(source)) throw new Error(`${source} is missing: build first.`);
  cpSync(source, path.join(to, name), { recursive: true, verbatimSymlinks: true });
}

/** Names are sorted by their bytes, wherever this runs. */
const plainEnvironment = () => ({ PATH: process.env.PATH, LC_ALL: "C" });
