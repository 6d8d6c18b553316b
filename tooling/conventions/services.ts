import { type Convention, filesLike, type Repo } from "./convention.ts";

/** A verb that is a function takes a context; what is generic runs the work of another. */
const FUNCTION = /^export async function \w+\(\s*ctx: (?:Service|Root)Context\b/m;
/** A verb that is a value asks by itself (`packages/services/src/platform/verb.ts`). */
const VALUE = /^export const \w+ = (?:command|query)\(/m;
const FIRST_LINE = /^export async function [^]*?\{\n(?<line>.*)$/m;

const verbsIn = (repo: Repo, verb: RegExp) =>
  filesLike(
    repo,
    /^packages\/services\/src\/(?!platform\/access\/)[\w-]+\/[\w-]+\/[\w-]+\.ts$/,
  ).filter(([, text]) => verb.test(text));

const spoiled = (body: string) =>
  `export async function optOut(ctx: ServiceContext, input: OptOut) {\n  ${body}\n}\n`;

export const services: Convention[] = [
  {
    says: "every verb that is a function begins by asking whether the actor may",
    faultsIn: (repo) =>
      verbsIn(repo, FUNCTION)
        .filter(([, text]) => {
          const line = FIRST_LINE.exec(text)?.groups?.line ?? "";
          return !/^ {2}(allow|return readAudited)\(ctx, /.test(line);
        })
        .map(([file]) => file),
    broken: {
      "packages/services/src/do-not-call/opt-out/record.ts": spoiled("return write(ctx, input);"),
    },
  },
  {
    says: "every verb is tested from another organization",
    faultsIn: (repo) =>
      [...verbsIn(repo, FUNCTION), ...verbsIn(repo, VALUE)]
        .map(([file]) => file.replace(/\.ts$/, ".int.test.ts"))
        .filter((file) => repo.get(file)?.includes("another organization") !== true),
    broken: {
      "packages/services/src/do-not-call/opt-out/record.ts": spoiled(
        'allow(ctx, "opt-out.record");',
      ),
      "packages/services/src/do-not-call/opt-out/record.int.test.ts": 'it("refuses", () => {});',
    },
  },
  {
    says: "core, services, features, routes, jobs and tables stand in the areas of docs/architecture.md",
    faultsIn: (repo) =>
      [...repo.keys()].filter((file) => {
        const area = IN_AREA.exec(file)?.groups?.area;
        return area !== undefined && !AREAS.has(area);
      }),
    broken: { "packages/services/src/opt-out/opt-out.ts": "" },
  },
];

/** From the ground to the roof. */
const AREAS = new Set([
  "platform",
  "account",
  "proof",
  "people",
  "do-not-call",
  "consents",
  "calling",
  "audience",
  "desk",
]);
const IN_AREA =
  /^(packages\/(core|services)\/src|apps\/web\/src\/features|apps\/api\/src\/routes|apps\/worker\/src\/jobs|packages\/db\/prisma\/schema)\/(?<area>[\w-]+)\//;
