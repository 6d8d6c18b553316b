export * from "./find-client-address.ts";
export * from "./find-network.ts";
export * from "./public-lookup.ts";
