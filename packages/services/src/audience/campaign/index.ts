export { archiveCampaign, restoreCampaign } from "./archive.ts";
export { exportCalls, handOverCalls } from "./hand-over.ts";
export { type CampaignListItem, type CampaignView, listCampaigns, readCampaign } from "./list.ts";
export { moveCampaign } from "./move.ts";
export { readPreflight } from "./preflight.ts";
export { readResults } from "./results.ts";
export { saveCampaign } from "./save.ts";
export { watchAllCampaigns, watchCampaigns, watchCampaignsJob } from "./refusal-limit.ts";
