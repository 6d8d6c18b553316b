/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { addContactIfUnknown, applyContacts } from "./record-contacts.ts";
