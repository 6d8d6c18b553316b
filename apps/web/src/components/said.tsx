import { type Message, say } from "@ringfence/core/platform/message";
import { useLocale, useTimeZone } from "next-intl";

/** What core or a service has to say, in the words and by the clock of whoever reads it. */
export function Said({ message }: { message: Message }) {
  return say(useLocale(), message, useTimeZone());
}
