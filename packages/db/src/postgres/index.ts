export * from "./binaries.ts";
export * from "./cannot-start.ts";
export * from "./check-server.ts";
export { removeData } from "./data-folder.ts";
export * from "./find-command-line.ts";
export * from "./initialize.ts";
export { loadOrCreateSecret } from "./load-or-create-secret.ts";
export * from "./run-server.ts";
export * from "./start-postgres.ts";
