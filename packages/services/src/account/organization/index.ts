export { changeOrganization, isFirstOrganization, readOrganization } from "./organization.ts";
export * from "./count-day.ts";
export * from "./create-organization.ts";
export { type OrganizationLimits, listLimits, setDailyRows } from "./daily-rows.ts";
export {
  type HeavyLimits,
  type HeavyLimitsReader,
  createHeavyLimitsReader,
  setHeavyLimits,
} from "./heavy-limits.ts";
export * from "./usage.ts";
