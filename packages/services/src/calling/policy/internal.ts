/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export {
  NamedPolicy,
  loadPastPolicies,
  loadPolicies,
  loadPoliciesInForce,
  loadPolicyTexts,
  readPolicyTexts,
} from "./load-policies.ts";
export { loadDraft } from "./policy.ts";
