import { z } from "zod";
import { RegistryEditionId, RegistryId } from "../../platform/ids.ts";
import { ReadingSchedule } from "./reading-schedule.ts";
import { RegistryFormat } from "./format.ts";
import { GivenSource, SourceSecret } from "./source.ts";
import { Instant } from "../../platform/time/index.ts";

/** As the rules name it (`US-FTC-DNC`), or the organization's own key. */
export const RegistryCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/);
export type RegistryCode = z.infer<typeof RegistryCode>;

export const ConnectRegistry = z.object({
  code: RegistryCode,
  name: z.string().trim().min(1).max(200),
  format: RegistryFormat,
  source: GivenSource,
  /** Kept encrypted, and never shown again. */
  secret: SourceSecret.optional(),
  maxAgeDays: z.int().min(1).max(365),
  /** Of the numbers that are listed, the share that may go at once without a person's look. */
  maxShrinkShare: z.number().min(0).max(1).default(0.02),
  /** Null, or left out: when the organization's registries are read. */
  schedule: ReadingSchedule.nullable().optional(),
});
export type ConnectRegistry = z.infer<typeof ConnectRegistry>;

/** What is left out stays as it is. */
export const ChangeRegistry = ConnectRegistry.omit({ code: true, maxShrinkShare: true })
  .extend({ maxShrinkShare: z.number().min(0).max(1) })
  .partial()
  .extend({ registryId: RegistryId });
export type ChangeRegistry = z.infer<typeof ChangeRegistry>;

/** An officer's word on an edition that is held, and why: whoever asks later has to understand it. */
export const SettleEdition = z.object({
  registryId: RegistryId,
  editionId: RegistryEditionId,
  verdict: z.enum(["accepted", "rejected"]),
  reason: z.string().trim().min(1).max(500),
});
export type SettleEdition = z.infer<typeof SettleEdition>;

/** An officer has an earlier edition put in force again, and says why. */
export const RollBackRegistry = SettleEdition.pick({ registryId: true, reason: true }).extend({
  number: z.int().min(1),
});
export type RollBackRegistry = z.infer<typeof RollBackRegistry>;

export const OneEdition = RollBackRegistry.pick({ registryId: true, number: true });
export type OneEdition = z.infer<typeof OneEdition>;

/** What an HTTP source says of a file, so that it can be asked whether there is a newer one. */
export const Validators = z.object({
  etag: z.string().max(1_000).optional(),
  lastModified: z.string().max(100).optional(),
});
export type Validators = z.infer<typeof Validators>;

export const RegistryEditions = z.object({
  registryId: RegistryId,
  after: RegistryEditionId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type RegistryEditions = z.infer<typeof RegistryEditions>;

/** Whether a registry listed a number on a day, `until` excluded: whose day it is, its clock says. */
export const WasListed = z.object({
  registryId: RegistryId,
  /** As people write it. */
  phone: z.string().max(64),
  from: Instant,
  until: Instant,
});
export type WasListed = z.infer<typeof WasListed>;
