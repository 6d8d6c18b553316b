// `pnpm verify:release ARCHIVE`: starts a release in an empty Debian, and proves that it needs nothing else and can do
// no more than it must. Each program runs by itself, as a user without rights, on file systems that are read-only, and
// without a network. Needs Linux, root and debootstrap; the Debian is kept in `.ringfence`.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CannotStart } from "@ringfence/db/postgres";
import { prepareDebian } from "./release/debian.ts";
import { root } from "./supervisor/installation-settings.ts";
import { stopWithError } from "./supervisor/shutdown.ts";

try {
  verify(process.argv[2]);
} catch (error) {
  await stopWithError(error);
}

function verify(archive: string | undefined) {
  if (archive === undefined) throw new CannotStart("pnpm verify:release ARCHIVE");
  const debian = path.join(root, ".ringfence/debian");
  prepareDebian(debian);
  const work = mkdtempSync(path.join(tmpdir(), "ringfence-release-"));
  try {
    execFileSync("tar", ["-xzf", path.resolve(archive), "-C", work]);
    const release = path.join(work, readdirSync(work)[0] ?? "");
    execFileSync("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: release });
    const [size] = execFileSync("du", ["-sm", release], { encoding: "utf8" }).split("\t");
    console.log(`${(statSync(archive).size / 1e6).toFixed(0)} MB packed, ${size} MiB unpacked`);
    // Namespaces of its own: no network but loopback, and mounts and processes that end with it.
    const alone = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
    const program = [process.execPath, path.join(root, "tooling/release/run-in-root.ts")];
    const { status } = spawnSync("unshare", [...alone, ...program, debian, release], {
      stdio: "inherit",
    });
    process.exitCode = status ?? 1;
  } finally {
    rmSync(work, { recursive: true });
  }
}
