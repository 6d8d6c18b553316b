import { areas } from "./tooling/areas.ts";
/** Who may import whom. Read it top to bottom: what is higher may use what is lower. */
const mayImport = {
  "apps/web": [
    "packages/verify",
    "packages/services",
    "packages/db",
    "packages/core",
    "packages/capture",
  ],
  "apps/api": ["packages/services", "packages/db", "packages/core", "packages/capture"],
  "apps/worker": ["packages/services", "packages/db", "packages/core"],
  "packages/services": ["packages/verify", "packages/db", "packages/core"],
  "packages/db": ["packages/core"],
  "packages/verify": ["packages/core"],
  "packages/core": [],
  "packages/capture": [],
};

/** The core decides; it does not read, write, wait or ask for the time. */
const pureLibraries = [
  "zod",
  "temporal-polyfill",
  "@noble/curves",
  "@noble/hashes",
  "@scure/base",
  "intl-messageformat",
  "libphonenumber-js",
  "negotiator",
  "structured-headers",
];

const appFolders = [
  "apps/api/src/routes",
  "apps/worker/src/jobs",
  "apps/web/src/features",
  "apps/web/src/server/api",
];

/** Folders that have the nine areas, and those whose areas they respect. Services may use all of core. */
const areaFolders = [
  { folder: "packages/core/src", respected: ["packages/core/src"] },
  { folder: "packages/services/src", respected: ["packages/services/src"] },
  ...appFolders.map((folder) => ({
    folder,
    respected: [folder, "packages/services/src", "packages/core/src"],
  })),
];

const TEST = "\\.test\\.tsx?$|/testing/";

export default {
  forbidden: [
    ...Object.entries(mayImport).map(([from, allowed]) => ({
      name: `layers: ${from}`,
      severity: "error",
      from: { path: `^${from}/`, pathNot: TEST },
      to: {
        path: "^(apps|packages)/",
        pathNot: [from, ...allowed].map((folder) => `^${folder}/`),
      },
    })),
    ...areaFolders.flatMap(({ folder, respected }) =>
      areas.slice(0, -1).map((area, floor) => ({
        name: `${folder}: ${area} uses only areas below it`,
        severity: "error",
        from: { path: `^${folder}/${area}[/.]`, pathNot: TEST },
        to: {
          path: `^(${respected.join("|")})/(${areas.slice(floor + 1).join("|")})[/.]`,
        },
      })),
    ),
    {
      name: "services enter another noun by internal.ts",
      comment:
        "What other services may call inside their own transaction. Apps enter by index.ts. The platform is one entrance for all areas above it.",
      severity: "error",
      from: { path: "^packages/services/src/(?!platform/)([^/]+/[^/]+)/", pathNot: TEST },
      to: {
        path: "^packages/services/src/[^/]+/.",
        pathNot: [
          "^packages/services/src/$1/",
          "^packages/services/src/([^/]+/[^/]+|platform)/internal\\.ts$",
        ],
      },
    },
    {
      name: "core enters another noun by index.ts",
      severity: "error",
      from: { path: "^packages/core/src/([^/]+/[^/]+)/", pathNot: TEST },
      to: {
        path: "^packages/core/src/[^/]+/[^/]+/",
        pathNot: ["^packages/core/src/$1/", "^packages/core/src/[^/]+/[^/]+/index\\.ts$"],
      },
    },
    {
      name: "core is pure",
      severity: "error",
      from: { path: "^packages/core/", pathNot: TEST },
      to: {
        dependencyTypes: ["core", "npm", "npm-dev", "npm-no-pkg", "unknown"],
        pathNot: pureLibraries.map((library) => `node_modules/${library}/`),
      },
    },
    {
      name: "apps query through services",
      comment: "They may open the database and pass it on; only services use it.",
      severity: "error",
      from: { path: "^apps/", pathNot: `${TEST}|/(installation|main)\\.ts$` },
      to: { path: "^packages/db/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "features do not reach into features",
      comment: "Compose them in a page.",
      severity: "error",
      from: { path: "^apps/web/src/features/([^/]+/[^/]+)/" },
      to: { path: "^apps/web/src/features/", pathNot: "^apps/web/src/features/$1/" },
    },
    {
      name: "only routes import routes",
      severity: "error",
      from: { pathNot: "^apps/web/src/app/" },
      to: { path: "^apps/web/src/app/" },
    },
    { name: "no cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "every import resolves",
      comment: "A package that is not listed in package.json does not resolve.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(server-only|vitest|node:)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/generated/|\\.next/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "default"] },
  },
};
