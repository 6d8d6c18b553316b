export {
  addMember,
  changeMember,
  insertMember,
  removeMember,
  resetMemberPassword,
} from "./manage-members.ts";
export {
  type PasswordOutcome,
  changeOwnPassword,
  changeOwnSettings,
} from "./change-own-account.ts";
export {
  type CurrentMember,
  SESSION_HOURS,
  type SessionKey,
  endSession,
  findAwaitedMember,
  findCurrentMember,
  signOut,
  toActor,
} from "./sessions.ts";
export { type MemberView, listMembers, readMember } from "./list-members.ts";
export * from "./member-link.ts";
export { sendAccountNotice, sendAccountNoticeJob } from "./account-notice.ts";
export { forgetSignIns } from "./open-session.ts";
export { hashPassword, isPassword } from "./password.ts";
export {
  type SessionView,
  type SignInView,
  endMemberSessions,
  listMemberSessions,
  listOwnSessions,
} from "./session-lists.ts";
export { PLACE_DAYS, ensureBrowserToken } from "./sign-in-places.ts";
export { type SignInOutcome, startSession } from "./sign-in.ts";
