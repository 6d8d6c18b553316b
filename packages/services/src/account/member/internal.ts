/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { requireMemberId } from "./sessions.ts";
export {
  assertIndependentReviewer,
  findReviewFault,
  loadReviewFacts,
} from "./assert-independent-reviewer.ts";
export { membersWhoMay } from "./list-members.ts";
export { insertMember } from "./manage-members.ts";
export { createFirstPassword, hashPassword } from "./password.ts";
