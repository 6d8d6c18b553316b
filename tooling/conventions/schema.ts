import { type Convention, selectFiles, type Repo } from "./convention.ts";

const MODEL = /^(?<comment>(?:\/\/\/.*\n)*)model (?<name>\w+) \{\n(?<body>[^]*?)^\}/gm;

export function listModels(repo: Repo) {
  const text = selectFiles(repo, /^packages\/db\/prisma\/schema\/.*\.prisma$/)
    .map(([, text]) => text)
    .join("\n");
  return [...text.matchAll(MODEL)].map(({ groups = {} }) => ({
    comment: groups.comment ?? "",
    name: groups.name ?? "",
    body: groups.body ?? "",
    table: /@@map\("(\w+)"\)/.exec(groups.body ?? "")?.[1] ?? "",
  }));
}

/** Tables that migrations guard: those in each loop or statement that creates both triggers. */
function listGuardedTables(repo: Repo) {
  const sql = selectFiles(repo, /^packages\/db\/prisma\/migrations\/.*\.sql$/)
    .map(([, text]) => text)
    .join("\n");
  const loops = (sql.match(/^DO \$\$[^]*?^END \$\$;/gm) ?? []).filter((loop) =>
    /BEFORE UPDATE OR DELETE ON %I[^]*BEFORE TRUNCATE ON %I/.test(loop),
  );
  const lists = loops.flatMap((loop) => /ARRAY\[([^\]]*)\]/.exec(loop)?.[1] ?? []);
  const named = (pattern: RegExp) => [...sql.matchAll(pattern)].map(([, table = ""]) => table);
  const deleted = new Set(named(/BEFORE (?:UPDATE OR )?DELETE ON "?(\w+)/g));
  const truncated = new Set(named(/BEFORE TRUNCATE ON "?(\w+)/g));
  return new Set([
    ...lists.flatMap((list) => list.match(/(?<=')\w+(?=')/g) ?? []),
    ...named(/BEFORE UPDATE(?: OR DELETE)? ON "?(\w+)/g).filter(
      (table) => deleted.has(table) && truncated.has(table),
    ),
  ]);
}

/** Tables that belong to the installation and not to one organization; they are small. */
const installationModels = new Set([
  "InstallationKey",
  "InstalledLaw",
  "SyslogCollector",
  "Organization",
  "PasskeyChallenge",
  "RuleSet",
  "SignInAttempt",
]);

const appendOnly = "/// Append-only. What happened.\nmodel Happening {\n";

export const schema: Convention[] = [
  {
    says: "the database refuses to update, delete and truncate what is append-only",
    findFaults: (repo) => {
      const guarded = listGuardedTables(repo);
      return listModels(repo)
        .filter(({ comment, table }) => comment.includes("Append-only") && !guarded.has(table))
        .map(({ name }) => name);
    },
    broken: {
      "packages/db/prisma/schema/x.prisma": `${appendOnly}  @@map("happening")\n}\n`,
      "packages/db/prisma/migrations/x/migration.sql":
        "DO $$\n  ARRAY['happening'] BEFORE UPDATE OR DELETE ON %I\nEND $$;",
    },
  },
  {
    says: "every key begins with the organization, so that the schema can be sharded by it",
    findFaults: (repo) =>
      listModels(repo)
        .filter(({ name }) => !installationModels.has(name))
        .flatMap(({ name, body }) => {
          const keys = body.match(/@@(id|unique)\(\[\w+|^ +\w+ .*@(id|unique)\b/gm) ?? ["no key"];
          const isOurs = /^@@(id|unique)\(\[organizationId$|^ +organizationId .*@(id|unique)$/;
          return keys.filter((key) => !isOurs.test(key)).map((key) => `${name}: ${key.trim()}`);
        }),
    broken: {
      "packages/db/prisma/schema/x.prisma": `${appendOnly}  id String @id\n  @@map("happening")\n}\n`,
    },
  },
];
