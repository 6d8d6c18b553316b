import { z } from "zod";
import { RegistryFetchId, UploadId } from "../../platform/ids.ts";

/** A file that was fetched, under the name that its publisher gave it. */
export const FetchedFile = z.object({
  id: UploadId,
  name: z.string().min(1).max(255),
  /** The address that the publisher told it by: another edition has another. */
  place: z.string().max(2_000),
});
export type FetchedFile = z.infer<typeof FetchedFile>;

/** What becomes of a fetch: it is open while files are missing, and whole until its edition was judged. */
const FetchStatus = z.enum(["open", "whole", "used", "held", "lost"]);

/** What was taken from a publisher that gives a file out once a day: it is not to be had a second time. */
export const RegistryFetch = z.object({
  id: RegistryFetchId,
  revision: z.number(),
  kind: z.enum(["full", "change"]),
  status: FetchStatus,
  /** By which the publisher knows a list of changes that it was asked for. */
  request: z.string().nullable(),
  files: FetchedFile.array(),
  /** When the publisher was first asked for it. */
  cameAt: z.date(),
});
export type RegistryFetch = z.infer<typeof RegistryFetch>;
