export * from "./public-lookup.ts";
