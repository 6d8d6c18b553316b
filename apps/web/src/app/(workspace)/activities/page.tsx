import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "@/components/page-head";
import { Reading } from "@/components/reading";
import { Section } from "@/components/section";
import { WayLink } from "@/components/way-link";
import {
  ActivityTypes,
  ArrivalTable,
  ByDay,
  RefusedTable,
} from "@/features/people/activity/activities";
import { DefineType } from "@/features/people/activity/define-type";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

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
