export * from "./evidence-file.ts";
