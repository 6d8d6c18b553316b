export { changeOrganization, isFirstOrganization, readOrganization } from "./organization.ts";
export * from "./count-day.ts";
export * from "./create-organization.ts";
export { listDailyRows, setDailyRows } from "./daily-rows.ts";
export * from "./usage.ts";
