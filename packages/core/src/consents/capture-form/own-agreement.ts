import { z } from "zod";
import { PurposeKey } from "../../account/purpose/index.ts";
import { Channel } from "../../people/phone/index.ts";
import { CaptureFormId, DisclosureId } from "../../platform/ids.ts";
import type { DisclosureTerms } from "../disclosure/index.ts";
import { HostedFields, HostedPage } from "./submission.ts";

/** A form that a person opens on their own page. */
export const ReadOwnForm = z.strictObject({ formId: CaptureFormId });

/** The version of a form that the person's own page shows, and what exactly it shows of it. */
export const OpenOwnForm = ReadOwnForm.extend({ version: z.int().min(1), page: HostedPage });

/** The boxes that a person ticked below one text. `isTicked` is the only box of a text without lists to choose from. */
export const TickedText = z.strictObject({
  id: DisclosureId,
  isTicked: z.boolean(),
  purposes: z.array(PurposeKey).max(100),
  channels: z.array(Channel).max(20),
});
export type TickedText = z.infer<typeof TickedText>;

/** Fields that a person fills in on their own page. The number is the one whose record they opened. */
export const OwnFormFields = HostedFields.omit({ phone: true, ticked: true }).extend({
  ticked: z.array(TickedText).max(20),
});
export type OwnFormFields = z.infer<typeof OwnFormFields>;

type Choices = Pick<DisclosureTerms, "purposes" | "channels">;

/** Lists the purposes and channels that a person can choose below a text; none where the text has only one. */
export const listChoices = ({ purposes, channels }: Choices): Choices => ({
  purposes: purposes.length > 1 ? purposes : [],
  channels: channels.length > 1 ? channels : [],
});

/**
 * Reads to what of a text a person agreed: null if they ticked nothing, `incomplete` if they left one of two lists
 * empty. It is never more than the text asks for, whatever was sent.
 */
export function readAgreement(
  terms: Choices,
  ticked: TickedText | undefined,
): Choices | "incomplete" | null {
  if (ticked === undefined) return null;
  const offered = listChoices(terms);
  const purposes = offered.purposes.filter((purpose) => ticked.purposes.includes(purpose));
  const channels = offered.channels.filter((channel) => ticked.channels.includes(channel));
  const lists = [
    { offered: offered.purposes.length, chosen: purposes.length },
    { offered: offered.channels.length, chosen: channels.length },
  ].filter((list) => list.offered > 0);
  if (lists.length === 0) return ticked.isTicked ? terms : null;
  if (lists.every(({ chosen }) => chosen === 0)) return null;
  if (lists.some(({ chosen }) => chosen === 0)) return "incomplete";
  return {
    purposes: offered.purposes.length > 0 ? purposes : terms.purposes,
    channels: offered.channels.length > 0 ? channels : terms.channels,
  };
}
