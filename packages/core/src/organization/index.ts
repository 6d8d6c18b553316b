export * from "./change-organization.ts";
export * from "./found-organization.ts";
export * from "./public-address.ts";
