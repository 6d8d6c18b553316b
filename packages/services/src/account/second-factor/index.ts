export {
  type Confirmation,
  confirmAuthenticator,
  removeAuthenticator,
  startAuthenticator,
} from "./authenticator.ts";
export {
  type FactorOutcome,
  type ProofOutcome,
  proveIdentity,
  requireProof,
  signInByFactor,
} from "./prove-identity.ts";
export { forgetPasskeyChallenges } from "./challenge.ts";
export {
  type PasskeySignIn,
  addPasskey,
  createPasskeyOptions,
  removePasskey,
  renamePasskey,
  signInByPasskey,
  startPasskey,
} from "./passkeys.ts";
export { replaceRecoveryCodes } from "./recovery-codes.ts";
export { changeSecondFactorPolicy, readOwnFactors, resetSecondFactors } from "./second-factors.ts";
