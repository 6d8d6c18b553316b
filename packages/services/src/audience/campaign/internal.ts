/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { listCampaigns } from "./list.ts";
export { sampleEvenly } from "./preflight.ts";
export { watchCallLog } from "./refusal-limit.ts";
export { type CampaignPlan, loadRunningPlans } from "./running-plans.ts";
