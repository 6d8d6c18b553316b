/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { listCampaigns } from "./list.ts";
export { watchCallLog } from "./refusal-limit.ts";
