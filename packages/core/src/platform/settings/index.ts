export * from "./app-settings.ts";
export * from "./host-locale.ts";
export * from "./private-hosts.ts";
export * from "./read-settings.ts";
export * from "./settings.ts";
