export { type ReadSettings, readHostLocale, readSettings } from "./read-settings.ts";
export * from "./private-hosts.ts";
export * from "./settings.ts";
