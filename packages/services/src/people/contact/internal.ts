/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { addContactIfUnknown, applyContacts } from "./record-contacts.ts";
