import { areas } from "../areas.ts";
import { type Convention, type Repo, selectFiles, listMatches } from "./convention.ts";

/**
 * Code under these rules. The rules themselves are exempt, because they contain what they forbid.
 */
const CODE = /^(?!tooling\/conventions\/).*\.(ts|tsx|js|mjs)$/;
const TEST = /\.test\.tsx?$|\.spec\.ts$|\/e2e\/.*\.ts$/;
const MAX_LINES = 500;

/** Prisma's schema engine, in the stand-in's single file. */
const STAND_IN = "packages/db/tooling/schema-engine.mjs";

/** First words of files that `pnpm messages` writes. */
const WRITTEN = "// Written by `pnpm messages`";

const IN_AREA =
  /^(packages\/(core|services)\/src|apps\/web\/src\/features|apps\/web\/e2e|apps\/api\/src\/routes|apps\/worker\/src\/jobs|packages\/db\/prisma\/schema)\/(?<area>[\w-]+)\//;

const NOUN =
  /^(packages\/(core|services)\/src|apps\/web\/src\/features)\/(?<area>[\w-]+)\/(?<noun>[\w-]+)\//;

/** Nouns whose page or list shows what all areas know, while the noun itself is lower. */
const alsoInDesk: ReadonlySet<string> = new Set(["contact", "archive"]);

