/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export {
  NamedPolicy,
  loadPastPolicies,
  loadPolicies,
  loadPolicyTexts,
  readPolicyTexts,
} from "./load-policies.ts";
