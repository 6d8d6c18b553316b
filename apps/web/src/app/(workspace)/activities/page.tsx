import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead, Reading, Section } from "@/components/page-layout";
import { WayLink } from "@/components/buttons";
import {
  ActivityTypes,
  ArrivalTable,
  ByDay,
  RefusedTable,
} from "@/features/people/activity/activities";
import { DefineType } from "@/features/people/activity/define-type";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("activities");
  return { title: t("title") };
}

export default async function ActivitiesPage() {
  const member = await requireMember("activity.read");
  const [t, notDefine, notImport] = await Promise.all([
    getTranslations("activities"),
    whyNot(member, "activity-type.change"),
    whyNot(member, "import.run"),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <WayLink href="/imports/new" whyNot={notImport}>
          {t("import")}
        </WayLink>
      </PageHead>
      <Reading>
        <Activities whyNotDefine={notDefine} />
      </Reading>
    </>
  );
}

async function Activities({ whyNotDefine }: { whyNotDefine: string | undefined }) {
  const [t, { types, days, arrivals, sent }] = await Promise.all([
    getTranslations("activities"),
    api.activity.read(),
  ]);
  return (
    <>
      <ByDay days={days} />
      <ArrivalTable arrivals={arrivals} />
      <RefusedTable sent={sent} />
      <Section title={t("types")} aside={t("typesAside")}>
        <ActivityTypes types={types} />
        <DefineType whyNot={whyNotDefine} />
      </Section>
    </>
  );
}
