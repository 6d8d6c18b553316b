import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The text of every file in git, by its path from the root. */
export type Repo = ReadonlyMap<string, string>;

/** A rule of this codebase that no linter covers. */
export type Convention = {
  says: string;
  /** Finds what breaks the rule, and where. */
  findFaults: (repo: Repo) => string[];
  /** A minimal violation: files to add to an empty repository, or to put over the real one. */
  broken: Readonly<Record<string, string>>;
};

const isText = /\.(css|js|json|md|mjs|prisma|sql|toml|ts|tsx|yaml)$|^\.ci\/|^LICENSE$/;

export function readRepo(root: string): Repo {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const existing = files.split("\n").filter((file) => file && existsSync(path.join(root, file)));
  return new Map(
    existing.map((file) => [
      file,
      isText.test(file) ? readFileSync(path.join(root, file), "utf8") : "",
    ]),
  );
}

/** Files that match a pattern, with their texts. */
export const selectFiles = (repo: Repo, pattern: RegExp) =>
  [...repo].filter(([file]) => pattern.test(file));

/** Lists matches in the selected files as `path:line: match`. */
export const listMatches = (repo: Repo, files: RegExp, pattern: RegExp): string[] =>
  selectFiles(repo, files).flatMap(([file, text]) =>
    text.split("\n").flatMap((line, index) => {
      const found = pattern.exec(line);
      return found === null ? [] : [`${file}:${index + 1}: ${found[0]}`];
    }),
  );
