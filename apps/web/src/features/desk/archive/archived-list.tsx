import { Archivable, type ArchivableKind } from "@ringfence/core/platform/archive";
import type { Archival, ArchivedItem } from "@ringfence/services/desk/archive";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { LocalTime } from "@/components/dates";
import { RecordedBy } from "@/components/officers";
import { Section } from "@/components/page-layout";
import { api } from "@/server/caller";
import { safePath } from "@/server/safe-path";
import { RestoreButton } from "./archive-buttons";
import { Archive } from "lucide-react";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";

const folders = {
  segment: "segments",
  offer: "offers",
  campaign: "campaigns",
  disclosure: "disclosures",
} as const satisfies Record<ArchivableKind, string>;

type ArchivedListProps = { kind: ArchivableKind; whyNot: string | undefined };

/** Lists what is archived of one kind, each with a button that restores it. Shows nothing if nothing is. */
export async function ArchivedList({ kind, whyNot }: ArchivedListProps) {
  const [t, items] = await Promise.all([getTranslations("archive"), api.archive.list({ kind })]);
  if (items.length === 0) return null;
  return (
    <Section title={t("title")}>
      <ul>
        {items.map((item) => (
          <ArchivedRow key={item.id} kind={kind} item={item} whyNot={whyNot} />
        ))}
      </ul>
    </Section>
  );
}

type ArchivedRowProps = ArchivedListProps & { item: ArchivedItem };

async function ArchivedRow({ kind, item: { id, name, archived }, whyNot }: ArchivedRowProps) {
  const t = await getTranslations("archive");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2.5">
      <span className="min-w-48 flex-1">
        <Link href={safePath(`/${folders[kind]}/${id}`)} prefetch={false}>
          {name}
        </Link>
        <span className="block text-sm text-muted">
          {t.rich("archivedAt", {
            time: () => <LocalTime instant={archived.at} />,
            by: () => <RecordedBy by={archived.by} />,
          })}
        </span>
      </span>
      <RestoreButton item={Archivable.parse({ kind, id })} name={name} whyNot={whyNot} />
    </li>
  );
}

type ArchivedBannerProps = {
  item: Archivable;
  name: string;
  archived: Archival;
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
