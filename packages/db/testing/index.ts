export * from "./factories.ts";
export * from "./open-test-db.ts";
