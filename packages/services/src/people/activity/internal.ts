/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { loadActivityTypes } from "./activity-types.ts";
export { type FoundPerson, findPeople } from "./find-people.ts";
export { insertActivities } from "./record-activities.ts";
