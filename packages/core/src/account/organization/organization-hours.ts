import { z } from "zod";
import { OpenWindow } from "../../platform/time/index.ts";

/**
 * Hours in which an organization calls, in the time zone of the person called. Every campaign keeps them.
 * They apply in addition to the law, so they can only narrow its hours.
 */
export const OrganizationHours = z.strictObject({
  windows: z.array(OpenWindow).length(1),
  /** True if nobody is called on public holidays of their country. */
  holidaysClosed: z.boolean(),
});
export type OrganizationHours = z.infer<typeof OrganizationHours>;
