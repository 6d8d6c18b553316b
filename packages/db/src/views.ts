import type { OptOut, Timestamp } from "./generated/kysely/types.ts";

/** The views of the migrations, which Prisma's schema does not describe. */
export type Views = {
  /** Opt-outs, each with the correction that lifted it. Its columns are null while the opt-out is in force. */
  optOutKnown: OptOut & {
    correctedAt: Timestamp | null;
    correctionId: string | null;
    correctionMac: Buffer | null;
  };
};
