export { listContacts } from "./list-contacts.ts";
export { readContact } from "./read-contact.ts";
export type { ContactStanding } from "./contact-standings.ts";
