export { confirmByCode, confirmConsents, disownConsents } from "./answer.ts";
export { type OpenedConfirmation, openConfirmation, readConfirmation } from "./public-page.ts";
export { requeueConfirmations, sendConfirmation } from "./send.ts";
