import { type Message, say } from "@ringfence/core/platform/message";
import { useLocale, useTimeZone } from "next-intl";

/** Shows a message of core or a service in the reader's language and time zone. */
export function MessageText({ message }: { message: Message }) {
  return say(useLocale(), message, useTimeZone());
}
