import { z } from "zod";
import { RegistryId } from "../../platform/ids.ts";
import { Instant } from "../../platform/time/index.ts";

/** Whether a registry listed a number on a day, `until` excluded: whose day it is, its clock says. */
export const WasListed = z.object({
  registryId: RegistryId,
  /** As people write it. */
  phone: z.string().max(64),
  from: Instant,
  until: Instant,
});
export type WasListed = z.infer<typeof WasListed>;
