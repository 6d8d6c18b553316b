/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { createChallenge } from "./challenge.ts";
export { describeBursts } from "./alarm.ts";
export { Visitor, createFlow, isBusy, recordRequest } from "./detect.ts";
