/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { type OpenForm, listCaptureForms, listOpenForms } from "./list.ts";
