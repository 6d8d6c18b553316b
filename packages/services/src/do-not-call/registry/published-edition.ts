import type { RegistryId, UploadId } from "@ringfence/core/ids";
import type { Edition, Validators } from "@ringfence/core/do-not-call/registry";
import type { RunClaim } from "@ringfence/core/platform/run";

/** An edition as it came from its source. */
export type PublishedEdition = {
  registryId: RegistryId;
  /** The registry's revision by which it was read. */
  revision: number;
  /** What a person had put in, where it was read from that. */
  uploadId: UploadId | null;
  edition: Edition;
  /** SHA-256 over the files as published, in hexadecimal. */
  sha256: string;
  /** Of the files as published. */
  bytes: number;
  /** When its source began to be read, by the database's clock. */
  readAt: Date;
  validators: Validators | null;
  /** Of the run that read it: once that was canceled, or taken over, nothing of it comes into force. */
  claim: RunClaim | null;
};
