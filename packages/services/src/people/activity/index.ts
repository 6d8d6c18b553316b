export { defineActivityType } from "./activity-types.ts";
export {
  type Arrival,
  type DayActivities,
  type ActivitySubmission,
  readActivities,
} from "./read-activities.ts";
export { followActivitiesJob, recordActivities } from "./record-activities.ts";
