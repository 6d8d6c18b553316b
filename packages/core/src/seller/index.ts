export * from "./find-seller.ts";
export * from "./seller.ts";
