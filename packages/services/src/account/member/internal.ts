/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export {
  CurrentSession,
  type SessionKey,
  findAwaitedMember,
  proveSession,
  requireMemberId,
  toActor,
} from "./sessions.ts";
export { notifyMember } from "./account-notice.ts";
export {
  assertIndependentReviewer,
  findReviewFault,
  loadReviewFacts,
} from "./assert-independent-reviewer.ts";
export { membersWhoMay } from "./list-members.ts";
export { insertMember, lockMemberForChange } from "./manage-members.ts";
export { type Factor, completeSignIn, hasSecondFactor } from "./open-session.ts";
export { createFirstPassword, hashPassword, isPassword } from "./password.ts";
export { clearAttempts, countAttempt, factorSubject, memberSubject } from "./sign-in-throttle.ts";
