export * from "./seller.ts";
