export * from "./change-organization.ts";
export * from "./found-organization.ts";
export * from "./organization-hours.ts";
export * from "./public-address.ts";
export * from "./dialer.ts";
