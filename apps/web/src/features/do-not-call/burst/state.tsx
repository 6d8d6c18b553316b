import type { BurstView } from "@ringfence/services/do-not-call/burst";
import { useTranslations } from "next-intl";

/** Says in a word or two what officers have decided about a burst. */
export function BurstState({ burst: { liftings, dismissed } }: { burst: BurstView }) {
  const t = useTranslations("bursts");
  if (liftings.some(({ answer }) => answer?.isAccepted)) return t("states.lifted");
  if (liftings.some(({ answer }) => answer === null)) return t("states.asked");
  return t(dismissed === null ? "states.open" : "states.dismissed");
}
