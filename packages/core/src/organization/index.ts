export * from "./public-address.ts";
