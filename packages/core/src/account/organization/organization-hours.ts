import { z } from "zod";
import { OpenWindow } from "../../platform/time/index.ts";

/**
 * When an organization calls at all, by the clock of whoever is called: kept by every campaign, and beside
 * the law, so that they only narrow it.
 */
export const OrganizationHours = z.strictObject({
  windows: z.array(OpenWindow).length(1),
  /** True if nobody is called on public holidays of their country. */
  holidaysClosed: z.boolean(),
});
export type OrganizationHours = z.infer<typeof OrganizationHours>;
