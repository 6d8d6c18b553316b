import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The text of every file that is kept in git, by its path from the root. */
export type Repo = ReadonlyMap<string, string>;

/** A rule of this codebase that no linter knows. */
export type Convention = {
  says: string;
  /** What breaks it, and where. */
  faultsIn: (repo: Repo) => string[];
  /** The least that breaks it: files that are put into an empty repository, or over the real one. */
  broken: Readonly<Record<string, string>>;
};

const isText = /\.(css|js|json|md|mjs|prisma|sql|toml|ts|tsx|yaml)$|^\.ci\/|^LICENSE$/;

export function readRepo(root: string): Repo {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const kept = files.split("\n").filter((file) => file && existsSync(path.join(root, file)));
  return new Map(
    kept.map((file) => [
      file,
      isText.test(file) ? readFileSync(path.join(root, file), "utf8") : "",
    ]),
  );
}

/** The files that a pattern names, with their texts. */
export const filesLike = (repo: Repo, pattern: RegExp) =>
  [...repo].filter(([file]) => pattern.test(file));

/** Where a pattern occurs in the files that another names: `path:line: what`. */
export const occurrences = (repo: Repo, files: RegExp, pattern: RegExp): string[] =>
  filesLike(repo, files).flatMap(([file, text]) =>
    text.split("\n").flatMap((line, index) => {
      const found = pattern.exec(line);
      return found === null ? [] : [`${file}:${index + 1}: ${found[0]}`];
    }),
  );
