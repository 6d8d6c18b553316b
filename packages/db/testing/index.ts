export * from "./a-folder.ts";
export * from "./factories.ts";
export * from "./open-test-db.ts";
export type { Prisma } from "../src/generated/prisma/client.ts";
