export * from "./contact.ts";
export * from "./is-address-region.ts";
export * from "./list-contacts.ts";
export * from "./plan-contacts.ts";
export * from "./read-contact-row.ts";
