export { type LawPreviewView, listLawPreviews, requestLawPreview } from "./request-and-list.ts";
export { runLawPreview } from "./run.ts";
