export * from "./call-preference.ts";
