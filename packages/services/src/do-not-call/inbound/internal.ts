/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { answerQuestion } from "./questions.ts";
export { recordReply } from "./reply.ts";
