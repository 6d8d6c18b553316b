export {
  type Confirmation,
  confirmAuthenticator,
  removeAuthenticator,
  startAuthenticator,
} from "./authenticator.ts";
export {
  type FactorOutcome,
  GivenFactor,
  type ProofOutcome,
  proveIdentity,
  requireProof,
  signInByFactor,
} from "./prove-identity.ts";
export { replaceRecoveryCodes } from "./recovery-codes.ts";
export { changeSecondFactorPolicy, readOwnFactors, resetSecondFactors } from "./second-factors.ts";
