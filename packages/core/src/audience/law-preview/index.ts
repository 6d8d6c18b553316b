export * from "./law-preview.ts";
