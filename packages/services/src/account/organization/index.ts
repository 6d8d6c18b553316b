export * from "./change-organization.ts";
export * from "./count-day.ts";
export * from "./found-organization.ts";
export { isFirstOrganization, readOrganization } from "./organization.ts";
