export { answerQuestion, listQuestions } from "./questions.ts";
export { authenticateMailgun, authenticateTwilio } from "./authenticate.ts";
export {
  connectMailgun,
  connectTwilio,
  disconnectSource,
  listSources,
  replaceSecret,
} from "./sources.ts";
export {
  type SeenCode,
  listDispositions,
  mapDisposition,
  recordDisposition,
} from "./dispositions.ts";
export { recordDialerList } from "./dialer-list.ts";
export { recordMail } from "./mail.ts";
export { type RecordReplyResult, recordReply } from "./reply.ts";
