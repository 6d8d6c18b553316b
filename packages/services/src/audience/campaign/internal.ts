/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { listCampaigns, listReviewableCampaigns } from "./list.ts";
export { sampleEvenly } from "./sample-evenly.ts";
export { watchCallLog } from "./refusal-limit.ts";
export { type RunningPlan, loadRunningPlans } from "./running-plans.ts";
