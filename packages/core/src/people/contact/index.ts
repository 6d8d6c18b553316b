export * from "./contact.ts";
export * from "./plan-contacts.ts";
