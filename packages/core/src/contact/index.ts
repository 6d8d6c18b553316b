export * from "./contact.ts";
export * from "./is-address-region.ts";
export * from "./plan-contacts.ts";
