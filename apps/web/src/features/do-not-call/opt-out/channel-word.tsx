import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { useTranslations } from "next-intl";

/** How a refusal came to us. */
export function ChannelWord({ channel }: { channel: string }) {
  const t = useTranslations("optOuts.channels");
  const known = OptOutChannel.safeParse(channel);
  return known.success ? t(known.data) : channel;
}
