import path from "node:path";
import { type Convention, selectFiles, type Repo } from "./convention.ts";

const DOCS = /^(README\.md|docs\/.*\.md)$/;

const exists = (repo: Repo, at: string) =>
  repo.has(at) || [...repo.keys()].some((file) => file.startsWith(`${at.replace(/\/$/, "")}/`));

/** Paths of ours in backticks, except those that a person fills in or that a start creates. */
const PATH = /`((?:apps|packages|tooling|docs|deploy|bench|eval|\.ci)\/[\w./[\]()-]*)`/g;
const LINK = /\]\((?!https?:|mailto:)(?<target>[^)#\s]*)(?:#(?<anchor>[^)\s]*))?\)/g;

/** Anchors as GitHub derives them from headings. */
const listAnchors = (text: string) =>
  new Set(
    [...text.matchAll(/^#+ +(.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );

function brokenLinks(repo: Repo, file: string, text: string) {
  return [...text.matchAll(LINK)].flatMap(({ groups = {} }) => {
    const { target = "", anchor } = groups;
    const at = target === "" ? file : path.join(path.dirname(file), target);
    if (!exists(repo, at)) return [`${file}: ${target}`];
    const isThere = anchor === undefined || listAnchors(repo.get(at) ?? "").has(anchor);
    return isThere ? [] : [`${file}: ${target}#${anchor}`];
  });
}

/** A link to a test. Its text is the title of the test, or the line of a table of cases. */
const NAMED_TEST = /\[(?<title>[^\]]+)\]\((?<target>[^)#\s]+\.(?:test|spec)\.ts)\)/g;

export const docs: Convention[] = [
  {
    says: "a test that the threat model names is in its file",
    findFaults: (repo) =>
      selectFiles(repo, /^docs\/security\.md$/).flatMap(([file, text]) =>
        [...text.matchAll(NAMED_TEST)].flatMap(({ groups = {} }) => {
          const { title = "", target = "" } = groups;
          const test = repo.get(path.join(path.dirname(file), target)) ?? "";
          return title === "test" || test.includes(`"${title}"`) ? [] : [`${title} in ${target}`];
        }),
      ),
    broken: {
      "docs/security.md": "| a stolen key | [is refused](../a.test.ts) |",
      "a.test.ts": 'it("is accepted", () => {});',
    },
  },
  {
    says: "paths that the docs name exist",
    findFaults: (repo) =>
      selectFiles(repo, DOCS).flatMap(([file, text]) =>
        [...text.matchAll(PATH)]
          .map(([, named = ""]) => named)
          .filter((named) => !exists(repo, named))
          .map((named) => `${file}: ${named}`),
      ),
    broken: { "README.md": "The rules are in `packages/core/src/rules/all.ts`." },
  },
  {
    says: "links of the docs lead somewhere",
    findFaults: (repo) =>
      selectFiles(repo, DOCS).flatMap(([file, text]) => brokenLinks(repo, file, text)),
    broken: { "README.md": "# Run it\n\nSee [how](#run-them)." },
  },
  {
    says: "README links every page of the docs",
    findFaults: (repo) => {
      const readme = repo.get("README.md") ?? "";
      return selectFiles(repo, /^docs\/[\w-]+\.md$/)
        .map(([file]) => file)
        .filter((file) => !readme.includes(`](${file})`));
    },
    broken: { "README.md": "# Ringfence", "docs/operations.md": "# Operations" },
  },
  {
    says: "a link that names a decision by number leads to that decision",
    findFaults: (repo) =>
      selectFiles(repo, DOCS).flatMap(([file, text]) =>
        [...text.matchAll(/\[decision (\d+)\]\((?:[\w./]*\/)?0*(\d+)-/g)]
          .filter(([, named, linked]) => named !== linked)
          .map(([link]) => `${file}: ${link}`),
      ),
    broken: {
      "docs/operations.md": "It was tried ([decision 2](decisions/0012-what-was-tried.md)).",
    },
  },
  {
    says: "commands that the docs name are scripts",
    findFaults: (repo) => {
      const { scripts }: { scripts: Record<string, string> } = JSON.parse(
        repo.get("package.json") ?? '{ "scripts": {} }',
      );
      return selectFiles(repo, DOCS).flatMap(([file, text]) =>
        [...text.matchAll(/(?:`|^)pnpm (?:run )?(?!exec|install|add|dlx)([a-z][a-z:-]*)/gm)]
          .map(([, name = ""]) => name)
          .filter((name) => !(name in scripts))
          .map((name) => `${file}: ${name}`),
      );
    },
    broken: { "README.md": "`pnpm examine` examines." },
  },
  {
    says: "the docs name every setting",
    findFaults: (repo) => {
      const table = repo.get("packages/core/src/platform/settings/settings.ts") ?? "";
      const names = [...table.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name = ""]) => name);
      const operations = repo.get("docs/operations.md") ?? "";
      return names.filter((name) => !operations.includes(`\`${name}\``));
    },
    broken: {
      "packages/core/src/platform/settings/settings.ts": "  SECRET_SETTING: z.string(),\n",
    },
  },
];
