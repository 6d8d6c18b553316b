import { may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { NewOptOut } from "@/features/do-not-call/opt-out/new/new-opt-out";
import type { Choice } from "@/features/do-not-call/opt-out/words";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newOptOut");
  return { title: t("title") };
}

const toChoices = (all: readonly Choice[]) => all.map(({ key, name }) => ({ key, name }));

export default async function NewOptOutPage() {
  const member = await requireMember("opt-out.record");
  const [t, organization, sellers, purposes] = await Promise.all([
    getTranslations("newOptOut"),
    api.organization.read(),
    api.seller.list(),
    api.purpose.list(),
  ]);
  return (
    <FormPage title={t("title")} note={t("note")} section={t("person")}>
      <NewOptOut
        names={{ sellers: toChoices(sellers), purposes: toChoices(purposes) }}
        homeRegion={organization.homeRegion}
        mayRead={may(toActor(member), "opt-out.read")}
      />
    </FormPage>
  );
}
