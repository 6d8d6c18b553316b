/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { type ConfirmedForm, listCaptureForms, listConfirmedForms } from "./list.ts";
