import type { Fault, Message } from "../../platform/message/index.ts";
import type { PurposeKey } from "../../account/purpose/index.ts";
import type { DisclosureTerms } from "./disclosure.ts";

type Draft = { text: string; terms: DisclosureTerms };

/** All that stands against the publication of a text: what it asks has to be said by its terms. */
export function publicationFaults(
  { text, terms }: Draft,
  known: readonly { key: PurposeKey }[],
): Fault[] {
  const { asks, purposes, channels, retention, withdrawal } = terms;
  const isAdvertising = asks === "advertising";
  const strange = purposes.find((purpose) => !known.some(({ key }) => key === purpose));
  return [
    ...when(text === "", "/text", { key: "fault.missing" }),
    ...when(retention === "", "/terms/retention", { key: "disclosure.no-retention" }),
    ...when(withdrawal === "", "/terms/withdrawal", { key: "disclosure.no-withdrawal" }),
    ...when(isAdvertising && purposes.length === 0, "/terms/purposes", {
      key: "disclosure.no-purpose",
    }),
    ...when(isAdvertising && channels.length === 0, "/terms/channels", {
      key: "disclosure.no-channel",
    }),
    ...when(!isAdvertising && purposes.length + channels.length > 0, "/terms/purposes", {
      key: "disclosure.data-alone",
    }),
    ...when(strange !== undefined, "/terms/purposes", {
      key: "purpose.unknown",
      values: { purpose: strange ?? "", known: known.map(({ key }) => key).join(", ") },
    }),
  ];
}

const when = (holds: boolean, path: string, message: Message): Fault[] =>
  holds ? [{ path, message }] : [];
