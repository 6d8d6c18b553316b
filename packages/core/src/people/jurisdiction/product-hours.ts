import type { HoursPolicy } from "./jurisdiction.ts";

/** `policy.hours` as the product comes: Monday to Saturday, 09:00 to 20:00, not on holidays (contract 4). */
export const productHours: HoursPolicy = {
  windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA"], from: "09:00", to: "20:00" }],
  holidaysClosed: true,
};
