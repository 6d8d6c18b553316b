export * from "./registry-ages.ts";