const GIVES_REASON = /\banswer(Export|Reasoned)\(request,/;

/** Reads the file of the feature to which a route leaves its answer; empty if it answers itself. */
function readAnswerer(repo: Repo, route: string): string {
  const path = /from "@\/(features\/[\w/-]+\/answer-[\w-]+)"/.exec(route)?.[1];
  return (path && repo.get(`apps/web/src/${path}.ts`)) ?? "";
}

export const code: Convention[] = [
  {
    says: "core, services, features, routes, jobs and tables stand in the areas of docs/architecture.md",
    findFaults: (repo) =>
      [...repo.keys()].filter((file) => {
        const area = IN_AREA.exec(file)?.groups?.area;
        return area !== undefined && !areas.includes(area);
      }),
    broken: { "packages/services/src/opt-out/opt-out.ts": "" },
  },
  {
    says: "a noun stands in the same area in core, in services and on the web",
    findFaults(repo) {
      const areasOfNouns = new Map<string, Set<string>>();
      for (const file of repo.keys()) {
        const { area, noun } = NOUN.exec(file)?.groups ?? {};
        if (area === undefined || noun === undefined) continue;
        if (area === "desk" && alsoInDesk.has(noun)) continue;
        areasOfNouns.set(noun, (areasOfNouns.get(noun) ?? new Set()).add(area));
      }
      return [...areasOfNouns]
        .filter(([, found]) => found.size > 1)
        .map(([noun, found]) => `${noun}: ${[...found].join(", ")}`);
    },
    broken: {
      "packages/services/src/desk/number/a.ts": "",
      "apps/web/src/features/people/number/a.ts": "",
    },
  },
  {
    says: "a page is a ListPage, a FormPage or a DetailPage, except Today, Call and the page of a number",
    findFaults: (repo) =>
      selectFiles(
        repo,
        /^apps\/web\/src\/app\/\(workspace\)\/(?!(?:(?:call|numbers)\/(?:\[phoneId\]\/)?)?page\.tsx$).*\/page\.tsx$/,
      )
        .filter(([, text]) => !/<(List|Form|Detail)Page\b/.test(text))
        .map(([file]) => file),
    broken: { "apps/web/src/app/(workspace)/offers/page.tsx": "<PageHead />" },
  },
  {
    says: `no file is longer than ${MAX_LINES} lines`,
    findFaults: (repo) =>
      selectFiles(repo, CODE)
        .filter(([file]) => file !== STAND_IN && !/\/(data|testing)\//.test(file))
        .filter(([, text]) => !text.startsWith(WRITTEN))
        .map(([file, text]) => ({ file, lines: text.trimEnd().split("\n").length }))
        .filter(({ lines }) => lines > MAX_LINES)
        .map(({ file, lines }) => `${file}: ${lines} lines`),
    broken: { "packages/core/src/people/phone/phone.ts": "\n".repeat(MAX_LINES) + "x" },
  },
  {
    says: "files are named after what they hold, in kebab-case",
    findFaults: (repo) =>
      selectFiles(repo, CODE)
        .map(([file]) => file)
        .filter((file) => {
          const name = file.split("/").at(-1) ?? "";
          const isVague = /^(utils?|helpers?|common|misc|manager)\./.test(name);
          const isKebab = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/.test(name);
          return isVague || !isKebab;
        }),
    broken: { "packages/core/src/people/phone/utils.ts": "" },
  },
  {
    says: "no test waits for a while: it waits for what it expects",
    findFaults: (repo) =>
      listMatches(repo, TEST, /\bsetTimeout\(|\bsleep\(|waitForTimeout|pg_sleep/),
    broken: { "a.test.ts": "await new Promise((resolve) => setTimeout(resolve, 100));" },
  },
  {
    says: "every test is run, once, and compares with what it says itself",
    findFaults: (repo) =>
      listMatches(
        repo,
        TEST,
        /\b(it|test|describe)\.(only|skip|todo|fixme)\(|toMatch(Inline)?Snapshot|\bretr(y|ies): [1-9]/,
      ),
    broken: { "a.test.ts": "it.skip('is not run', () => {});" },
  },
  {
    says: "no Prisma upsert: of two at once, one fails",
    findFaults: (repo) => listMatches(repo, CODE, /\.upsert\(/),
    broken: { "packages/services/src/people/phone/a.ts": "await db.phone.upsert({ where });" },
  },
  {
    says: "an app reads its settings in one file",
    findFaults: (repo) =>
      listMatches(
        repo,
        /^apps\/\w+\/src\/(?!env\.ts$|.*\.test\.ts$).*\.tsx?$/,
        /process\.env\b(?!\.N)/,
      ),
    broken: { "apps/api/src/server.ts": "const port = process.env.API_PORT;" },
  },
  {
    says: "every file that a page sends is compared with what was sent: by receiveUpload, in api/uploads",
    findFaults: (repo) => [
      ...listMatches(
        repo,
        /^apps\/web\/src\/app\/(?!api\/uploads\/).*\.tsx?$/,
        /\brequest\.(body|blob|bytes|arrayBuffer)\b/,
      ),
      ...selectFiles(repo, /^apps\/web\/src\/app\/api\/uploads\/.*\/route\.ts$/)
        .filter(([, text]) => !text.includes("receiveUpload(request,"))
        .map(([file]) => `${file}: without receiveUpload`),
      // Next cuts off bodies that pass through its proxy.
      ...selectFiles(repo, /^apps\/web\/src\/proxy\.ts$/)
        .filter(([, text]) => !/matcher: ".*\(\?![^)]*api\/uploads\//.test(text))
        .map(([file]) => `${file}: uploads pass through it`),
    ],
    broken: { "apps/web/src/app/api/lists/route.ts": "const content = request.body;" },
  },
  {
    says: "every list that a page gives as a file is given for a reason: by answerExport or answerReasoned",
    findFaults: (repo) =>
      selectFiles(
        repo,
        /^apps\/web\/src\/app\/api\/(?!(?:processing|registries|scrubs|statements)\.csv\/).*\/route\.ts$/,
      )
        // Proof of one person's words is not a list.
        .filter(([file]) => !/\/api\/(registries|imports|evidence)\//.test(file))
        .filter(
          ([, text]) =>
            /\b(listA|a)ttachment\b/.test(text) &&
            !GIVES_REASON.test(text) &&
            !GIVES_REASON.test(readAnswerer(repo, text)),
        )
        .map(([file]) => file),
    broken: {
      "apps/web/src/app/api/people.csv/route.ts":
        'export const GET = () => attachment("a.csv", rows());',
    },
  },
  {
    says: "nothing is left for later",
    findFaults: (repo) => listMatches(repo, CODE, /\b(TODO|FIXME|XXX|HACK)\b/),
    broken: { "packages/core/src/people/phone/phone.ts": "// TODO: think" },
  },
];
