import type { ScrubView } from "@ringfence/services/calling/scrub";
import { useTranslations } from "next-intl";

/** What sellers and purposes are called, by what a scrub names them. */
export type ScrubNames = {
  /** By key or id; left out, the only one. */
  seller: (keyOrId: string | undefined) => string;
  purpose: (key: string) => string;
};

type Seller = { id: string; key: string; name: string };
type Purpose = { key: string; name: string };

export function createNames(sellers: readonly Seller[], purposes: readonly Purpose[]): ScrubNames {
  return {
    seller(keyOrId) {
      const [only] = sellers;
      const found = sellers.find(({ id, key }) => keyOrId === id || keyOrId === key);
      return found?.name ?? keyOrId ?? only?.name ?? "";
    },
    purpose: (key) => purposes.find((purpose) => purpose.key === key)?.name ?? key,
  };
}

type ScrubAskedProps = { scrub: Pick<ScrubView, "settings">; named: ScrubNames };

/** On whose behalf and about what calls are asked. */
export function ScrubSubject({ scrub: { settings }, named }: ScrubAskedProps) {
  const t = useTranslations("scrubs");
  return t("asked", {
    seller: named.seller(settings.seller),
    purpose: named.purpose(settings.purpose),
  });
}
