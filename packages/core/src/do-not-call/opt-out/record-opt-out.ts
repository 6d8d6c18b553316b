import { z } from "zod";
import { unreadIn } from "../../platform/message/index.ts";
import { Region, MAX_WRITTEN_LENGTH, WrittenPhone } from "../../people/phone/index.ts";
import { WrittenInstant } from "../../platform/time/index.ts";
import { OptOutChannel } from "./opt-out.ts";

const MAX_NOTE = 2_000;
const MAX_RECORDING = 2_048;

const fields = {
  /** As people write it. */
  phone: z.string().max(MAX_WRITTEN_LENGTH),
  /** How a number written without `+` is read. */
  region: Region.optional(),
  /** What is refused, where it is not all calls: those of a seller (key or id), about a purpose, … */
  scope: z
    .union([
      z.strictObject({ seller: z.string().min(1).max(128) }),
      z.strictObject({ purpose: z.string().min(1).max(128) }),
      z.strictObject({ profiling: z.literal(true) }),
      z.strictObject({}),
    ])
    .optional(),
  channel: OptOutChannel,
  /** When the person said so, where that was not now. */
  at: WrittenInstant.optional(),
  note: z.string().max(MAX_NOTE).optional(),
  /** Where the call can be heard in which the person said so. */
  recording: z.string().max(MAX_RECORDING).optional(),
};

const cutTo = (length: number) => (text: string) => text.slice(0, length);

/**
 * A refusal to be put on record (contract 6). Nothing that is wrong beside the number can lose it:
 * what cannot be read is left out, so that it is a refusal of all calls, as of now.
 */
export const RecordOptOut = z.object({
  phone: WrittenPhone.transform(cutTo(MAX_WRITTEN_LENGTH)).catch(""),
  region: fields.region.catch(undefined),
  scope: fields.scope.catch(undefined),
  channel: fields.channel.catch("api"),
  at: fields.at.catch(undefined),
  note: z.string().transform(cutTo(MAX_NOTE)).optional().catch(undefined),
  recording: fields.recording.catch(undefined),
});
export type RecordOptOut = z.infer<typeof RecordOptOut>;

const AsItShouldBe = z.object(fields);

/** Which fields of a refusal could not be read as sent, so that its answer can say so in `notes`. */
export const unreadFields = (sent: unknown) => unreadIn(AsItShouldBe, sent);
