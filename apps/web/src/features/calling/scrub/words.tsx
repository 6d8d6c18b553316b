import type { ScrubView } from "@ringfence/services/calling/scrub";
import { useTranslations } from "next-intl";

/** Names of sellers and purposes, by the references in a scrub. */
export type ScrubNames = {
  /** Takes a key or an id; without one, names the only seller. */
  seller: (keyOrId: string | undefined) => string;
  purpose: (key: string) => string;
};

type Seller = { id: string; key: string; name: string };
type Purpose = { key: string; name: string };

/** Creates the look-up of names. A key or id that is unknown stands for itself. */
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

type ScrubSubjectProps = { scrub: Pick<ScrubView, "settings">; named: ScrubNames };

/** Names the seller and the purpose of a scrub. */
export function ScrubSubject({ scrub: { settings }, named }: ScrubSubjectProps) {
  const t = useTranslations("scrubs");
  return t("asked", {
    seller: named.seller(settings.seller),
    purpose: named.purpose(settings.purpose),
  });
}
