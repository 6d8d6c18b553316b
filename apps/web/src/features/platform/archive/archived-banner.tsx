import type { Archivable } from "@ringfence/core/platform/archive";
import type { Archived } from "@ringfence/services/desk/archive";
import { Archive } from "lucide-react";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/local-time";
import { RecordedBy } from "@/components/recorded-by";
import { RestoreButton } from "./restore-button";

type ArchivedBannerProps = {
  item: Archivable;
  name: string;
  archived: Archived;
  whyNot: string | undefined;
};

/** Says that something is archived, since when and by whom, and offers to restore it. */
export function ArchivedBanner({ item, name, archived, whyNot }: ArchivedBannerProps) {
  const t = useTranslations("archive");
  return (
    <Banner
      icon={Archive}
      title={t(`isArchived.${item.kind}`)}
      actions={<RestoreButton item={item} name={name} whyNot={whyNot} />}
    >
      {t.rich("archivedAt", {
        time: () => <LocalTime instant={archived.at} />,
        by: () => <RecordedBy by={archived.by} />,
      })}
    </Banner>
  );
}
