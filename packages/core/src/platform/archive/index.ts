export * from "./archivable.ts";
