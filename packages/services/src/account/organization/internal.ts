/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { organizationFounded } from "./create-organization.ts";
export { assertDailyRowsLeft } from "./daily-rows.ts";
export { countDay } from "./count-day.ts";
export { loadOrganization } from "./organization.ts";
export { type RecordingSettings, loadRecordingSettings } from "./recording-settings.ts";
export { loadPrivateHosts } from "./private-hosts.ts";
