import type { ScrubView } from "@ringfence/services/calling/scrub";
import { useTranslations } from "next-intl";
import type { Named } from "./named";

type ScrubAskedProps = { scrub: Pick<ScrubView, "settings">; named: Named };

/** On whose behalf and about what calls are asked. */
export function ScrubAsked({ scrub: { settings }, named }: ScrubAskedProps) {
  const t = useTranslations("scrubs");
  return t("asked", {
    seller: named.seller(settings.seller),
    purpose: named.purpose(settings.purpose),
  });
}
