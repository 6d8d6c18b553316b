export { queueDueTrainings, trainRelevance, trainRelevanceJob } from "./train.ts";
export { type RelevanceView, readRelevance } from "./overview.ts";
export { type ThresholdView, readThreshold, setThreshold } from "./threshold.ts";
