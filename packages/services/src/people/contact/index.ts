export { recordContacts } from "./record-contacts.ts";
