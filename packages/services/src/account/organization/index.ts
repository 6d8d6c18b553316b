export * from "./change-organization.ts";
export * from "./count-day.ts";
export * from "./found-organization.ts";
export * from "./is-first-organization.ts";
export * from "./read-organization.ts";
