import type {
  BlockedEditionId,
  EvidenceFileId,
  ImportId,
  OrganizationId,
  ScrubId,
  UploadId,
} from "@ringfence/core/ids";
import { z } from "zod";

/**
 * Path of a stored file below RINGFENCE_FILES, made of our own words and ids. Names that people gave to files are not
 * used, so no path can lead out of the folder. Files that rows name, and folders with drafts, are also listed in
 * desk/erasure/files/orphaned-files.ts, which erases what no row names.
 */
export const FileName = z
  .string()
  .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*\.[a-z0-9]+$/)
  .brand<"FileName">();
export type FileName = z.infer<typeof FileName>;

/** Path of a folder for files of one kind. */
export const FolderName = z
  .string()
  .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/)
  .brand<"FolderName">();
export type FolderName = z.infer<typeof FolderName>;

export const importFolder = (organizationId: OrganizationId) =>
  FolderName.parse(`${organizationId}/imports`);
/** Files of an import: the uploaded one, and the file with remarks of one attempt. */
export const importFile = (organizationId: OrganizationId, id: ImportId) =>
  FileName.parse(`${organizationId}/imports/${id}.csv`);
export const remarksFile = (organizationId: OrganizationId, id: ImportId, attempt: number) =>
  FileName.parse(`${organizationId}/imports/${id}-remarks-${attempt}.csv`);

/**
 * Files of a scrub: the uploaded one, and the result of one attempt. Attempts that overlap write different
 * files.
 */
export const scrubFile = (organizationId: OrganizationId, id: ScrubId) =>
  FileName.parse(`${organizationId}/scrubs/${id}.csv`);
export const scrubResultFile = (organizationId: OrganizationId, id: ScrubId, attempt: number) =>
  FileName.parse(`${organizationId}/scrubs/${id}-result-${attempt}.csv`);

export const scrubFolder = (organizationId: OrganizationId) =>
  FolderName.parse(`${organizationId}/scrubs`);

export const registryFolder = (organizationId: OrganizationId) =>
  FolderName.parse(`${organizationId}/registries`);
/** A registry file that a person uploaded, or that its publisher provides once a day; plain or zipped. */
export const registryFile = (organizationId: OrganizationId, id: UploadId) =>
  FileName.parse(`${organizationId}/registries/${id}.list`);

export const evidenceFolder = (organizationId: OrganizationId) =>
  FolderName.parse(`${organizationId}/evidence`);
/** A recording or scan that proves a consent or a withdrawal. */
export const evidenceFile = (organizationId: OrganizationId, id: EvidenceFileId) =>
  FileName.parse(`${organizationId}/evidence/${id}.bin`);

/** A stored file without some of its rows, until it replaces the original. */
export const rewrittenFile = (name: FileName) =>
  FileName.parse(name.replace(/\.[a-z0-9]+$/, "-rewritten.csv"));

export const blockedFolder = (organizationId: OrganizationId) =>
  FolderName.parse(`${organizationId}/blocked`);
/** Files of an edition of the blocked list: the whole list, and its changes. */
export const blockedListFile = (organizationId: OrganizationId, id: BlockedEditionId) =>
  FileName.parse(`${organizationId}/blocked/${id}.csv`);
export const blockedChangesFile = (organizationId: OrganizationId, id: BlockedEditionId) =>
  FileName.parse(`${organizationId}/blocked/${id}-changes.csv`);
