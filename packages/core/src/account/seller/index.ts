export * from "./change-seller.ts";
export * from "./find-seller.ts";
export * from "./seller.ts";
