import { areas } from "../areas.ts";
import { type Convention, selectFiles, type Repo } from "./convention.ts";

/** A verb as a function takes a context. Generic functions run other verbs' work and are exempt. */
const FUNCTION =
  /^export async function (?<name>\w+)\(\s*ctx: (?:Service|Root)Context\b[^]*?\{\n(?<line>.*)$/gm;

type VerbText = { file: string; name: string; firstLine: string };

/** The verbs that are functions, of all files: a story may hold several. */
const listVerbs = (repo: Repo): VerbText[] =>
  selectFiles(repo, /^packages\/services\/src\/(?!platform\/access\/)[\w-]+\/[\w-]+\/[\w-]+\.ts$/)
    .filter(([file]) => !file.includes(".test."))
    .flatMap(([file, text]) =>
      [...text.matchAll(FUNCTION)].map(({ groups }) => ({
        file,
        name: groups?.name ?? "",
        firstLine: groups?.line ?? "",
      })),
    );

const verbWithBody = (body: string) =>
  `export async function optOut(ctx: ServiceContext, input: OptOut) {\n  ${body}\n}\n`;

export const services: Convention[] = [
  {
    says: "every verb that is a function begins by asking whether the actor may",
    findFaults: (repo) =>
      listVerbs(repo)
        .filter(({ firstLine }) => !/^ {2}(allow|return readAudited)\(ctx, /.test(firstLine))
        .map(({ file, name }) => `${file}: ${name}`),
    broken: {
      "packages/services/src/do-not-call/opt-out/record.ts":
        verbWithBody('allow(ctx, "opt-out.record");') +
        verbWithBody("return write(ctx, input);").replace("optOut", "withdrawOptOut"),
    },
  },
  {
    says: "core, services, features, routes, jobs and tables stand in the areas of docs/architecture.md",
    findFaults: (repo) =>
      [...repo.keys()].filter((file) => {
        const area = IN_AREA.exec(file)?.groups?.area;
        return area !== undefined && !areas.includes(area);
      }),
    broken: { "packages/services/src/opt-out/opt-out.ts": "" },
  },
];

const IN_AREA =
  /^(packages\/(core|services)\/src|apps\/web\/src\/features|apps\/api\/src\/routes|apps\/worker\/src\/jobs|packages\/db\/prisma\/schema)\/(?<area>[\w-]+)\//;
