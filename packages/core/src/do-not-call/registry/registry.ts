import { z } from "zod";
import { RegistryEditionId, RegistryId } from "../../platform/ids.ts";
import { ReadingSchedule } from "./reading-schedule.ts";
import { RegistryFormat } from "./format.ts";
import { SourceInput, SourceSecret, isAnsweredSource } from "./source.ts";
import { visibleText } from "../../platform/text/index.ts";
import { Instant } from "../../platform/time/index.ts";

/** A registry's code in the rules (`US-FTC-DNC`), or a code that the organization chose. */
export const RegistryCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/);
export type RegistryCode = z.infer<typeof RegistryCode>;

/**
 * Connects a registry: a list of numbers that may not be called (or, for an allow list, that may), which somebody else
 * publishes and which is read again and again.
 */
export const ConnectRegistry = z.object({
  code: RegistryCode,
  name: visibleText(200).min(1),
  format: RegistryFormat,
  source: SourceInput,
  /** Stored encrypted and never shown again. */
  secret: SourceSecret.optional(),
  /**
   * Age at which the list no longer counts as checked, where no rule of law sets a limit. Answers about single numbers
   * end by this limit and by the rule's, whichever is stricter.
   */
  maxAgeDays: z.int().min(1).max(365),
  /** Share of the listed numbers that may disappear at once, or be added to an allow list, without a review. */
  maxShrinkShare: z.number().min(0).max(1).default(0.02),
  /** Null or missing: the organization's schedule. */
  schedule: ReadingSchedule.nullable().optional(),
});
export type ConnectRegistry = z.infer<typeof ConnectRegistry>;

/**
 * True if an allow list can be read in this way: from a table of numbers. The other formats and services are those of
 * do-not-call registries, and what they list may not be called.
 */
export const fitsAllowList = ({ format, source }: Pick<ConnectRegistry, "format" | "source">) =>
  format.reader === "csv" && !isAnsweredSource(source);

/** New settings of a registry. Missing fields stay as they are; the code never changes. */
export const ChangeRegistry = ConnectRegistry.omit({ code: true, maxShrinkShare: true })
  .extend({ maxShrinkShare: z.number().min(0).max(1) })
  .partial()
  .extend({ registryId: RegistryId });
export type ChangeRegistry = z.infer<typeof ChangeRegistry>;

/** Accepts or rejects a held edition, with a reason for later readers. */
export const ReviewEdition = z.object({
  registryId: RegistryId,
  editionId: RegistryEditionId,
  verdict: z.enum(["accepted", "rejected"]),
  reason: z.string().trim().min(1).max(500),
});
export type ReviewEdition = z.infer<typeof ReviewEdition>;

/** Puts an earlier edition in force again, with a reason. */
export const RollBackRegistry = ReviewEdition.pick({ registryId: true, reason: true }).extend({
  number: z.int().min(1),
});
export type RollBackRegistry = z.infer<typeof RollBackRegistry>;

/** An edition that is or was in force, by its number. */
export const EditionKey = RollBackRegistry.pick({ registryId: true, number: true });
export type EditionKey = z.infer<typeof EditionKey>;

/** HTTP validators of a file, to ask its server if there is a newer one. */
export const Validators = z.object({
  etag: z.string().max(1_000).optional(),
  lastModified: z.string().max(100).optional(),
});
export type Validators = z.infer<typeof Validators>;

/** Confirms that the source still offers the bytes of the edition in force. */
export const ConfirmEdition = z.object({
  registryId: RegistryId,
  /** Revision of the registry's settings at the reading. */
  revision: z.number(),
  sha256: z.string(),
  /** When the reading started. */
  readAt: z.date(),
  validators: Validators.nullable(),
});
export type ConfirmEdition = z.infer<typeof ConfirmEdition>;

/** Asks for a page of a registry's editions, latest first. `after` is the last id of the page before. */
export const ListEditions = z.object({
  registryId: RegistryId,
  after: RegistryEditionId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListEditions = z.infer<typeof ListEditions>;

/** Asks whether a registry listed a number between two instants; `until` is excluded. */
export const FindPastListings = z.object({
  registryId: RegistryId,
  /** The number as it was typed. */
  phone: z.string().max(64),
  from: Instant,
  until: Instant,
});
export type FindPastListings = z.infer<typeof FindPastListings>;
