export * from "./jurisdiction.ts";
