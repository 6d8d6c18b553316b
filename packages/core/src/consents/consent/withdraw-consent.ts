import { z } from "zod";
import { ConsentId } from "../../platform/ids.ts";
import { unreadIn } from "../../platform/message/index.ts";
import { OptOutChannel } from "../../do-not-call/opt-out/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { WrittenInstant } from "../../platform/time/index.ts";
import { ConsentSource } from "./consent.ts";

const fields = {
  /** Which of its purposes, or nodes below them; left out, all. */
  purposes: z.array(PurposeKey).min(1).max(20).optional(),
  /** When the person said so, where that was not now. */
  at: WrittenInstant.optional(),
  /** How it reached us. */
  channel: OptOutChannel.optional(),
};

/**
 * A person takes back what they agreed to. As with an opt-out nothing that is wrong with what is said of it
 * can lose it: what cannot be read is left out, so that all of the consent is taken back, as of now.
 */
export const WithdrawConsent = z.object({
  consent: ConsentId,
  purposes: fields.purposes.catch(undefined),
  at: fields.at.catch(undefined),
  channel: OptOutChannel.catch("api"),
});

export type WithdrawConsent = z.infer<typeof WithdrawConsent>;

const AsItShouldBe = z.strictObject(fields).nullish();

/** Which fields of a withdrawal could not be read as sent, so that its answer can say so in `notes`. */
export const unreadOfWithdrawal = (sent: unknown) => unreadIn(AsItShouldBe, sent);

/** Where an event of a consent came from: as a consent is given, as one is taken back, or an erasure. */
export const EventSource = z.enum([
  ...ConsentSource.options,
  ...OptOutChannel.exclude(["import"]).options,
  "erasure",
]);
