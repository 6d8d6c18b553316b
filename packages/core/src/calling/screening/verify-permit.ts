import { z } from "zod";
import { Region, WrittenPhone } from "../../people/phone/index.ts";
import { ScreeningAnswer } from "./screening-answer.ts";

/** A permit of a minute is a third of this. */
const MAX_PERMIT = 2_048;

/** A permit to be checked at the moment of dialing (contract 8). */
export const VerifyPermit = z.strictObject({
  permit: z.string().max(MAX_PERMIT),
  /** The number that is about to be dialed, as people write it. */
  phone: WrittenPhone,
  /** How a number written without `+` is read. */
  region: Region.optional(),
  /** Whether the permit is used up, if the call may be placed. */
  singleUse: z.boolean().default(false),
});
export type VerifyPermit = z.infer<typeof VerifyPermit>;

/** What the screening at this instant says; leave to dial is `allow`, and is not passed on. */
export const PermitAnswer = ScreeningAnswer.omit({ permit: true, expiresAt: true }).meta({
  id: "PermitAnswer",
});
export type PermitAnswer = z.infer<typeof PermitAnswer>;
