import type { ImportId, OrganizationId } from "@ringfence/core/ids";
import { z } from "zod";

/** Words of ours and ids, so that no name that a person gave a file can lead out of the folder. */
export const FileName = z
  .string()
  .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*\.[a-z0-9]+$/)
  .brand<"FileName">();
export type FileName = z.infer<typeof FileName>;

/** What was uploaded, and what of it was rejected. */
export const importFile = (organizationId: OrganizationId, id: ImportId) =>
  FileName.parse(`${organizationId}/imports/${id}.csv`);
export const rejectedFile = (organizationId: OrganizationId, id: ImportId) =>
  FileName.parse(`${organizationId}/imports/${id}-rejected.csv`);
