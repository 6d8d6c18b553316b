export * from "./host-locale.ts";
export * from "./read-settings.ts";
export * from "./settings.ts";
