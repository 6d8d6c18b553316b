export * from "./organization.ts";
export * from "./public-address.ts";
