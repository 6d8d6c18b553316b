import { execFileSync } from "node:child_process";

/** Reads which commit is checked out, when it was made, and whether files differ from it. */
export function readCommit(root: string) {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  const [commit = "", at = ""] = git("log", "-1", "--format=%H %cI").split(" ");
  return { commit, committedAt: new Date(at), isChanged: git("status", "--porcelain") !== "" };
}
