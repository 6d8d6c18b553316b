export * from "./count-day.ts";
export * from "./read-organization.ts";
