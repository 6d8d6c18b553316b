export { confirmByCode, confirmConsents, disownConsents } from "./answer.ts";
export { type Answering, openConfirmation, seeConfirmation } from "./public-page.ts";
export { reviveConfirmations, sendConfirmation } from "./send.ts";
