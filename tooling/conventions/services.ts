import { type Convention, filesLike, type Repo } from "./convention.ts";

/** A verb as a function takes a context. Generic functions run other verbs' work and are exempt. */
const FUNCTION =
  /^export async function (?<name>\w+)\(\s*ctx: (?:Service|Root)Context\b[^]*?\{\n(?<line>.*)$/gm;
/** A verb as a value checks access itself (`packages/services/src/platform/verb.ts`). */
const VALUE = /^export const (?<name>\w+) = (?:command|query)\(/gm;

type VerbText = { file: string; name: string; firstLine: string };

/** The verbs of all files: a story may hold several. */
const verbsIn = (repo: Repo, verb: RegExp): VerbText[] =>
  filesLike(repo, /^packages\/services\/src\/(?!platform\/access\/)[\w-]+\/[\w-]+\/[\w-]+\.ts$/)
    .filter(([file]) => !file.includes(".test."))
    .flatMap(([file, text]) =>
      [...text.matchAll(verb)].map(({ groups }) => ({
        file,
        name: groups?.name ?? "",
        firstLine: groups?.line ?? "",
      })),
    );

const mentions = (text: string, names: Iterable<string>) =>
  [...names].some((name) => new RegExp(`\\b${name}\\b(?=[(,)])`).test(text));

const HELPER = /^ *(?:export )?(?:async )?(?:const|function) (?<name>\w+)\b[^]*?(?=\n\n|(?![^]))/gm;

/** Adds the functions of a text that call one of these. */
function withCallers(names: ReadonlySet<string>, text: string): ReadonlySet<string> {
  const found = new Set(names);
  const helpers = [...text.matchAll(HELPER)];
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [helper, name = ""] of helpers) if (mentions(helper, found)) found.add(name);
  }
  return found;
}

/** Whether a case that says "another organization" calls one of these functions. */
function isTriedByOthers(test: string, callers: ReadonlySet<string>): boolean {
  if (!mentions(test, callers)) return false;
  const names = withCallers(callers, test);
  const cases = test.split(/^ *(?=(?:it|it\.each|describe)\W)/m);
  return cases.some((one) => one.includes("another organization") && mentions(one, names));
}

const toFolder = (file: string) => file.slice(0, file.lastIndexOf("/") + 1);

const spoiled = (body: string) =>
  `export async function optOut(ctx: ServiceContext, input: OptOut) {\n  ${body}\n}\n`;

export const services: Convention[] = [
  {
    says: "every verb that is a function begins by asking whether the actor may",
    faultsIn: (repo) =>
      verbsIn(repo, FUNCTION)
        .filter(({ firstLine }) => !/^ {2}(allow|return readAudited)\(ctx, /.test(firstLine))
        .map(({ file, name }) => `${file}: ${name}`),
    broken: {
      "packages/services/src/do-not-call/opt-out/record.ts":
        spoiled('allow(ctx, "opt-out.record");') +
        spoiled("return write(ctx, input);").replace("optOut", "withdrawOptOut"),
    },
  },
  {
    says: "every verb is tested from another organization",
    faultsIn: (repo) => {
      const tests = filesLike(repo, /^packages\/services\/src\/.*\.int\.test\.ts$/);
      const scenes = filesLike(repo, /^packages\/services\/testing\/.*\.ts$/);
      const shared = scenes.map(([, text]) => text).join("\n\n");
      return [...verbsIn(repo, FUNCTION), ...verbsIn(repo, VALUE)]
        .filter(({ file, name }) => {
          const callers = withCallers(new Set([name]), shared);
          return !tests.some(
            ([test, text]) => toFolder(test) === toFolder(file) && isTriedByOthers(text, callers),
          );
        })
        .map(({ file, name }) => `${file}: ${name}`);
    },
    broken: {
      "packages/services/src/do-not-call/opt-out/record.ts":
        spoiled('allow(ctx, "opt-out.record");') +
        spoiled('allow(ctx, "opt-out.read");').replace("optOut", "withdrawOptOut"),
      "packages/services/src/do-not-call/opt-out/record.int.test.ts":
        'it("is refused to another organization", () => optOut(other));\nit("works", () => withdrawOptOut(ctx));\n',
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

/** Areas from the ground to the roof. */
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
