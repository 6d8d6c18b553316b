export * from "./list-contacts.ts";
export * from "./read-contact.ts";
export { recordContacts } from "./record-contacts.ts";
export type { ContactStanding } from "./contact-standings.ts";
