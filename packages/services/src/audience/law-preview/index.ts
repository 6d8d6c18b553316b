export {
  type LawPreviewView,
  listLawPreviews,
  listPolicyPreviews,
  requestLawPreview,
  requestPolicyPreview,
} from "./request-and-list.ts";
export { runLawPreview } from "./run.ts";
