/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export {
  CurrentSession,
  type CurrentMember,
  type SessionKey,
  findAwaitedMember,
  findCurrentMember,
  proveSession,
  requireMemberId,
  toActor,
} from "./sessions.ts";
export { notifyMember } from "./account-notice.ts";
export {
  assertIndependentReviewer,
  findReviewFault,
  loadReviewFacts,
  recordMemberEvent,
} from "./assert-independent-reviewer.ts";
export { hasAccess, listMembersWhoMay, membersWhoMay } from "./list-members.ts";
export {
  assertStillOwner,
  insertMember,
  lockMemberForChange,
  lockOwnersAnd,
} from "./manage-members.ts";
export { type Factor, completeSignIn, lockMember, openSession } from "./open-session.ts";
export { createFirstPassword, hashPassword, isPassword } from "./password.ts";
export { hasSecondFactor, isProviderRequired } from "./sign-in-rules.ts";
export { ensureBrowserToken } from "./sign-in-places.ts";
export {
  type SignInSource,
  clearAttempts,
  countAttempt,
  createFactorSubject,
  createMemberSubject,
} from "./sign-in-throttle.ts";
