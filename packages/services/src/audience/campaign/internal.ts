/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { listCampaigns } from "./list.ts";
export { watchCallLog } from "./watch-log.ts";
