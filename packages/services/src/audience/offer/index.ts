export * from "./archive-offer.ts";
export * from "./list-offers.ts";
export * from "./match-offers.ts";
export * from "./read-offer.ts";
export * from "./restore-offer.ts";
export * from "./save-offer.ts";
