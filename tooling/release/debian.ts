import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { CannotStart } from "@ringfence/db/postgres";

const SUITE = "trixie";

/**
 * Builds the file system of a minimal Debian in `folder`, unless it is there already: what Debian's images for
 * containers have, without kernel and init. Needs root, debootstrap, and this machine's own source of packages.
 */
export function prepareDebian(folder: string) {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const args = ["--variant=minbase", SUITE, unfinished, findMirror()];
  execFileSync("debootstrap", args, { stdio: ["ignore", "ignore", "inherit"] });
  renameSync(unfinished, folder);
}

/** Finds where apt gets Debian's packages of the suite. */
function findMirror(): string {
  const format = ["--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)", "Created-By: Packages"];
  const targets = execFileSync("apt-get", ["indextargets", ...format], { encoding: "utf8" });
  const target = targets.split("\n").find((line) => line.endsWith(` ${SUITE} main`));
  if (target === undefined) throw new CannotStart(`apt has no source of Debian ${SUITE}.`);
  return target.split(" ")[0] ?? "";
}
