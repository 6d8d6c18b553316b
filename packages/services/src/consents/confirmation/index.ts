export { confirmByCode, confirmConsents, disownConsents } from "./answer.ts";
export { type OpenedConfirmation, openConfirmation, readConfirmation } from "./public-page.ts";
export { sendConfirmationJob } from "./queue-within-limits.ts";
export { requeueConfirmations, sendConfirmation } from "./send.ts";
