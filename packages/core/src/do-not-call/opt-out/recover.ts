import { z } from "zod";

/**
 * A line of the copy of opt-outs, from which a lost opt-out is recorded again. It has the hash of a number and not the
 * number: only who has `master.key` can compute it.
 */
export const OptOutRecovery = z.strictObject({
  /** Keyed hash of the number (`computePhoneKey`), in hex, and the generation of the master key that it ends with. */
  phoneKey: z.string().regex(/^[0-9a-f]{64}$/),
  generation: z.int().positive(),
  scope: z.enum(["all", "seller", "purpose", "profiling"]),
  sellerId: z.guid().nullable(),
  purpose: z.string().nullable(),
  channel: z.string(),
  at: z.iso.datetime(),
});
export type OptOutRecovery = z.infer<typeof OptOutRecovery>;

/** Opt-outs of one organization that its database has lost. */
export const RecoverOptOuts = z.strictObject({
  lost: z.array(OptOutRecovery.extend({ entryId: z.guid() })),
});
export type RecoverOptOuts = z.infer<typeof RecoverOptOuts>;
