export * from "./best-offer.ts";
export * from "./merge-fields.ts";
export * from "./offer.ts";
export * from "./script.ts";
export * from "./script-fault.ts";
