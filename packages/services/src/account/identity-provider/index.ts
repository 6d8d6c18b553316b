export { type LogoutOutcome, endSessionsByLogoutToken } from "./back-channel-logout.ts";
export { findMemberOfSession } from "./follow-groups.ts";
export {
  checkIdentityProvider,
  disconnectIdentityProvider,
  findSignInOffer,
  listEmergencyOwners,
  readIdentityProvider,
  saveIdentityProvider,
} from "./provider.ts";
export type { IssuerFault } from "./reach-provider.ts";
export {
  ProviderFlow,
  type ProviderSignInOutcome,
  finishProviderSignIn,
  startProviderSignIn,
} from "./sign-in.ts";
export { findProviderSignOut } from "./sign-out.ts";
