export * from "./complaint.ts";
