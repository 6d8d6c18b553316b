export {
  type PolicyDraftView,
  discardPolicyDraft,
  readPolicyDraft,
  savePolicyDraft,
  startPolicyDraft,
} from "./draft.ts";
export { type PoliciesView, type PolicyState, type PolicyView, listPolicies } from "./list.ts";
export { publishPolicy } from "./publish.ts";
export { type PlaceView, viewPlace } from "./view-place.ts";
